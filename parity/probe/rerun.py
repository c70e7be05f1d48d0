"""Becoming another interpreter: the one that serves, or this one again with nothing of the target on its path.

The script is handed on through memory, so that nothing is written.

Floor: Python 3.8, standard library only.
"""

import json
import os
import signal
import sys
import time

from parity.probe.environment import fingerprint

FLAGS = ["-I", "-S", "-B"]
"""No .pth, no sitecustomize, nothing of the program on the path; no bytecode written."""

PATIENCE = 5.0
"""Seconds in which an interpreter must have told its version."""

_OURS = ("LD_AUDIT", "LD_PRELOAD")
"""Variables that put foreign code into every process that inherits them."""


def isolated():
    """Whether this interpreter was started with FLAGS, as far as they bear on what is imported."""
    return bool(sys.flags.isolated and sys.flags.no_site)


def same(executable):
    """Whether `executable` is this very interpreter, in the same virtual environment."""
    here, there = sys.executable, executable
    same_file = os.path.realpath(here) == os.path.realpath(there)
    return same_file and os.path.dirname(os.path.abspath(here)) == os.path.dirname(os.path.abspath(there))


def foreign(executable, process):
    """None when this user may well run what `process` runs, else why not: what another user owns is that user's trap.

    Root's programs are everybody's, and what already runs as this user is run by it.
    """
    if process.uid in (None, os.geteuid()):
        return None
    try:
        owner = os.stat(executable).st_uid
    except OSError:
        return None
    return None if owner in (0, os.geteuid()) else "belongs to another user"


def refusal(executable):
    """None when `executable` can run the probe, else why not."""
    if os.path.realpath(executable) == os.path.realpath(sys.executable):
        return None
    check = "import sys; sys.exit(sys.version_info < (3, 8))"
    try:
        null = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
        pid = os.posix_spawn(executable, [executable, *FLAGS, "-c", check], _clean(), file_actions=null)
    except OSError:
        return "could not be started"
    code = _code(pid, time.monotonic() + PATIENCE)
    if code == 0:
        return None
    return "is not supported by the probe" if code == 1 else "could not be started"


def _code(pid, until):
    wait = 0.001
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status >> 8 if not status & 0xFF else -1
        time.sleep(wait)
        wait = min(0.02, wait * 2)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return -1


class Script:
    """What is handed on besides the arguments.

    modules  the bundle's {name: source}; None when the probe runs from its own files
    key      of fingerprints, in bytes, or None
    """

    def __init__(self, modules, key=None):
        self.modules = modules
        self.key = key


def become(executable, token, request, script, output, environment):
    """Start over as `executable`, the answer still going to `output`. Returns only when that cannot be done.

    `environment`: {name: value} to start with, None for this one without what puts foreign code into a process.
    """
    arguments = [executable, *FLAGS]
    if script.modules is None:
        arguments.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "__main__.py"))
        if script.key:
            fingerprint.hand_on(script.key)
    else:
        descriptor = _written(script)
        if descriptor is None:
            return
        os.dup2(descriptor, 0)
        os.close(descriptor)
        arguments.append("-")
    if token is not None:
        arguments += [token, json.dumps(request)]
    os.dup2(output, 1)
    try:
        os.execve(executable, arguments, _clean() if environment is None else environment)
    except OSError:
        os.dup2(2, 1)


def _written(script):
    """A descriptor of the whole script in memory, or None where the system has no such thing."""
    try:
        descriptor = os.memfd_create("parity-probe")
    except (AttributeError, OSError):
        return None
    text = "MODULES = %r\nexec(compile(MODULES['parity.probe.loader'], 'parity.probe.loader', 'exec'))\n"
    text %= (script.modules,)
    if script.key:
        text = "FINGERPRINT_KEY = '%s'\n%s" % (script.key.hex(), text)
    with os.fdopen(descriptor, "wb", closefd=False) as stream:
        stream.write(text.encode("ascii"))
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _clean():
    return {name: value for name, value in os.environ.items() if name not in _OURS}
