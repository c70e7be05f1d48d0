"""The interpreter itself: its version, its build, the modules it was built with, the flags it runs under.

Floor: Python 3.8, standard library only.
"""

from parity.probe import locales
from parity.probe.libraries import elf
from parity.probe.python.build import IMPRINTED, imprint
from parity.probe.system_packages.installed import DATABASES

TITLE = "Python"
WHY = "code that runs on one version or build of Python does not on another"
COMPARED = {
    "version": "pep440",
    "implementation": "exact",
    "kind": "exact",
    "prefix": "prefix",
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
READS = (
    "*/pyvenv.cfg",
    "*.pth",
    "*/include/*/patchlevel.h",
    "/etc/passwd",
    "/etc/group",
    "/etc/ld.so.cache",
    "/etc/ld-musl-*.path",
    *DATABASES,
)
"""What is read to describe the interpreter included, which every collector may be the first to ask for."""
REDUCES = tuple((pattern, elf.parse) for pattern in ("*.so", "*.so.*", "*/bin/python*", "*/bin/pypy*")) + tuple(
    (pattern, imprint) for pattern in IMPRINTED
)
REDUCES += (("*/lib/locale/locale-archive", locales.archived), ("*/lib/locale/*/LC_CTYPE", locales.codeset_at))

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
    from parity.probe.kit import Section, literal, why
    from parity.probe.packages.requirement import full_version
    from parity.probe.process import accounts, home
    from parity.probe.python import stdlib

    interpreter = view.required_interpreter()
    build = interpreter.build
    section = Section()
    if view.guess:
        section.note(view.guess)
    whose, _ = home.directory(view.process, accounts.read(view))

    def shown(path):
        return home.shortened(path, view.process, whose)

    section.items.update(
        implementation=build.implementation,
        abi=build.abi,
        soabi=build.soabi,
        platform_tag=build.platform_tag,
        kind=interpreter.kind,
        prefix=shown(interpreter.prefix),
        base_prefix=shown(interpreter.base_prefix),
        executable=shown(interpreter.executable),
        free_threaded=build.free_threaded,
        debug=build.debug,
    )
    if build.release[2] is None:
        section.hide("version", "no file of the interpreter tells the last part of its version")
    else:
        section.items["version"] = full_version(build.release)
    broken = _linked(section) if view.live else _linked_by_files(view, section)
    modules, uncertain = [], []
    try:
        modules, uncertain = stdlib.present(view, build)
    except OSError as error:
        section.hide("stdlib.*", "the standard library cannot be listed: " + why(error))
    for name in uncertain:
        section.hide(literal("stdlib." + name), "what is built into the interpreter cannot be told")
    for name in modules:
        if name not in broken:
            section.items["stdlib." + name] = True
    _flags(view, section)
    return section


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


def _linked_by_files(view, section):
    from parity.probe.python import linked

    return linked.record(view, section)


def _release(text):
    """ "3.0.15" of "OpenSSL 3.0.15 3 Sep 2024"; another library keeps its name."""
    words = text.split()
    return words[1] if len(words) > 1 and words[0] == "OpenSSL" else " ".join(words[:2])


def _flags(view, section):
    from parity.probe.process import arguments

    process = view.process
    if not (process.runs or process.argv):
        section.hide("flags.*", "no process runs there: its arguments and variables are not known")
        return
    flags = arguments.flags(process, view.interpreter.build.release, None if view.live else _locales(view))
    for name, value in flags.items():
        if name in SHOWN and value is not None:
            section.items["flags." + name] = value
    if flags["utf8_mode"] is None and process.environ is not None:
        section.hide("flags.utf8_mode", "whether the locale of the process is installed cannot be told")
    if process.environ is None:
        section.hide("flags.*", "the process's environment cannot be read: PYTHON* variables are not known")
    elif process.serves and process.python and not arguments.runs_program(process):
        section.hide("flags.*", "the process has written over its arguments: its switches are not known")


def _locales(view):
    """What tells whether a locale is installed there."""
    from parity.probe.libraries.linker import uses_musl

    try:
        musl = uses_musl(view, view.interpreter.executable)
    except (OSError, elf.NotElf):
        musl = False
    return lambda name: locales.installed(view, name, musl)
