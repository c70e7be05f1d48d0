"""Runs the collectors within a deadline and answers with framed JSON.

    python -I -S -B - TOKEN REQUEST  < script      framed: TOKEN and a byte count around the answer
    python3 - < script                             by hand: a profile on standard output

A collector that raises, hangs or dies costs its own section only: collectors run in a child that
is killed, or abandoned where the kernel will not let it die (a hung NFS mount), and replaced.

Floor: Python 3.8, standard library only.
"""

import gc
import json
import os
import signal
import sys
import time

from parity.probe import children, interpreter, rerun, serving
from parity.probe.kit import Absent, Section, Unavailable, View, envelope, visible, well_formed, why

SECTIONS = (
    "python",
    "packages",
    "platform",
    "system_packages",
    "libraries",
    "environment",
    "process",
    "volumes",
)
"""The sections the probe can answer, in the order in which it reads them."""

DEFAULT_TIMEOUT = 30.0
RESERVE = 0.5
"""Seconds kept back from the deadline for writing the answer."""

SECTION_SHARE = 1 / 3
"""The part of the whole time that one section may take before it is given up."""


class GivenUp(BaseException):
    """The time of a collector that runs without a child is over; no `except Exception` of it may stop that."""


def main(arguments, modules):
    """Answer one request. `modules` is the bundle's {name: source}, None when run from files.

    Returns the exit status: 0, or 74 when the answer could not be written.
    """
    started = time.monotonic()
    token = arguments[0] if arguments else None
    request = json.loads(arguments[1]) if len(arguments) > 1 else {}
    timeout = float(request.get("timeout") or DEFAULT_TIMEOUT)
    _end_with_the_host(timeout)
    output = _claim_stdout()
    if output is None:
        return 74
    try:
        process = serving.find(request)
    except Unavailable as reason:
        return _emit(output, token, {"probe": 1, "problem": str(reason), "hint": getattr(reason, "hint", None)}, {})
    executable, note = _interpreter(request, process)
    if request.get("rerun", True):
        problem = _start_over(executable, process, token, dict(request, note=note), modules, output, started)
        if problem:
            note = "the interpreter of the process %s; its files were read by another" % problem
    view = View(request, started + timeout - RESERVE)
    view.process = process
    view.executable = executable or sys.executable
    wanted = request.get("sections") or SECTIONS
    chosen = [name for name in SECTIONS if name in wanted]
    sections, timings = supervise(view, chosen, timeout * SECTION_SHARE, _announcer(output, token))
    answer = {
        "probe": 1,
        "timings": timings,
        "serving": {
            "pid": process.pid,
            "serves": process.serves,
            "uid": process.uid,
            "gid": process.gid,
            "asked_as": os.geteuid(),
            "refused": sorted(process.refused),
            "interpreter": executable,
            "note": note,
        },
    }
    return _emit(output, token, answer, sections)


def _end_with_the_host(timeout):
    """Leave no process behind: an exec in a container outlives the client that asked for it."""
    for number in children.STOPPING:
        signal.signal(number, _stop)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, timeout + 1.0)


def _stop(number, frame):
    children.end_all()
    sys.exit(128 + number)


def _claim_stdout():
    """Keep standard output for the answer alone: what else prints goes to standard error."""
    try:
        output = os.dup(1)
        os.dup2(2, 1)
    except OSError:
        return None
    return output


def _announcer(output, token):
    """What tells the host, ahead of the answer, which section is being read: `@TOKEN NAME` on a line."""

    def announce(name):
        if token is not None:
            try:
                children.write(output, ("\n@%s %s\n" % (token, name)).encode("ascii", "replace"))
            except OSError:
                pass

    return announce


def _interpreter(request, process):
    if request.get("python"):
        return request["python"], request.get("note")
    if not process.serves:
        return sys.executable, None
    return interpreter.locate(process)


def _start_over(executable, process, token, request, modules, output, started):
    """Go on as the interpreter that serves, or, where nothing was held back from it at its start, as this one
    with nothing of the target on its path. Returns only when there is no need, or with why it cannot be."""
    other = executable if executable and not rerun.same(executable) else None
    if other is None and rerun.isolated():
        return None
    problem = rerun.refusal(other) if other else None
    if problem and rerun.isolated():
        return problem
    left = float(request.get("timeout") or DEFAULT_TIMEOUT) - (time.monotonic() - started)
    follow_up = dict(request, rerun=bool(problem), timeout=left)
    if not problem:
        follow_up["python"] = executable
    rerun.become(
        sys.executable if problem else (other or sys.executable),
        token,
        follow_up,
        modules,
        output,
        # As it was before this interpreter began: in a C locale one adds LC_CTYPE to its own (PEP 538).
        environment=process.environ if process.pid == os.getpid() else None,
    )
    return problem or ("could not be started" if other else None)


