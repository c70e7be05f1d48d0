"""Which Python the program runs on, and the `sys.path` that it would have.

The probe runs under `-I -S`, so its own prefix, flags and path are not the program's. A virtual
environment is told by its `pyvenv.cfg`, the path is computed as `site` would (prefix, user site,
PYTHONPATH of the process, path lines of `.pth` files), and no line of a `.pth` is ever executed.

Floor: Python 3.8, standard library only.
"""

import os
import re
import sys

from parity.probe.kit import why
from parity.probe.serving import PYTHON_NAME

PTH_LIMIT = 1 << 20


class Interpreter:
    """The program's Python.

    executable   as the process was started with it, not resolved: a venv is told by it
    version      "3.12.1", of the interpreter that runs this probe (the bootstrap re-runs itself until
                 the two are one)
    prefix       where packages are installed; base_prefix, where the standard library is
    kind         "venv", "conda" or "system"
    path         [directory, ...] in the order of `sys.path`, standard library left out
    pth          {file: {"directories": [...], "code": whether it has lines that `site` would execute}}
    problems     {path: reason} of what could not be read on the way
    """

    def __init__(self, executable, prefix, base_prefix, kind):
        self.executable = executable
        self.version = "%d.%d.%d" % sys.version_info[:3]
        self.prefix = prefix
        self.base_prefix = base_prefix
        self.kind = kind
        self.path = []
        self.pth = {}
        self.problems = {}


def locate(process):
    """(path of the interpreter that serves or None, note or None), from the process alone.

    argv[0] comes before /proc/PID/exe: the link of a venv's python is what makes it that venv.
    """
    search = process.variable("PATH") or os.defpath
    if process.python and process.argv:
        named = process.argv[0]
        if "/" in named:
            candidate = os.path.join(process.cwd or "/", named)
        else:
            candidate = _on_path(named, search)
        if candidate and PYTHON_NAME.match(os.path.basename(candidate)) and os.access(candidate, os.X_OK):
            return candidate, None
        # A server that renames itself (setproctitle) leaves the executable's link as the only witness.
        if process.exe and os.access(process.exe, os.X_OK):
            venv = _venv_of_script(process)
            return (venv or process.exe), None
    for name in ("python3", "python"):
        candidate = _on_path(name, search)
        if candidate:
            return candidate, process.inferred
    return None, "no python3 or python on the PATH of the process"


def _venv_of_script(process):
    directory = process.variable("VIRTUAL_ENV")
    if directory:
        candidate = os.path.join(directory, "bin", "python")
        if os.path.realpath(candidate) == os.path.realpath(process.exe):
            return candidate
    return None


def _on_path(name, search):
    for directory in search.split(os.pathsep):
        candidate = os.path.join(directory, name)
        if directory and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    return None


def describe(view, executable):
    """The Interpreter for a live target, its path computed as `site` would for the process that serves."""
    process = view.process
    config, home = _pyvenv(view, executable)
    base_prefix = sys.base_prefix
    if config is not None:
        prefix, kind = home, "venv"
    else:
        prefix = base_prefix
        kind = "conda" if view.exists(os.path.join(prefix, "conda-meta")) else "system"
    found = Interpreter(executable, prefix, base_prefix, kind)
    version = "python%d.%d" % sys.version_info[:2] + getattr(sys, "abiflags", "").replace("d", "")
    for entry in (process.variable("PYTHONPATH") or "").split(os.pathsep):
        if entry and not _isolated(process):
            _append(found, os.path.normpath(os.path.join(process.cwd or "/", entry)))
    system = config is None or config.get("include-system-site-packages", "").lower() == "true"
    sites = [os.path.join(prefix, "lib", version, "site-packages")]
    if config is not None and system:
        sites += _system_sites(view, base_prefix, version)
    elif config is None:
        sites = _system_sites(view, base_prefix, version)
    user = _user_site(process, version) if system else None
    for directory in ([user] if user else []) + sites:
        if view.exists(directory):
            _append(found, directory)
            _read_pth(view, found, directory)
    return found


def _isolated(process):
    from parity.probe.arguments import flags

    return flags(process)["ignore_environment"]


def _pyvenv(view, executable):
    """(settings of pyvenv.cfg, directory that holds it), or (None, None) outside a venv."""
    directory = os.path.dirname(executable)
    for home in (os.path.dirname(directory), directory):
        try:
            text = view.text(os.path.join(home, "pyvenv.cfg"), 1 << 16)
        except OSError:
            continue
        pairs = (line.partition("=") for line in text.splitlines())
        return {key.strip().lower(): value.strip() for key, _, value in pairs}, home
    return None, None


def _system_sites(view, prefix, version):
    # Debian's interpreter keeps apt's packages and pip's apart: /usr/lib/python3/dist-packages and
    # /usr/local/lib/python3.N/dist-packages (debian-python policy, "Paths").
    packaged = os.path.join(prefix, "lib", "python3", "dist-packages")
    if prefix == "/usr" and view.exists(packaged):
        return [os.path.join("/usr/local/lib", version, "dist-packages"), packaged]
    return [os.path.join(prefix, "lib", version, "site-packages")]


def _user_site(process, version):
    from parity.probe.arguments import flags

    if flags(process)["no_user_site"] or process.environ is None:
        return None
    base = process.variable("PYTHONUSERBASE") or os.path.join(process.variable("HOME") or "/nonexistent", ".local")
    return os.path.join(base, "lib", version, "site-packages")


def _append(found, directory):
    if directory not in found.path:
        found.path.append(directory)


def _read_pth(view, found, directory):
    try:
        names = sorted(name for name in view.names(directory) if name.endswith(".pth"))
    except OSError as error:
        found.problems[directory] = why(error)
        return
    for name in names:
        path = os.path.join(directory, name)
        try:
            text = view.read(path, PTH_LIMIT, follow=True).decode("utf-8", "replace")
        except OSError as error:
            found.problems[path] = why(error)
            continue
        entry = {"directories": [], "code": False}
        for line in text.splitlines():
            line = line.strip()
            if re.match(r"import[ \t]", line):
                entry["code"] = True
            elif line and not line.startswith("#"):
                target = os.path.normpath(os.path.join(directory, line))
                if view.exists(target):
                    entry["directories"].append(target)
                    _append(found, target)
        found.pth[path] = entry
