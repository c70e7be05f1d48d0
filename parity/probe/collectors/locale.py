"""The locale of the process that serves, category by category, its encodings, and the locales that exist.

    encoding             what open() of a text file takes where nothing is said; as Python calls it: "utf-8", "ascii"
    filesystem_encoding  of file names and of what a process is given
    stdio_encoding       of standard input, output and error
    lc_ctype ...         the name that LC_ALL, LC_CTYPE ... or LANG asks for; for lc_ctype after PEP 538
    lc_ctype_exists ...  whether the C library has that locale
    available.NAME       a locale that exists

Sources: PEP 538, PEP 540; CPython, Python/preconfig.c (preconfig_read, _PyPreConfig_Read) and Python/initconfig.c
(config_init_stdio_encoding).

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe import locales
from parity.probe.kit import Section, Unavailable
from parity.probe.libraries import elf

TITLE = "Locale"
WHY = "another locale or encoding reads files, sorts and formats in another way, or stops where it does not exist"
COMPARED = {
    "encoding": "exact",
    "filesystem_encoding": "exact",
    "stdio_encoding": "exact",
    "lc_*": "exact",
    "available.*": "exact",
}
SEVERITY = {"missing": "info", "changed": "warning", "extra": "info"}
READS = ("/etc/ld.so.cache", "/etc/ld-musl-*.path")
REDUCES = (
    ("*/lib/locale/locale-archive", locales.archived),
    ("*/lib/locale/*/LC_CTYPE", locales.codeset_at),
    *((pattern, elf.parse) for pattern in ("*.so", "*.so.*", "*/bin/python*", "*/bin/pypy*")),
)

CATEGORIES = ("ctype", "collate", "messages", "monetary", "numeric", "time")
MOST = 128
"""Locales that are recorded by name."""

_ENCODINGS = ("encoding", "filesystem_encoding", "stdio_encoding")
_CODEC = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,40}\Z")
_ELSEWHERE = ("LOCPATH", "LOCALE_ARCHIVE")


def collect(view):
    if view.live and os.uname().sysname != "Linux":
        raise Unavailable("not Linux")
    section = Section()
    process = view.process
    known = locales.Locales(view, _musl(view))
    if known.musl:
        section.note("musl takes any name for a locale: each but C and POSIX is UTF-8, and sorts as C does")
    if process.environ is None:
        reason = "the variables of the process are not known"
        section.hide("lc_*", process.refused.get("environ", reason))
        for key in _ENCODINGS:
            section.hide(key, reason)
        named = {}
    else:
        named = _named(process, known.musl)
    if any(process.variable(name) for name in _ELSEWHERE):
        section.hide("available.*", "the process looks for its locales in a place of its own")
        known.problem = "the process looks for its locales in a place of its own"
    else:
        _available(section, known, set(named.values()))
    if named:
        _encodings(view, section, known, named)
        _categories(section, known, named)
    return section


def _musl(view):
    from parity.probe.libraries.linker import uses_musl

    try:
        if view.interpreter is not None and not view.interpreter.foreign:
            return uses_musl(view, view.interpreter.executable)
    except (OSError, elf.NotElf):
        pass
    try:
        return any(name.startswith("ld-musl-") for name in view.names("/lib"))
    except OSError:
        return False


def _named(process, musl):
    """{category: the name that its variables ask for}."""
    named = {}
    for category in CATEGORIES:
        asked = ""
        for variable in ("LC_ALL", "LC_" + category.upper(), "LANG"):
            asked = asked or process.variable(variable) or ""
        # musl's own default; the other categories have nothing but C.
        named[category] = asked or ("C.UTF-8" if musl and category == "ctype" else "C")
    return named


def _available(section, known, named):
    # Those that the process asks for come first, whatever the bound.
    wanted = {locales.normalised(name) for name in named}
    names = sorted(known.names(), key=lambda name: (name not in wanted, name.partition(".")[0] != "C", name))
    for name in names[:MOST]:
        section.items["available." + name] = True
    if known.problem:
        section.hide("available.*", known.problem)
    if len(names) > MOST:
        section.hide("available.*", "more locales than are recorded")
        section.note("%d locales exist, and %d of them are named" % (len(names), MOST))


def _encodings(view, section, known, named):
    from parity.probe.process import arguments

    interpreter, process = view.interpreter, view.process
    if interpreter is None:
        return
    reason = interpreter.foreign
    if interpreter.build.implementation != "cpython":
        reason = "only of CPython it is known how it chooses its encodings"
    elif process.serves and process.python and process.runs and not arguments.runs_program(process):
        reason = "the process has written over its arguments: its switches are not known"
    if reason:
        for key in _ENCODINGS:
            section.hide(key, reason)
        return
    flags = arguments.flags(process, interpreter.build.release, known.has)
    # Python 3.6 knows neither of the two PEPs.
    modern = interpreter.build.release[1] >= 7
    asked = named["ctype"]
    there = known.has(asked)
    if there is not None and (asked in locales.C_NAMES or not there):
        # PEP 538: such a locale is exchanged for C.UTF-8, unless LC_ALL forbids it.
        setting = "" if flags["ignore_environment"] else process.variable("PYTHONCOERCECLOCALE")
        coerced = modern and setting != "0" and not process.variable("LC_ALL")
        used = "C.UTF-8" if coerced else "C"
        if coerced and there:
            named["ctype"] = used
    else:
        used = asked
    if flags["utf8_mode"] and modern:
        encoding = "utf-8"
    elif there is None or (flags["utf8_mode"] is None and modern):
        encoding = None
    else:
        encoding = codec(known.codeset(used))
    _record(section, "encoding", encoding)
    _record(section, "filesystem_encoding", encoding)
    said = "" if flags["ignore_environment"] else process.variable("PYTHONIOENCODING", "").partition(":")[0]
    _record(section, "stdio_encoding", codec(said) if said else encoding)


def _record(section, key, encoding):
    if encoding is None:
        section.hide(key, "the character set of the locale cannot be told")
    else:
        section.items[key] = encoding


def codec(name):
    """What Python calls the codec of a character set; "other" for one that it has not, None for None."""
    import codecs

    if name is None:
        return None
    try:
        found = codecs.lookup(name) if _CODEC.match(name) else None
    except (LookupError, ValueError):
        found = None
    return found.name if found is not None and found._is_text_encoding else "other"


def _categories(section, known, named):
    for category, name in named.items():
        key = "lc_" + category
        section.items[key] = locales.normalised(name) if locales.well_formed(name) else "other"
        there = known.has(name)
        if there is None:
            section.hide(key + "_exists", known.problem)
        else:
            section.items[key + "_exists"] = there