def supervise(view, chosen, share, announce):
    """({section: its envelope as JSON}, {section: seconds}): every chosen section answered, one way or another.

    `share`: seconds that one section may take. `announce(name)` is called before each.
    """
    sections, timings = {}, {}
    waiting = list(chosen)
    while waiting:
        for name, seconds, answer in _work(view, waiting, share, announce):
            sections[name] = answer
            timings[name] = round(seconds, 4)
        waiting = [name for name in waiting if name not in sections]
    return sections, timings


def _work(view, names, share, announce):
    """Yield (section, seconds, JSON) from a child, until it is done or had to be given up."""

    def work(send):
        # What is made here lives until the end: looking for cycles among it is time lost.
        gc.disable()
        for name in names:
            send(*run_one(name, view))

    try:
        pid, reader = children.start(work, view.deadline - time.monotonic() + 2 * RESERVE)
    except OSError:
        # No further process allowed (a pids limit): the same work here, with an alarm for a net.
        for name in names:
            announce(name)
            yield (name, *_run_here(name, view, share))
        return
    try:
        for name in names:
            announce(name)
            began = time.monotonic()
            answer, problem = children.receive(reader, max(0.0, min(share, view.deadline - began)))
            if answer is None:
                yield name, time.monotonic() - began, _dump(envelope("unavailable", _failed(problem)))
                return
            yield (name, *answer)
    finally:
        os.close(reader)
        children.end(pid)


def _failed(problem):
    return problem if problem == children.TIMEOUT else "the collector failed: " + problem


def _run_here(name, view, share):
    began = time.monotonic()
    before = signal.signal(signal.SIGALRM, _give_up)
    whole = signal.setitimer(signal.ITIMER_REAL, max(0.01, min(share, view.deadline - began)))[0]
    try:
        return run_one(name, view)
    except GivenUp:
        return time.monotonic() - began, _dump(envelope("unavailable", children.TIMEOUT))
    finally:
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, max(0.01, whole - (time.monotonic() - began)))


def _give_up(number, frame):
    raise GivenUp


def run_one(name, view):
    """(seconds, envelope as JSON) of one collector, whatever it raises."""
    began = time.monotonic()
    try:
        module = __import__("parity.probe.collectors." + name, fromlist=["collect"])
        section = module.collect(view)
        if isinstance(section, Section) and well_formed(section.items) and well_formed(section.volatile):
            answer = section.as_dict()
        else:
            answer = envelope("unavailable", "the collector failed: its answer has a wrong shape")
        dumped = _dump(answer)
    except Absent as reason:
        dumped = _dump(envelope("absent", str(reason)))
    except Unavailable as reason:
        dumped = _dump(envelope("unavailable", str(reason)))
    except OSError as error:
        dumped = _dump(envelope("unavailable", why(error)))
    except Exception as error:
        dumped = _dump(envelope("unavailable", _where(error)))
    return time.monotonic() - began, dumped


def _dump(answer):
    """ASCII JSON of an envelope, without a character that a profile may not hold."""
    dumped = json.dumps(answer, sort_keys=True, allow_nan=False)
    shown = visible(answer, dumped)
    return (dumped if shown is answer else json.dumps(shown, sort_keys=True)).encode("ascii")


def _where(error):
    """Type and place of an unforeseen exception: never its text, which may quote what it choked on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "%s:%d" % (os.path.basename(trace.tb_frame.f_code.co_filename), trace.tb_lineno) if trace else "?"
    return "the collector failed: %s at %s" % (type(error).__name__, place)


def _emit(output, token, answer, sections):
    if token is None:
        from parity.probe.byhand import profile

        whole = {name: json.loads(dumped) for name, dumped in sections.items()}
        payload = json.dumps(profile(whole), sort_keys=True, indent=2).encode("ascii") + b"\n"
    else:
        mark = token.encode("ascii", "replace")
        payload = b"\n%s %d\n%s\n%s\n" % (mark, *_spliced(answer, sections), mark)
    try:
        children.write(output, payload)
    except OSError:
        return 74
    return 0


def _spliced(answer, sections):
    """(length, JSON) of the whole answer: each section is JSON already, and is not read again to be written."""
    rest = json.dumps(answer, sort_keys=True).encode("ascii")
    parts = b",".join(b'"%s":%s' % (name.encode("ascii"), sections[name]) for name in sorted(sections))
    payload = rest[:-1] + b',"sections":{' + parts + b"}}"
    return len(payload), payload
