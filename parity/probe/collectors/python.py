"""The interpreter itself: its version, its build, the modules it was built with, the flags it runs under.

Floor: Python 3.8, standard library only.
"""

TITLE = "Python"
WHY = "code that runs on one version or build of Python does not on another"
COMPARED = {
    "version": "pep440",
    "implementation": "exact",
    "kind": "exact",
    "openssl": "version",
    "sqlite": "version",
    "zlib": "version",
    "debug": "exact",
    "free_threaded": "exact",
    "stdlib.*": "exact",
    "flags.optimize": "exact",
    "flags.dev_mode": "exact",
    "flags.utf8_mode": "exact",
    "flags.hash_seed_fixed": "exact",
    "flags.safe_path": "exact",
    "flags.warnings_are_errors": "exact",
    "flags.gil": "exact",
}
SEVERITY = {"missing": "error", "changed": "warning", "extra": "info"}
READS = ("*/pyvenv.cfg", "*/lib/python3*/lib-dynload/*")

SHOWN = (
    "optimize",
    "dev_mode",
    "utf8_mode",
    "hash_seed_fixed",
    "safe_path",
    "warnings_are_errors",
    "isolated",
    "dont_write_bytecode",
    "unbuffered",
    "gil",
)
"""The flags that are recorded; None, for one that nobody set or that could not be told, is not."""


def collect(view):
    import sys

    from parity.probe import accounts, home, stdlib
    from parity.probe.kit import Section, Unavailable, why
    from parity.probe.requirement import full_version

    interpreter = view.interpreter
    if interpreter.foreign:
        raise Unavailable(interpreter.foreign)
    section = Section()
    whose, _ = home.directory(view.process, accounts.read(view))

    def shown(path):
        return home.shortened(path, view.process, whose)

    section.items.update(
        version=full_version(sys.version_info),
        implementation=sys.implementation.name,
        abi=_abi(),
        soabi=_soabi(),
        platform_tag=_platform_tag(),
        kind=interpreter.kind,
        prefix=shown(interpreter.prefix),
        base_prefix=shown(interpreter.base_prefix),
        executable=shown(interpreter.executable),
        free_threaded="t" in getattr(sys, "abiflags", ""),
        debug=hasattr(sys, "gettotalrefcount"),
    )
    broken = _linked(section)
    try:
        modules = stdlib.present(view)
    except OSError as error:
        section.hide("stdlib.*", "the standard library cannot be listed: " + why(error))
        modules = []
    for name in modules:
        if name not in broken:
            section.items["stdlib." + name] = True
    _flags(view, section)
    return section


def _abi():
    """The ABI tag of wheels for this interpreter: cp311, cp313t, pypy310_pp73."""
    import sys

    if sys.implementation.name == "cpython":
        return "cp%d%d%s" % (sys.version_info[:2] + (getattr(sys, "abiflags", ""),))
    return "_".join((_soabi() or "").split("-")[:2])


def _soabi():
    """What stands in the names of extension modules: cpython-311-x86_64-linux-gnu. None where nothing does."""
    import _imp

    suffixes = _imp.extension_suffixes()
    return suffixes[0].strip(".").rpartition(".")[0] or None if suffixes else None


def _platform_tag():
    """linux_x86_64, or what `sysconfig` says on another system."""
    import os
    import sys

    if not sys.platform.startswith("linux"):
        import sysconfig

        return sysconfig.get_platform().replace("-", "_").replace(".", "_")
    machine = os.uname().machine
    if sys.maxsize <= 1 << 32:
        # A 32-bit interpreter under a 64-bit kernel.
        machine = {"x86_64": "i686", "aarch64": "armv8l"}.get(machine, machine)
    return "linux_" + machine


def _linked(section):
    """Record the versions of the libraries the interpreter is linked with; returns modules that do not load.

    The underlying extension modules are imported, in a few milliseconds: `ssl` and `sqlite3` themselves take
    ten times that.
    """
    broken = set()
    for key, module, name, read in (
        ("openssl", "ssl", "_ssl", lambda found: _release(found.OPENSSL_VERSION)),
        ("sqlite", "sqlite3", "_sqlite3", lambda found: found.sqlite_version),
        ("zlib", "zlib", "zlib", lambda found: found.ZLIB_RUNTIME_VERSION),
    ):
        try:
            section.items[key] = read(__import__(name))
        except ModuleNotFoundError:
            continue
        except Exception:
            broken.add(module)
            section.note("%s is there and does not load: a library that it needs is missing or too old" % name)
    return broken


def _release(text):
    """ "3.0.15" of "OpenSSL 3.0.15 3 Sep 2024"; another library keeps its name."""
    words = text.split()
    return words[1] if len(words) > 1 and words[0] == "OpenSSL" else " ".join(words[:2])


def _flags(view, section):
    from parity.probe import arguments

    process = view.process
    for name, value in arguments.flags(process).items():
        if name in SHOWN and value is not None:
            section.items["flags." + name] = value
    if process.environ is None:
        section.hide("flags.*", "the process's environment cannot be read: PYTHON* variables are not known")
    elif process.serves and process.python and not arguments.runs_program(process):
        section.hide("flags.*", "the process has written over its arguments: its switches are not known")
