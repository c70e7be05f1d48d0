"""What an installed distribution says of itself: the headers of METADATA or PKG-INFO, and requires.txt.

Formats: packaging.python.org, "Core metadata specifications"; setuptools, "The internal structure of
Python eggs". Pure functions over bytes and text.

Floor: Python 3.8, standard library only.
"""

import re
from functools import lru_cache

# A search that starts at a literal newline runs at memory speed; one for the start of any line does not.
_WANTED = re.compile(r"\n(Name|Version|Requires-Dist|Provides-Extra):[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)")
_END = re.compile(rb"\r?\n\r?\n")
_SECTION = re.compile(r"\[([^:\]]*)(?::([^\]]*))?\]\Z")

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,198}[A-Za-z0-9])?\Z")
"""A name of a distribution, or of an extra, as the specification allows it."""

VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_*~-]{0,99}\Z")
"""A version of closed form: wider than PEP 440, so that what old tools wrote is kept."""

_RUN = re.compile(r"[-_.]+")


class Headers:
    """name, version: str or None when not there or of no valid form; requires, extras: lists as written.

    whole  whether the end of the headers was in the data
    utf8   whether they decode
    """

    def __init__(self):
        self.name = None
        self.version = None
        self.requires = []
        self.extras = []
        self.whole = True
        self.utf8 = True


# A few thousand requirements name a few hundred distributions.
@lru_cache(maxsize=4096)
def normalised(name):
    """A distribution's name as the key of an item (PEP 503)."""
    name = name.lower()
    return _RUN.sub("-", name) if "_" in name or "." in name or "--" in name else name


def parse(data):
    """The Headers at the start of `data`, which may end anywhere."""
    found = Headers()
    end = data.find(b"\n\n")
    if end < 0 or b"\r" in data[:end]:
        match = _END.search(data)
        end = match.start() if match else -1
    found.whole = end >= 0
    block = b"\n" + (data[:end] if end >= 0 else data)
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character cut by the end of the data is no fault of the file.
        found.utf8 = not found.whole and error.start > len(block) - 4
        text = block.decode("utf-8", "replace")
    pairs = _WANTED.findall(text)
    if "\nName:" not in text:
        pairs = re.findall(_WANTED.pattern, text, re.IGNORECASE | re.ASCII)
    for field, raw in pairs:
        value = raw.strip()
        letter = field[0]
        if letter in "Rr":
            found.requires.append(value)
        elif letter in "Pp":
            found.extras.append(value)
        elif letter in "Nn":
            found.name = found.name or (value if NAME.match(value) else None)
        else:
            found.version = found.version or (value if VERSION.match(value) else None)
    return found


def requires_txt(text):
    """The requirements in an egg's requires.txt, each with the marker that its section stands for."""
    condition = ""
    found = []
    for line in text.splitlines():
        line = line.strip()
        section = _SECTION.match(line)
        if section:
            extra, marker = section.groups()
            parts = ["(%s)" % marker] if marker else []
            if extra:
                parts.append('extra == "%s"' % extra.replace('"', ""))
            condition = " and ".join(parts)
        elif line and not line.startswith("#"):
            found.append(line + " ; " + condition if condition else line)
    return found


def stem(directory):
    """(name, version) that the name of a `.dist-info`, `.egg-info` or `.egg` tells; None for what it does not."""
    base, _, suffix = directory.rpartition(".")
    if suffix.lower() == "dist-info":
        name, _, version = base.rpartition("-")
        name, version = (name, version) if name else (base, "")
    else:
        name, _, rest = base.partition("-")
        version = rest.partition("-")[0]
    return (name if NAME.match(name) else None), (version if VERSION.match(version) else None)
