"""Answers one request with framed JSON: who serves, on which interpreter, and what each collector saw.

    python -I -S -B - TOKEN REQUEST  < script      framed: TOKEN and a byte count around the answer
    python3 - < script                             by hand: a profile on standard output

Floor: Python 3.8, standard library only.
"""

import json
import os
import signal
import sys
import time

from parity.probe import children, rerun
from parity.probe.environment import fingerprint
from parity.probe.kit import Unavailable, View
from parity.probe.process import serving
from parity.probe.python import live, located
from parity.probe.supervise import RESERVE, place, supervise

SECTIONS = (
    "python",
    "platform",
    "system_packages",
    "environment",
    "process",
    "volumes",
    "limits",
    "packages",
    "libraries",
    "locale",
    "time",
    "tls",
    "executables",
    "source",
    "cpu",
    "network",
    "container",
)
"""The sections the probe can answer, in the order in which it reads them. Those that look at paths from a child of
their own (parity.probe.process.access) come before those that fill the memory which such a child would share."""

ON_REQUEST = ("database",)
"""Sections that it answers only where the request says how, in a field of the section's name."""

NAMED = "no Python process runs there; the interpreter is the one that the command starts"
"""The note of a look through a command into a place where nothing serves."""

DEFAULT_TIMEOUT = 30.0
SECTION_SHARE = 1 / 3
"""The part of the whole time that one section may take before it is given up."""


def main(arguments, modules, key=None):
    """Answer one request. `modules` is the bundle's {name: source}, None when run from files. `key`: of fingerprints,
    which came with the script; where that is run from files, a request that is "keyed" has it on standard input.

    Returns the exit status: 0, 74 when the answer could not be written, 1 when a person asked and there is none.
    """
    token = arguments[0] if arguments else None
    output = _claim_stdout()
    if output is None:
        return 74
    sections = {}
    try:
        request = json.loads(arguments[1]) if len(arguments) > 1 else {}
        if request.get("keyed") and modules is None:
            key = fingerprint.read_key(0)
        answer = _look(token, request, modules, key, output, sections)
    except Unavailable as reason:
        answer = {"probe": 1, "problem": str(reason), "hint": getattr(reason, "hint", None)}
    except Exception as error:
        # Its text may quote what it choked on, and a traceback would go to whoever reads the errors.
        answer = {"probe": 1, "problem": "the probe failed: " + place(error), "hint": None}
    if token is None and "problem" in answer:
        sys.stderr.write("parity-probe: %s\n" % answer["problem"])
        return 1
    return _emit(output, token, answer, sections)


def _look(token, request, modules, key, output, sections):
    """The answer but for its sections, which are put into `sections`. Raises Unavailable when nothing serves there."""
    started = time.monotonic()
    timeout = float(request.get("timeout") or DEFAULT_TIMEOUT)
    _end_with_the_host(timeout)
    process = serving.find(request)
    # The key is no part of the request: that stands in the arguments of an interpreter that goes on.
    view = _view(process, dict(request, fingerprint_key=key), started + timeout - RESERVE)
    executable, note = _interpreter(request, process) if view.live else (None, None)
    if view.live and request.get("rerun", True):
        script = rerun.Script(modules, key)
        problem = _start_over(executable, process, token, dict(request, note=note), script, output, started)
        if problem:
            note = "the interpreter of the process %s; its files were read by another" % problem
    if view.live:
        view.executable = executable or sys.executable
    wanted = request.get("sections") or SECTIONS
    chosen = [name for name in SECTIONS if name in wanted]
    chosen += [name for name in ON_REQUEST if name in request and name in (request.get("sections") or ON_REQUEST)]
    timings = supervise(view, chosen, timeout * SECTION_SHARE, _announcer(output, token), sections)
    return {
        "probe": 1,
        "timings": timings,
        "elapsed": round(time.monotonic() - started, 4),
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


def _view(process, request, deadline):
    """The files of the process: where its root file system is another one, they are read and nothing of it is run."""
    if process.root is None:
        view = View(request, deadline)
        view.describe = live.describe
    else:
        from parity.probe.python import onfile, places
        from parity.probe.rooted import RootedView

        view = RootedView(process.root, request, deadline)
        view.locate, view.describe = places.locate, onfile.describe
    view.process = process
    return view


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
    if request.get("entered") and process.inferred:
        # Of a place where nothing serves, whoever named this interpreter knows more than a PATH.
        return sys.executable, NAMED
    return located.locate(process)


def _start_over(executable, process, token, request, script, output, started):
    """Go on as the interpreter that serves, or, where nothing was held back from it at its start, as this one
    with nothing of the target on its path. Returns only when there is no need, or with why it cannot be."""
    other = executable if executable and not rerun.same(executable) else None
    if other is None and rerun.isolated():
        return None
    problem = (rerun.foreign(other, process) or rerun.refusal(other)) if other else None
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
        script,
        output,
        # As it was before this interpreter began: in a C locale one adds LC_CTYPE to its own (PEP 538).
        environment=process.environ if process.pid == os.getpid() else None,
    )
    return problem or ("could not be started" if other else None)


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
