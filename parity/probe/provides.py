"""The names that a distribution lets a program import, from the lists it was installed with.

Pure functions over bytes. A name is dotted where what stands above it is a namespace that others may
share: `google.cloud.storage`. Formats: packaging.python.org, "Recording installed projects"; setuptools'
top_level.txt.

Floor: Python 3.8, standard library only.
"""

import re

MOST_NAMES = 200
"""Names of one distribution that are kept: one with more ships a tree of scripts, not a library."""

_DEEPEST = 6
_NAME = re.compile(r"[^\W\d]\w*\Z")

# The first component of each line that is a Python source or an extension module.
_TOP = re.compile(rb'\n"?([A-Za-z_\x80-\xff][\w\x80-\xff]*)(?:/[^,\n]*)?\.(?:py|so|pyd)[",]')
_TOP_TAGGED = re.compile(rb"\n([A-Za-z_]\w*)\.[\w-]+\.(?:so|pyd),")


def from_top_level(data):
    """Sorted names in a top_level.txt."""
    words = data.decode("utf-8", "replace").split()
    return sorted({word for word in words if _NAME.match(word)})[:MOST_NAMES]


def from_record(data):
    """Sorted top-level names of what a RECORD (or a SOURCES.txt) lists."""
    data = b"\n" + data
    found = set(_TOP.findall(data))
    found.update(_TOP_TAGGED.findall(data))
    return sorted(name.decode("utf-8", "replace") for name in found)[:MOST_NAMES]


def below(top, data, declared=False):
    """The names that a RECORD provides under the top-level name `top`: itself, or where that is a namespace,
    the sorted packages and modules nearest to it.

    A namespace has no `__init__`, or one that is `declared` to be a namespace's (pkgutil, pkg_resources).
    """
    data = b"\n" + data
    waiting, found = [(top, 1)], []
    while waiting and len(found) < MOST_NAMES:
        name, depth = waiting.pop()
        directory = name.replace(".", "/").encode("utf-8")
        start = b"\n" + directory + b"/"
        package = data.find(start + b"__init__.") >= 0 and not (declared and name == top)
        if depth >= _DEEPEST or package or data.find(start) < 0:
            found.append(name)
            continue
        inside = set(re.findall(b"\n" + re.escape(directory) + rb"/(\w+)(?:/[^,\n]*)?\.(?:py|so|pyd)[\",]", data))
        inside.update(re.findall(b"\n" + re.escape(directory) + rb"/(\w+)\.[\w-]+\.(?:so|pyd),", data))
        inside.discard(b"__init__")
        waiting += [(name + "." + one.decode("ascii", "replace"), depth + 1) for one in inside]
    return sorted(found) or [top]
