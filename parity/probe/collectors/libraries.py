"""The shared libraries from outside that the interpreter and the installed extension modules need.

One item a soname, {field: value}:

    resolved   whether the dynamic linker would find it, for every module that needs it: a library that is not
               found keeps its key, so that a break shows as `resolved` changed and never as a key gone
    file       what it resolves to, links followed; below the interpreter's prefix as "{prefix}/..."
    version    where the file's name tells it (libpq.so.5.15: "5.15"), and of the C library itself
    needed_by  the modules that need it (and do not get it, where it does not resolve), at most one a package
               and five in all; modules, how many in truth
    optional   true where plug-ins alone need it and do not get it: the package itself loads without
    through    the libraries that need it on their behalf, where no module does so itself
    needs      the highest symbol version of each family that is asked of it ("GLIBC_2.34"), has, the highest
               that it defines
    lacks      symbol versions that are asked of it and that it does not define; lacks_by, who asks

A key that is there on one side only says that nothing on the other side needs that library. What a
package brings along (its `*.libs`, its own directory) is no item: its names change with every build.

Floor: Python 3.8, standard library only.
"""

import os
import re
import sys

from parity.probe.kit import Section, Unavailable
from parity.probe.libraries import elf, extensions, ldcache
from parity.probe.libraries.linker import linker_of
from parity.probe.libraries.needs import Needs

TITLE = "Shared libraries"
WHY = "an extension module does not load without every library that it needs, in a version that has its symbols"
COMPARED = {"resolved": "flag", "version": "version", "lacks": "set"}
SEVERITY = {"missing": "info", "changed": "error", "extra": "info"}
READS = ("*.dist-info/RECORD", "/etc/ld.so.cache", "/etc/ld-musl-*.path")
REDUCES = tuple((pattern, elf.parse) for pattern in ("*.so", "*.so.*", "*/bin/python*", "*/bin/pypy*"))

SHOWN = 5
"""Names listed in `needed_by`, `through` and `lacks_by`."""

_PUBLIC = ("/usr/", "/lib", "/opt/", "/nix/store/")
_NAME = re.compile(r"^[A-Za-z0-9_.+/@~=-]{1,255}$")
_VERSIONED = re.compile(r"(?:\.so\.|-)([0-9]+(?:\.[0-9]+)+)(?:\.so)?$")
_SYMBOL_VERSION = re.compile(r"^(.+)_([0-9]+(?:\.[0-9]+)*)$")


def collect(view):
    if view.live and sys.platform != "linux":
        raise Unavailable("not Linux")
    interpreter = view.required_interpreter()
    try:
        linker = linker_of(view, interpreter.executable)
    except elf.NotElf:
        raise Unavailable("the interpreter is not an ELF file")
    section = Section()
    found = extensions.find(view)
    needs = Needs(view, linker, found)
    for name in sorted(needs.found):
        if _NAME.match(name):
            _record(view, linker, name, needs.found[name], section)
        else:
            section.hide("*", "a library's name holds characters that no library's name has")
    _notes(section, found, linker, needs)
    return section


def _record(view, linker, name, need, section):
    if need.broken:
        process = view.process
        if process is not None and process.environ is None:
            section.hide(name, "LD_LIBRARY_PATH of the process could not be read")
            return
        if name in linker.unsure:
            section.hide(name, "a directory or file on the library path could not be read")
            return
    modules = need.broken or need.modules
    item = {"resolved": not need.broken, "needed_by": _few(modules), "modules": len(modules)}
    if need.broken and all("/plugins/" in label for label in need.broken):
        item["optional"] = True
    if need.through and None not in need.through:
        item["through"] = _few(need.through)
    if not need.broken:
        real = view.real(need.path)
        file = linker.file(need.path)
        item["file"] = _shown(view, real)
        version = _version(name, os.path.basename(real), file.defines)
        if version:
            item["version"] = version
        _symbol_versions(item, need.versions, file.defines)
    section.items[name] = item


def _symbol_versions(item, asked, defined):
    wanted = _highest(asked)
    if wanted:
        item["needs"] = sorted(text for _, text in wanted.values())
    # A library without any definition satisfies every version, as it did before versions were invented.
    if not defined:
        return
    there = _highest(defined)
    if any(family in there for family in wanted):
        item["has"] = sorted(there[family][1] for family in wanted if family in there)
    lacks = sorted(set(asked) - defined)
    if lacks:
        item["lacks"] = lacks
        item["lacks_by"] = _few({label for version in lacks for label in asked[version]})


def _highest(versions):
    """{family: ((number, ...), "FAMILY_1.2.3")} of the highest of each family of symbol versions."""
    found = {}
    for version in versions:
        match = _SYMBOL_VERSION.match(version)
        if match:
            numbers = tuple([int(part) for part in match.group(2).split(".")])
            if match.group(1) not in found or numbers > found[match.group(1)][0]:
                found[match.group(1)] = (numbers, version)
    return found


def _few(labels):
    """At most SHOWN of the labels, one for each top-level package, sorted."""
    packages = {}
    for label in sorted(labels):
        packages.setdefault(label.partition("/")[0] if "/" in label else label, label)
    return sorted(packages.values())[:SHOWN]


def _version(name, real, defined):
    match = _VERSIONED.search(real)
    if match:
        return match.group(1)
    if name == "libc.so.6" and "GLIBC" in _highest(defined):
        return _highest(defined)["GLIBC"][1].partition("_")[2]
    return None


def _shown(view, path):
    if path.startswith(_PUBLIC):
        return path
    for prefix in (view.interpreter.prefix, view.interpreter.base_prefix):
        if path.startswith(prefix + "/"):
            return "{prefix}" + path[len(prefix) :]
    return os.path.basename(path)


def _notes(section, found, linker, needs):
    if needs.brought:
        section.note("%d libraries that packages bring along are no items" % len(needs.brought))
    if needs.alien:
        section.note("%d extension modules are for another architecture, or damaged" % needs.alien)
    excused = sorted(name for name in needs.excused if _NAME.match(name))
    if excused:
        section.note("installed with a package that must load them itself: " + ", ".join(excused))
    for reason in sorted(set(found.cut.values())):
        section.hide("*", "extension modules: " + reason)
    if ldcache.PATH in linker.problems:
        section.note("%s: %s" % (ldcache.PATH, linker.problems[ldcache.PATH]))
