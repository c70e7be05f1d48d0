"""Which Python the program runs on: its executable, its prefix and its kind.

The probe runs under `-I -S`, so its own prefix, flags and path are not the program's. A virtual
environment is told by its `pyvenv.cfg`; the path is computed (parity/probe/sitepath.py).

Floor: Python 3.8, standard library only.
"""

import os
import stat
import sys

from parity.probe import arguments, build, sitepath
from parity.probe.kit import View
from parity.probe.serving import PYTHON_NAME


class Interpreter:
    """The program's Python.

    executable   as the process was started with it, not resolved: a venv is told by it
    build        what it was built as (parity.probe.build.Build): where the probe runs in the target, of the
                 interpreter that runs it (the bootstrap re-runs itself until the two are one)
    version      "3.12.1"; "3.12" where files tell no more
    prefix       where packages are installed; base_prefix, where the standard library is
    kind         "venv", "conda" or "system"
    path         [directory or zip file, ...] in the order of `sys.path`, standard library left out
    origins      {entry of the path: "program", "PYTHONPATH", "site", "user site", "system site" or "NAME.pth"}
    pth          {file: {"directories": [...], "code": whether it has lines that `site` would execute}}
    problems     {path: reason} of what could not be read on the way
    foreign      None, or why this probe does not run on that Python: what it knows of itself is not true there
    """

    def __init__(self, executable, prefix, base_prefix, kind, built=None):
        self.executable = executable
        self.build = built or build.running()
        self.version = self.build.version
        self.prefix = prefix
        self.base_prefix = base_prefix
        self.kind = kind
        self.path = []
        self.origins = {}
        self.pth = {}
        self.problems = {}
        self.foreign = None


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
        if named and (witness is None or _same_file(view, candidate, witness)):
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
        if _same_file(view, candidate, process.exe):
            return candidate
    return None


def _same_file(view, one, other):
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


def describe(view, executable):
    """The Interpreter of a view, its path computed as `site` would for the process that serves."""
    if not view.live:
        from parity.probe import onfile

        return onfile.describe(view, executable)
    if view.options.get("rerun") is False and sys.executable:
        # A wrapper or a shim was named, and this is what it started.
        executable = sys.executable
    process = view.process
    config, home = pyvenv(view, executable)
    base_prefix = sys.base_prefix
    if process.variable("PYTHONHOME") and not arguments.flags(process)["ignore_environment"]:
        base_prefix = process.variable("PYTHONHOME").split(os.pathsep)[0]
    if config is not None:
        prefix, kind = home, "venv"
    else:
        prefix = base_prefix
        kind = "conda" if view.exists(os.path.join(prefix, "conda-meta")) else "system"
    found = Interpreter(executable, prefix, base_prefix, kind)
    if not _same_file(view, executable, sys.executable or executable):
        found.foreign = "the probe cannot run on the interpreter of the program (it needs Python 3.8 or later)"
        return found
    sitepath.compute(view, found, shares_system(config))
    return found


def shares_system(config):
    """Whether the base interpreter's packages are on the path, by the settings of pyvenv.cfg; None: no venv."""
    # One that does not say so shares the system's packages, as `site` reads it.
    return config is None or config.get("include-system-site-packages", "true").lower() == "true"


def pyvenv(view, executable):
    """(settings of pyvenv.cfg, the environment's directory), or (None, None) outside a venv."""
    directory = os.path.dirname(executable)
    parent = os.path.dirname(directory)
    for place in (directory, parent):
        try:
            text = view.text(os.path.join(place, "pyvenv.cfg"), 1 << 16)
        except OSError:
            continue
        pairs = (line.partition("=") for line in text.splitlines())
        return {key.strip().lower(): value.strip() for key, _, value in pairs}, parent
    return None, None
