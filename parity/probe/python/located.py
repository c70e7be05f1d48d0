"""Which Python a process runs, or would start.

Floor: Python 3.8, standard library only.
"""

import os
import stat

from parity.probe.kit import View
from parity.probe.process.proc import PYTHON_NAME

DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""What an engine sets for a container that has none."""


def locate(process, view=None):
    """(path of the interpreter that serves or None, note or None), from the process alone.

    `view`: its files, where they are not those of the file system that this process sees.

    argv[0] comes before /proc/PID/exe: the link of a venv's python is what makes it that venv.
    """
    view = view or View()
    search = _search(process, view)
    if process.python:
        named = process.argv[0] if process.argv else ""
        candidate = os.path.join(process.cwd or "/", named) if "/" in named else _on_path(view, named, search)
        # A server that renames itself (setproctitle) leaves the executable's link as the only witness.
        witness = process.exe if process.exe and runnable(view, process.exe) else None
        named = candidate and PYTHON_NAME.match(os.path.basename(candidate)) and runnable(view, candidate)
        if named and (witness is None or same_file(view, candidate, witness)):
            return os.path.normpath(candidate), None
        if witness:
            return _environment_of(view, process) or witness, None
    for name in ("python3", "python"):
        candidate = _on_path(view, name, search)
        if candidate:
            guessed = "the process is no Python; the interpreter is the first on its PATH"
            return candidate, process.inferred or guessed
    return None, "no python3 or python on the PATH of the process"


def _search(process, view):
    if process.environ is None and not view.live:
        return DEFAULT_PATH
    if process.environ is None:
        # Refused to us, as by a server that gave up its uid: an exec gets the same PATH from the engine.
        return os.environ.get("PATH") or os.defpath
    return process.variable("PATH") or os.defpath


def _environment_of(view, process):
    """The python of the environment that the process says it is in, when it is the same program."""
    directory = process.variable("VIRTUAL_ENV")
    if directory:
        candidate = os.path.join(directory, "bin", "python")
        if same_file(view, candidate, process.exe):
            return candidate
    return None


def same_file(view, one, other):
    """Whether two paths lead to one file."""
    return view.real(one) == view.real(other)


def runnable(view, path):
    """Whether a path is a program that may be run."""
    if view.live:
        return os.path.isfile(path) and os.access(path, os.X_OK)
    try:
        status = view.stat(path)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and bool(status.st_mode & 0o111)


def _on_path(view, name, search):
    for directory in search.split(os.pathsep):
        candidate = os.path.join(directory, name)
        if name and directory and runnable(view, candidate):
            return candidate
    return None
