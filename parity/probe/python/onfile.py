"""An interpreter told from its files alone: where nothing may be run, or nothing runs.

The directories are found as CPython finds them when it starts (Modules/getpath.py): from `home` in a pyvenv.cfg,
else from the program with the links of its last component followed, upwards to a `lib/python3.11/os.py`.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import Section
from parity.probe.libraries import elf
from parity.probe.libraries.linker import linker_of
from parity.probe.process import arguments
from parity.probe.python import sitepath, stdlib
from parity.probe.python.build import Build, imprint
from parity.probe.python.imprint import Imprint
from parity.probe.python.interpreter import Interpreter, pyvenv, shares_system

_NAME = re.compile(r"(python|pypy)3\.([0-9]{1,2})([td]{0,2})\Z")
_LIBRARY = re.compile(r"lib(python|pypy)3\.([0-9]{1,2})([td]{0,2})(?:-c)?\.so")
_VERSION = re.compile(r"3\.([0-9]{1,2})\.([0-9]{1,3})(?:(a|b|rc)([0-9]{1,2}))?(?![0-9])")
_HEADER = re.compile(r'^#\s*define\s+PY_VERSION\s+"([^"\n]{1,40})"', re.MULTILINE)
_SOABI = re.compile(r"\.((?:cpython|pypy)-?[0-9]+[A-Za-z0-9_-]*)\.so\Z")
_STAGES = {"a": "alpha", "b": "beta", "rc": "candidate"}
_ALWAYS = frozenset(["_imp", "posix"])
"""Modules that are built into every CPython: where their initialisers cannot be seen, no other's can."""

_DEFAULT_PREFIXES = ("/usr/local", "/usr")
UNTOLD = "the version of the interpreter cannot be told from its files"


def describe(view, executable):
    """The Interpreter at a path of a view that is not live, its path computed as `site` would."""
    config, home = pyvenv(view, executable)
    program = _program(view, executable)
    wanted = _named(view, executable, config, program)
    place = _standard(view, _starts(view, executable, config), wanted)
    build = Build()
    if place is not None:
        base_prefix, build.lib, wanted = place
        build.standard = os.path.join(base_prefix, build.lib, _directory(wanted))
    else:
        base_prefix = _DEFAULT_PREFIXES[-1]
    prefix = home if config is not None else base_prefix
    kind = "venv" if config is not None else "system"
    if kind == "system" and view.exists(os.path.join(prefix, "conda-meta")):
        kind = "conda"
    if wanted is not None:
        _tell(view, build, base_prefix, wanted, program, config)
    found = Interpreter(executable, prefix, base_prefix, kind, build)
    if wanted is None:
        found.foreign = UNTOLD
        return found
    sitepath.compute(view, found, shares_system(config))
    return found


def _program(view, executable):
    """The Linker of the interpreter, or None where it is no program that a dynamic linker would load."""
    try:
        return linker_of(view, executable)
    except (OSError, elf.NotElf):
        return None


def programs(program):
    """Paths of the files that a Python is made of: the program, and the library that most of it may be in."""
    if program is None:
        return []
    return [program.path] + [edge.path for edge in program.edges if edge.path and _LIBRARY.match(edge.name)]


def _named(view, executable, config, program):
    """(implementation, minor version, flags) that the interpreter's own name or that of its library tells, or None."""
    match = _NAME.match(os.path.basename(view.real(executable)))
    if match is None and program is not None:
        libraries = (_LIBRARY.match(edge.name) for edge in program.edges)
        match = next((found for found in libraries if found), None)
    match = match or _NAME.match(os.path.basename(executable))
    if match is not None:
        return "pypy" if match.group(1) == "pypy" else "cpython", int(match.group(2)), match.group(3)
    version = _VERSION.match(_configured(config))
    return ("cpython", int(version.group(1)), "") if version else None


def _configured(config):
    # `venv` and uv write one, virtualenv the other.
    return (config or {}).get("version") or (config or {}).get("version_info", "")


def _starts(view, executable, config):
    """Directories to look upwards from for the standard library, the likeliest first."""
    process = view.process
    if process.variable("PYTHONHOME") and not arguments.flags(process)["ignore_environment"]:
        yield process.variable("PYTHONHOME").split(os.pathsep)[0]
    if config and config.get("home", "").startswith("/"):
        yield os.path.normpath(config["home"])
    yield os.path.dirname(_followed(view, executable))
    yield os.path.dirname(view.real(executable))
    yield from _DEFAULT_PREFIXES


