"""Where a Python may be in a file system of which nothing runs here.

Floor: Python 3.8, standard library only.
"""

import os
import stat

from parity.probe.kit import Absent, Unavailable
from parity.probe.process.proc import PYTHON_NAME
from parity.probe.python import located

_ENVIRONMENTS = ("/app/.venv", "/app/venv", "/opt/venv", "/venv", "/.venv", "/code/.venv", "/usr/src/app/.venv")
"""Where images keep the virtual environment of the program that they are for."""

_OTHERS = ("/opt/conda/bin/python", "/usr/libexec/platform-python")
"""Pythons that are on nobody's PATH."""

DEEPEST = 6
MOST_DIRECTORIES = 4000
"""Directories that are looked into where the usual places have none."""

_PASSED_OVER = frozenset(
    ["/boot", "/dev", "/media", "/mnt", "/proc", "/run", "/sys", "/tmp", "/usr/sbin", "/usr/share", "/usr/src"]
)
_NEVER = frozenset(["include", "lib", "lib64", "node_modules", "site-packages"])
"""Names of directories in which no `bin` of an interpreter stands."""


def locate(view):
    """(path of the interpreter that serves or would, or None; why it is only a guess, or None).

    Where there is none, `view.without` says why.
    """
    process, asked = view.process, view.options.get("python")
    if asked:
        for path in (asked, os.path.join(asked, "bin", "python")):
            if located.runnable(view, path):
                return path, None
        view.without = Unavailable("the interpreter that was asked for is not there")
        return None, None
    if process.runs:
        found, note = located.locate(process, view)
        if found:
            return found, note
    for path in _usual(process):
        if located.runnable(view, path):
            return path, "no process tells which interpreter runs: it is the first that was found; ?python= names one"
    found, whole = _search(view)
    if found:
        return found, "no interpreter is in a usual place: it is the first that was found; ?python= names one"
    if whole:
        view.without = Absent("no Python interpreter is there")
    else:
        view.without = Unavailable("no Python interpreter was found; ?python= names one")
    return None, None


def _usual(process):
    environment, path = process.variable("VIRTUAL_ENV"), process.variable("PATH")
    if environment:
        yield environment + "/bin/python"
    on_path = [
        os.path.join("/", directory, name)
        for directory in (path or located.DEFAULT_PATH).split(":")
        for name in ("python3", "python")
    ]
    environments = [place + "/bin/python" for place in _ENVIRONMENTS]
    # A PATH that is known says more than what is usual.
    yield from on_path + environments if path else environments + on_path
    yield from _OTHERS


def _search(view):
    """(the first interpreter in a `bin` on the way down from the root or None, whether all was looked at)."""
    waiting, count, whole = [("/", 0)], 0, True
    for directory, depth in waiting:
        try:
            names = sorted(view.names(directory))
        except OSError:
            whole = False
            continue
        if os.path.basename(directory) == "bin":
            for name in names:
                path = os.path.join(directory, name)
                if PYTHON_NAME.match(name) and located.runnable(view, path):
                    return path, whole
            continue
        for name in names:
            path = os.path.join(directory, name)
            if name in _NEVER or path in _PASSED_OVER:
                continue
            if depth >= DEEPEST or count >= MOST_DIRECTORIES:
                whole = False
                break
            if _is_directory(view, path):
                count += 1
                waiting.append((path, depth + 1))
    return None, whole


def _is_directory(view, path):
    try:
        return stat.S_ISDIR(view.stat(path, follow=False).st_mode)
    except OSError:
        return False
