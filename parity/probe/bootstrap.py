"""Runs the collectors within a deadline and answers with framed JSON.

    python -I -S -B - TOKEN REQUEST  < script      framed: TOKEN and a byte count around the answer
    python3 - < script                             by hand: a profile on standard output

A collector that raises, hangs or dies costs its own section only: collectors run in a child that
is killed, or abandoned where the kernel will not let it die (a hung NFS mount), and replaced.

Floor: Python 3.8, standard library only.
"""

import json
import os
import select
import signal
import struct
import sys
import time

from parity.probe import interpreter, serving
from parity.probe.kit import Absent, Section, Unavailable, View, envelope, why

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


def main(arguments, modules):
    """Answer one request. `modules` is the bundle's {name: source}, None when run from files."""
    os.umask(0o077)
    started = time.monotonic()
    output = _claim_stdout()
    token = arguments[0] if arguments else None
    request = json.loads(arguments[1]) if len(arguments) > 1 else {}
    timeout = float(request.get("timeout") or DEFAULT_TIMEOUT)
    process = serving.find(request)
    executable, note = _interpreter(request, process)
    if executable and request.get("rerun", True) and not _same(executable):
        if _supported(executable):
            _rerun(executable, token, request, modules, output)
        note = "the interpreter of the process is not supported by the probe; its files were read by another"
    view = View(request, started + timeout - RESERVE)
    view.process = process
    chosen = [name for name in SECTIONS if name in request.get("sections", SECTIONS)]
    sections, timings = supervise(view, executable or sys.executable, chosen, timeout)
    answer = {
        "probe": 1,
        "sections": sections,
        "timings": timings,
        "serving": {
            "pid": process.pid,
            "uid": process.uid,
            "gid": process.gid,
            "refused": sorted(process.refused),
            "interpreter": executable,
            "note": note,
        },
    }
    if token is None:
        from parity.probe.byhand import profile

        answer = profile(answer)
    return _emit(output, token, answer)


def _claim_stdout():
    """Keep standard output for the answer alone: what else prints goes to standard error."""
    sys.stdout.flush()
    output = os.dup(1)
    os.set_inheritable(output, True)
    os.dup2(2, 1)
    return output


def _interpreter(request, process):
    if request.get("python"):
        return request["python"], None
    if not request.get("container") and not request.get("pid"):
        return sys.executable, None
    return interpreter.locate(process)


def _same(executable):
    """Whether `executable` is this very interpreter, in the same virtual environment."""
    here, there = sys.executable, executable
    same_file = os.path.realpath(here) == os.path.realpath(there)
    return same_file and os.path.dirname(os.path.abspath(here)) == os.path.dirname(os.path.abspath(there))


def _supported(executable):
    import subprocess

    check = "import sys; sys.exit(sys.version_info < (3, 8))"
    try:
        return subprocess.call([executable, "-I", "-S", "-B", "-c", check], stdin=subprocess.DEVNULL, timeout=5) == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _rerun(executable, token, request, modules, output):
    """Become the interpreter that serves, the script handed on through memory: nothing is written."""
    arguments = [executable, "-I", "-S", "-B"]
    rest = [token or "", json.dumps(dict(request, rerun=False, python=executable))]
    if modules is None:
        script = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "__main__.py")]
    else:
        descriptor = os.memfd_create("parity-probe", 0)
        os.set_inheritable(descriptor, True)
        text = "MODULES = %r\nexec(compile(MODULES['parity.probe.loader'], 'loader', 'exec'))\n" % (modules,)
        with os.fdopen(descriptor, "wb", closefd=False) as stream:
            stream.write(text.encode("utf-8"))
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.dup2(descriptor, 0)
        script = ["-"]
    os.dup2(output, 1)
    os.execv(executable, arguments + script + (rest if token else []))


def supervise(view, executable, chosen, timeout):
    """({section: envelope}, {section: seconds}): every chosen section answered, one way or another."""
    sections, timings = {}, {}
    waiting = list(chosen)
    while waiting:
        name = waiting[0]
        for name, seconds, answer in _work(view, executable, waiting, timeout * SECTION_SHARE):
            sections[name] = answer
            timings[name] = round(seconds, 4)
        waiting = [name for name in waiting if name not in sections]
    return sections, timings