def _followed(view, path):
    """`path` with the links of its last component followed, and no other."""
    for _ in range(40):
        try:
            target = view.link(path)
        except OSError:
            break
        path = os.path.normpath(os.path.join(os.path.dirname(path), target))
    return path


def _standard(view, starts, wanted):
    """(prefix, "lib" or "lib64", (implementation, minor version, flags)) of the standard library, or None."""
    seen = set()
    for start in starts:
        directory = start
        while directory not in seen:
            seen.add(directory)
            for lib in ("lib", "lib64"):
                found = _below(view, os.path.join(directory, lib), wanted)
                if found is not None:
                    return directory, lib, found
            directory = os.path.dirname(directory)
    return None


def _below(view, directory, wanted):
    try:
        names = view.names(directory)
    except OSError:
        return None
    libraries = []
    for name in names:
        match = _NAME.match(name)
        if match and any(view.exists(os.path.join(directory, name, file)) for file in ("os.py", "os.pyc")):
            implementation = "pypy" if match.group(1) == "pypy" else "cpython"
            libraries.append((implementation, int(match.group(2)), match.group(3)))
    if wanted is None:
        # A broken or foreign program beside one whole standard library: it can only be that one's.
        return libraries[0] if len(libraries) == 1 else None
    # A debug build shares the library of the plain one.
    fits = [one for one in libraries if one[:2] == wanted[:2] and ("t" in one[2]) == ("t" in wanted[2])]
    return wanted if fits else None


def _directory(wanted):
    name = "pypy" if wanted[0] == "pypy" else "python"
    return "%s3.%d%s" % (name, wanted[1], "t" if "t" in wanted[2] else "")


def _tell(view, build, base_prefix, wanted, program, config):
    """Fill a Build."""
    build.implementation, minor, build.flags = wanted
    build.debug = "d" in build.flags
    if build.standard:
        build.dynload = [os.path.join(build.standard, "lib-dynload")]
        if build.implementation == "pypy":
            build.dynload = [build.standard]
    said = Imprint()
    for path in programs(program):
        try:
            said.join(view.reduced(path, imprint))
        except OSError:
            continue
    if said.modules.issuperset(_ALWAYS):
        build.builtin = frozenset(said.modules)
    build.release = _release(view, build, base_prefix, minor, said, config)
    build.soabi = _soabi(view, build)
    if program is not None and program.program.machine:
        build.machine = program.program.machine
        build.platform_tag = "linux_" + build.machine


def _release(view, build, base_prefix, minor, said, config):
    """Like `sys.version_info`. The program's own word comes first: a header, and a pyvenv.cfg all the more, may be
    left from a version before."""
    own = sorted(text for text in said.versions if text.startswith("3.%d." % minor))
    sources = (
        lambda: own[0] if len(own) == 1 else "",
        lambda: _header(view, base_prefix, build),
        lambda: _packaged(view, base_prefix, minor),
        lambda: _configured(config),
    )
    for source in sources:
        match = _VERSION.match(source())
        if match and int(match.group(1)) == minor:
            return (3, minor, int(match.group(2)), _STAGES.get(match.group(3), "final"), int(match.group(4) or 0))
    return (3, minor, None, "final", 0)


def _header(view, base_prefix, build):
    directory = os.path.basename(build.standard) if build.standard else ""
    for name in (directory, directory + "d"):
        try:
            text = view.text(os.path.join(base_prefix, "include", name, "patchlevel.h"), 1 << 16)
        except OSError:
            continue
        match = _HEADER.search(text)
        if match:
            return match.group(1)
    return ""


def _packaged(view, base_prefix, minor):
    """The version that the operating system's package of the interpreter has."""
    if base_prefix != "/usr":
        return ""
    from parity.probe.system_packages import apk, dpkg, rpm

    names = [name % minor for name in ("libpython3.%d-minimal", "python3.%d-minimal", "python3.%d")]
    names += ["python3", "python3-libs"]
    for database in (dpkg, apk, rpm):
        versions = {package.name: package.version for package in database.read(view, Section()) or ()}
        for name in names:
            version = versions.get(name, "").rpartition(":")[2].replace("~", "")
            if version.startswith("3.%d." % minor):
                return version.partition("-")[0].partition("+")[0]
    return ""


def _soabi(view, build):
    tag = "pypy" if build.implementation == "pypy" else "cpython-3%d%s" % (build.release[1], build.flags)
    for path in sorted(stdlib.extensions(view, build).values()):
        match = _SOABI.search(path)
        if match and (match.group(1) == tag or match.group(1).startswith(tag + "-") or tag == "pypy"):
            return match.group(1)
    return None
