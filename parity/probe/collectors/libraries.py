"""The shared libraries from outside that the interpreter and the installed extension modules need.

One item a soname, {field: value}:

    resolved   whether the dynamic linker would find it: a library that is needed and not found keeps its
               key, so that a break shows as `resolved` changed and never as a key gone
    file       what it resolves to, links followed; below the interpreter's prefix as "{prefix}/..."
    version    where the file's name tells it (libpq.so.5.15: "5.15"), and of the C library itself
    needed_by  the modules that need it, at most one a package and five in all; modules, how many in truth
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

from parity.probe import dlopened, elf, extensions
from parity.probe.kit import Section, Unavailable
from parity.probe.linker import Linker

TITLE = "Shared libraries"
WHY = "an extension module does not load without every library that it needs, in a version that has its symbols"
COMPARED = {"resolved": "flag", "version": "version", "lacks": "set"}
SEVERITY = {"missing": "info", "changed": "error", "extra": "info"}
READS = ("*.so", "*.so.*", "*.dist-info/RECORD", "*/bin/python*", "/etc/ld.so.cache", "/etc/ld-musl-*.path")

SHOWN = 5
"""Names listed in `needed_by`, `through` and `lacks_by`."""

_PUBLIC = ("/usr/", "/lib", "/opt/", "/nix/store/")
_NAME = re.compile(r"^[A-Za-z0-9_.+/@~=-]{1,255}$")
_VERSIONED = re.compile(r"(?:\.so\.|-)([0-9]+(?:\.[0-9]+)+)(?:\.so)?$")
_SYMBOL_VERSION = re.compile(r"^(.+)_([0-9]+(?:\.[0-9]+)*)$")
_BUILD_HASH = re.compile(r"-[0-9a-f]{8}(?=\.)")


class _Need:
    """What is known of one name while modules are read."""

    def __init__(self):
        self.path = None
        self.modules = set()
        self.through = set()
        self.versions = {}


def collect(view):
    if view.live and sys.platform != "linux":
        raise Unavailable("not Linux")
    if view.interpreter is None:
        raise Unavailable("no Python interpreter was found")
    if view.interpreter.foreign:
        raise Unavailable(view.interpreter.foreign)
    path = view.real(view.interpreter.executable)
    try:
        linker = Linker(view, path)
    except elf.NotElf:
        raise Unavailable("the interpreter is not an ELF file")
    section = Section()
    found = extensions.find(view)
    needs, brought = _needs(view, linker, path, found, section)
    missing = [name for name, need in needs.items() if need.path is None]
    loaded_otherwise = extensions.shipped(view, missing)
    for name in sorted(set(needs) - loaded_otherwise):
        if _NAME.match(name):
            _record(view, linker, name, needs[name], section)
        else:
            section.hide("*", "a library's name holds characters that no library's name has")
    _notes(section, found, linker, brought, loaded_otherwise)
    return section


def _needs(view, linker, path, found, section):
    """({soname: _Need} of what comes from outside, names of what packages bring along)."""
    needs, brought = {}, set()
    own = tuple([directory + "/" for directory in extensions.directories(view)])
    _follow(needs, brought, linker.edges, "python", own)
    _ask(needs, linker.program, "python")
    alien = 0
    groups = {}
    for module, label in found.modules.items():
        file = linker.file(module)
        if file is None:
            alien += 1
            continue
        edges, _ = linker.closure(module, file)
        groups.setdefault(id(edges), (edges, []))[1].append((label, file))
    for edges, members in groups.values():
        labels = [label for label, _ in members]
        _follow(needs, brought, edges, labels, own)
        for label, file in members:
            _ask(needs, file, label)
        for edge in edges:
            if edge.path is not None and edge.path.startswith(own):
                _ask(needs, linker.file(edge.path), labels[0])
    for label, name in dlopened.needed(found.names):
        need = needs.setdefault(name, _Need())
        need.path = need.path or linker.find(name)
        need.modules.add(label)
    for need in [need for need in needs.values() if need.path is not None]:
        _ask_of_libraries(needs, linker, need.path)
    if alien:
        section.note("%d extension modules are for another architecture, or damaged" % alien)
    return needs, brought


def _follow(needs, brought, edges, labels, own):
    """Turn the edges of one closure into needs of the modules that share it.

    What a library of the system needs from the system is that library's own business, and becomes an
    item only where it does not resolve.
    """
    labels = [labels] if isinstance(labels, str) else labels
    for edge in edges:
        if edge.path is not None and edge.path.startswith(own):
            brought.add(edge.path)
            continue
        ours = edge.depth == 0 or edge.requirer.startswith(own)
        if not ours and edge.path is not None:
            continue
        need = needs.setdefault(edge.name, _Need())
        need.path = need.path or edge.path
        need.modules.update(labels)
        if edge.depth:
            need.through.add(_BUILD_HASH.sub("", os.path.basename(edge.requirer)))
        else:
            need.through.add(None)


def _ask(needs, file, label):
    for name, versions in file.requires.items():
        need = needs.get(name)
        if need is not None:
            for version in versions:
                need.versions.setdefault(version, set()).add(label)


def _ask_of_libraries(needs, linker, path):
    """What a library of the system asks of another one: it too may be built for a newer C library."""
    for name, versions in linker.file(path).requires.items():
        need = needs.get(name)
        if need is None or need.path is None:
            continue
        for version in set(versions) - linker.file(need.path).defines:
            need.versions.setdefault(version, set()).add(os.path.basename(path))


def _record(view, linker, name, need, section):
    if need.path is None:
        process = view.process
        if process is not None and process.environ is None:
            section.hide(name, "LD_LIBRARY_PATH of the process could not be read")
            return
        if name in linker.unsure:
            section.hide(name, "a directory or file on the library path could not be read")
            return
    item = {"resolved": need.path is not None, "needed_by": _few(need.modules), "modules": len(need.modules)}
    if None not in need.through and need.through:
        item["through"] = _few(need.through)
    if need.path is not None:
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


def _notes(section, found, linker, brought, loaded_otherwise):
    if brought:
        section.note("%d libraries that packages bring along are no items" % len(brought))
    if loaded_otherwise:
        names = ", ".join(sorted(name for name in loaded_otherwise if _NAME.match(name)))
        section.note("installed with a package that must load them itself: " + names)
    for reason in sorted(set(found.cut.values())):
        section.hide("*", "extension modules: " + reason)
    if linker.problems.get("/etc/ld.so.cache"):
        section.note("/etc/ld.so.cache: " + linker.problems["/etc/ld.so.cache"])