def _work(view, executable, names, share):
    """Yield (section, seconds, envelope) from a child, until it is done or had to be given up."""
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:
        # No further process allowed (a pids limit): the same work here, with an alarm for a net.
        os.close(reader)
        os.close(writer)
        for name in names:
            yield run_one(name, view, executable, share)
        return
    if child == 0:
        os.close(reader)
        _child(view, executable, names, writer)
    os.close(writer)
    done = 0
    try:
        while done < len(names):
            began = time.monotonic()
            frame, problem = _receive(reader, min(share, view.deadline - began))
            if frame is None:
                yield names[done], time.monotonic() - began, envelope("unavailable", problem)
                return
            done += 1
            yield frame
    finally:
        os.close(reader)
        _end(child)


def _child(view, executable, names, writer):
    try:
        # Should the parent die first, the alarm's default action ends this child too.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, max(0.1, view.deadline - time.monotonic() + 2 * RESERVE))
        for name in names:
            frame = json.dumps(run_one(name, view, executable, 0)).encode("ascii", "backslashreplace")
            _write(writer, struct.pack("!I", len(frame)) + frame)
    except BaseException:
        os._exit(1)
    os._exit(0)


def run_one(name, view, executable, alarm):
    """(section, seconds, envelope) of one collector, whatever it raises."""
    began = time.monotonic()
    try:
        if alarm:
            signal.signal(signal.SIGALRM, _give_up)
            signal.setitimer(signal.ITIMER_REAL, alarm)
        if view.interpreter is None:
            view.interpreter = interpreter.describe(view, executable)
        module = __import__("parity.probe.collectors." + name, fromlist=["collect"])
        answer = module.collect(view)
        answer = answer.as_dict() if isinstance(answer, Section) else envelope("unavailable", "no answer")
        json.dumps(answer)
    except Absent as reason:
        answer = envelope("absent", str(reason))
    except Unavailable as reason:
        answer = envelope("unavailable", str(reason))
    except OSError as error:
        answer = envelope("unavailable", why(error))
    except Exception as error:
        answer = envelope("unavailable", _where(error))
    finally:
        if alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return name, time.monotonic() - began, answer


def _give_up(signum, frame):
    raise Unavailable("timeout")


def _where(error):
    """Type and place of an unforeseen exception: never its text, which may quote what it choked on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "%s:%d" % (os.path.basename(trace.tb_frame.f_code.co_filename), trace.tb_lineno) if trace else "?"
    return "the collector failed: %s at %s" % (type(error).__name__, place)


def _receive(reader, seconds):
    header, problem = _exactly(reader, 4, seconds)
    if header is None:
        return None, problem
    body, problem = _exactly(reader, struct.unpack("!I", header)[0], 5.0)
    return (None, problem) if body is None else (json.loads(body), None)


def _exactly(reader, size, seconds):
    parts, left, until = [], size, time.monotonic() + seconds
    while left:
        wait = until - time.monotonic()
        if wait <= 0 or not select.select([reader], [], [], wait)[0]:
            return None, "timeout"
        part = os.read(reader, min(left, 1 << 16))
        if not part:
            return None, "the collector's process died"
        parts.append(part)
        left -= len(part)
    return b"".join(parts), None


def _end(child):
    """Kill and reap; a child that the kernel holds (uninterruptible sleep) is left to init."""
    try:
        os.kill(child, signal.SIGKILL)
    except OSError:
        pass
    for _ in range(20):
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.01)


def _emit(output, token, answer):
    payload = json.dumps(answer, sort_keys=True, ensure_ascii=True).encode("ascii")
    if token is not None:
        mark = token.encode("ascii", "replace")
        payload = b"\n%s %d\n%s\n%s\n" % (mark, len(payload), payload, mark)
    else:
        payload += b"\n"
    try:
        _write(output, payload)
    except OSError:
        return 74
    return 0


def _write(descriptor, data):
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
