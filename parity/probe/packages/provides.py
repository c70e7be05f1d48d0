"""The names that a distribution lets a program import, from the lists it was installed with.

Pure functions over bytes. A name is dotted where what stands above it is a namespace that others may
share: `google.cloud.storage`. Formats: packaging.python.org, "Recording installed projects"; setuptools'
top_level.txt.

Floor: Python 3.8, standard library only.
"""

import re

MOST_NAMES = 200
"""Names of one distribution that are kept: one with more ships a tree of scripts, not a library."""

_NAME = re.compile(r"[^\W\d]\w*\Z")


def from_top_level(data):
    """Sorted names in a top_level.txt."""
    words = data.decode("utf-8", "replace").split()
    return sorted({word for word in words if _NAME.match(word)})[:MOST_NAMES]


def from_record(data):
    """Sorted top-level names of the sources and extension modules that a RECORD lists.

    Searches over the bytes instead of a CSV reader: a RECORD has thousands of lines and a handful of
    first components, whose lines mostly stand together.
    """
    data = b"\n" + data
    found, seen, place = set(), set(), 0
    while place >= 0 and len(seen) < MOST_NAMES:
        end = data.find(b"\n", place + 1)
        line = data[place + 1 : end if end >= 0 else len(data)]
        top, slash, _ = line.partition(b"/")
        if not slash:
            found.add(_module(line))
        elif top not in seen:
            seen.add(top)
            if b"." in top or b"-" in top:
                # No name to import: the metadata, or a way out of the directory.
                place = end
                continue
            start = b"\n" + top + b"/"
            after = data.find(b"\n", data.rfind(start) + 1)
            until = after if after >= 0 else len(data)
            if data.count(b"\n", place, until) == data.count(start, place, until):
                holds, end = _holds_code(data, place, until), after
            else:
                lines = b"\n".join(re.findall(re.escape(start) + b"[^\n]*", data))
                holds = _holds_code(lines, 0, len(lines))
            if holds:
                found.add(top)
        place = end
    names = {name.decode("utf-8", "replace") for name in found}
    return sorted(name for name in names if _NAME.match(name))


def within(name, data, declared=False):
    """Sorted names right below `name`, dotted, that a RECORD lists; [] where `name` is a package or a module of
    its own, and no namespace that several distributions share.

    A namespace has no `__init__`, or one that is `declared` to be a namespace's (pkgutil, pkg_resources).
    """
    data = b"\n" + data
    start = b"\n" + name.replace(".", "/").encode("utf-8", "replace") + b"/"
    if data.find(start + b"__init__.") >= 0 and not declared:
        return []
    found = set()
    for line in data.split(start)[1:]:
        inside, slash, below = line.partition(b"\n")[0].partition(b",")[0].partition(b"/")
        if b"." in inside:
            found.add(_module(inside))
        elif slash and _is_code(below):
            found.add(inside)
    names = {one.decode("utf-8", "replace") for one in found}
    return sorted(name + "." + one for one in names if _NAME.match(one) and one != "__init__")[:MOST_NAMES]


def _is_code(path):
    return path.endswith((b".py", b".so", b".pyd"))


def _holds_code(data, start, end):
    return any(data.find(suffix, start, end) >= 0 for suffix in (b".py,", b".so,", b".pyd,"))


def _module(line):
    """The module that a file of this name is, b"" where it is none: foo.py, foo.abi3.so."""
    path = line.partition(b",")[0]
    stem, _, suffix = path.rpartition(b".")
    return stem.partition(b".")[0] if suffix in (b"py", b"so", b"pyd") else b""
