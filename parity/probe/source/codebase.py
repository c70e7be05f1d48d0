"""Where the program's own code is: the directory it works in, or the one of the script that it was started with.

Floor: Python 3.8, standard library only.
"""

import os

from parity.probe.kit import Unavailable
from parity.probe.process import arguments
from parity.probe.process.mountinfo import below

_SYSTEM = frozenset(
    ["/", "/home", "/media", "/mnt", "/opt", "/root", "/srv", "/tmp", "/usr", "/usr/local", "/usr/local/lib"]
    + ["/usr/local/share", "/usr/src", "/var", "/var/lib", "/var/log", "/var/run", "/var/tmp"]
)
"""Directories that are no program's own, though one below them may be."""

_SYSTEM_TREES = tuple(
    ["/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/run", "/sbin", "/sys", "/usr/bin"]
    + ["/usr/include", "/usr/lib", "/usr/local/bin", "/usr/local/sbin", "/usr/sbin", "/usr/share", "/var/cache"]
    + ["/var/spool"]
)

_PROJECT = frozenset(["pyproject.toml", "setup.py", "setup.cfg", "manage.py", "Pipfile", "requirements.txt", ".git"])
"""What stands in a directory of code; a home directory is one with such a file only."""

UNTOLD = "--source DIR names the directory of the code"


def locate(view, own_home):
    """(the directory, whether it was asked for). Raises Unavailable where nothing tells which it is."""
    process = view.process
    asked = view.options.get("source")
    if asked:
        root = os.path.normpath(os.path.join(process.cwd or "/", asked))
        if not view.exists(root):
            raise Unavailable("the directory that --source names is not there")
        return root, True
    if process.cwd is None:
        reason = process.refused.get("cwd", "no process tells its working directory")
        raise Unavailable("%s; %s" % (reason, UNTOLD))
    if not _is_nobodys(process.cwd) and (process.cwd != own_home or _is_project(view, process.cwd)):
        return process.cwd, False
    script = _script(process)
    if script is not None:
        return script, False
    # An image that was made in its root directory has its program there, beside the system.
    if process.cwd == own_home:
        raise Unavailable("the working directory is the home and no project's; " + UNTOLD)
    shown = process.cwd if process.cwd in (*_SYSTEM, *_SYSTEM_TREES) else "one of the system's"
    raise Unavailable("the working directory is %s; %s" % (shown, UNTOLD))


def _is_nobodys(path):
    return path in _SYSTEM or any(below(path, tree) for tree in _SYSTEM_TREES)


def _is_project(view, path):
    try:
        return not _PROJECT.isdisjoint(view.names(path))
    except OSError:
        return False


def _script(process):
    """The directory of the script that the process runs, where that is no directory of programs."""
    script = arguments.command(process).script
    if not script or not process.cwd:
        return None
    directory = os.path.dirname(os.path.normpath(os.path.join(process.cwd, script)))
    if _is_nobodys(directory) or os.path.basename(directory) in ("bin", "sbin", "Scripts"):
        return None
    return directory
