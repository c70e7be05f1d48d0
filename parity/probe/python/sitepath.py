"""The `sys.path` that a program would have, computed as `site` computes it, with nothing executed.

In order: the program's own directory, PYTHONPATH, (the standard library, left out here), the
environment's site-packages, the user's, the system's, each followed by the path lines of its `.pth` files.
Lines of a `.pth` that `site` would execute are seen and not run.

Floor: Python 3.8, standard library only.
"""

import os
import sys

from parity.probe.kit import why
from parity.probe.process import accounts, arguments, home

PTH_LIMIT = 1 << 20


def compute(view, found, shares):
    """Fill `path`, `origins`, `pth` and `problems` of the Interpreter `found`.

    shares  whether the base interpreter's and the user's packages are in: False in most venvs
    """
    process = view.process
    flags = arguments.flags(process, found.build.release)
    venv = found.kind == "venv"
    program = _program(view, process, flags)
    if program:
        _append(found, program, "program")
    variable = "" if flags["ignore_environment"] else (process.variable("PYTHONPATH") or "")
    for entry in variable.split(os.pathsep) if variable else ():
        _append(found, os.path.normpath(os.path.join(process.cwd or "/", entry)), "PYTHONPATH")
    if flags["no_site"]:
        return
    if venv:
        _sites(view, found, [found.prefix], "site")
    if shares:
        if not flags["no_user_site"]:
            user = _user_site(view, process, found.build)
            if user:
                _add_site(view, found, user, "user site")
        base = [found.base_prefix]
        apart = found.build.exec_prefix
        if apart is not None and found.base_prefix == sys.base_prefix != apart:
            base.append(apart)
        _sites(view, found, base, "system site" if venv else "site")


def _program(view, process, flags):
    """What stands first on `sys.path`: the script's directory, or the working directory."""
    if not arguments.runs_program(process) or flags["safe_path"] or process.cwd is None:
        return None
    command = arguments.command(process)
    if command.runs != "script":
        return process.cwd
    script = view.real(os.path.join(process.cwd, command.script))
    try:
        view.names(script)
    except OSError:
        return os.path.dirname(script)
    return script


def _sites(view, found, prefixes, origin):
    # Debian's interpreter keeps apt's packages and pip's apart, in directories that a venv made from it
    # looks for as well (debian-python policy, "Paths"; its patched site.getsitepackages).
    debian = found.base_prefix == "/usr" and view.exists("/usr/lib/python3/dist-packages")
    build = found.build
    libraries = [build.lib]
    if libraries[0] != "lib":
        libraries.append("lib")
    for prefix in prefixes:
        if debian:
            unthreaded = "python%d.%d" % tuple(build.release[:2])
            places = [("lib", unthreaded, "site-packages")] if found.kind == "venv" else []
            places += [("local/lib", unthreaded, "dist-packages"), ("lib", "python3", "dist-packages")]
            places += [(library, build.directory, "dist-packages") for library in libraries]
        else:
            places = [(library, build.directory, "site-packages") for library in libraries]
        for place in places:
            _add_site(view, found, os.path.join(prefix, *place), origin)


def _user_site(view, process, build):
    if process.environ is None:
        return None
    # `site` leaves it out for a process that changed its effective ids.
    for field in ("Uid", "Gid"):
        ids = process.status.get(field, "").split()
        if len(ids) > 1 and ids[0] != ids[1]:
            return None
    base = process.variable("PYTHONUSERBASE")
    if not base:
        directory, _ = home.directory(process, accounts.read(view))
        if not directory:
            return None
        base = os.path.join(directory, ".local")
    if view.live and sys.platform == "darwin" and getattr(sys, "_framework", ""):
        return os.path.join(base, "lib", "python", "site-packages")
    return os.path.join(base, "lib", build.directory, "site-packages")


def _append(found, entry, origin):
    if entry not in found.origins:
        found.path.append(entry)
        found.origins[entry] = origin


def _add_site(view, found, directory, origin):
    try:
        names = view.names(directory)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        _append(found, directory, origin)
        found.problems[directory] = why(error)
        return
    _append(found, directory, origin)
    for name in sorted(names):
        # Hidden ones have been passed over since 2024, in every version that is still maintained.
        if name.endswith(".pth") and not name.startswith("."):
            _read_pth(view, found, directory, name)


def _read_pth(view, found, directory, name):
    path = os.path.join(directory, name)
    if path in found.pth:
        return
    try:
        text = os.fsdecode(view.read(path, PTH_LIMIT, follow=True))
    except OSError as error:
        found.problems[path] = why(error)
        return
    entry = {"directories": [], "code": False}
    for line in text.lstrip("\ufeff").splitlines():
        if line.startswith(("import ", "import\t")):
            entry["code"] = True
        elif line.strip() and not line.startswith("#"):
            target = os.path.normpath(os.path.join(directory, line.rstrip()))
            if "\0" not in target and view.exists(target):
                entry["directories"].append(target)
                _append(found, target, name)
    found.pth[path] = entry
