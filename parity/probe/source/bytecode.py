"""Whether compiled bytecode beside a source would be loaded in its place, and whether it can be of that source.

Python takes the bytecode of `__pycache__` where the time and the size of the source that stand in its header are those
of the source: a build that gives all files one time makes an outdated one look right. Nothing is unmarshalled: the
names that a source defines stand in what was compiled from it as plain bytes. Format: PEP 552 and
Lib/importlib/_bootstrap_external.py (_classify_pyc, _validate_timestamp_pyc).

Floor: Python 3.8, standard library only.
"""

import re
import struct

LARGEST = 4 << 20
HEADER = 16

_NAME = re.compile(r"(?P<module>.+)\.(?P<tag>(?:cpython|pypy)-?[0-9]+[a-z]*)(?P<level>\.opt-[12])?\.pyc\Z")
_DEFINED = re.compile(rb"^(?:async[ \t]+def|def|class)[ \t]+([A-Za-z_][A-Za-z0-9_]*)", re.MULTILINE)
_QUOTES = re.compile(rb"\\.|\"\"\"|'{3}", re.DOTALL)
_THREE = (b'"' * 3, b"'" * 3)
_MOST_DEFINED = 2000
_LONGEST = 60
# TYPE_SHORT_ASCII and its interned form, with and without FLAG_REF, then a length of one byte (Python/marshal.c).
_TEXT = re.compile(
    b"[zZ\xda\xfa](?:"
    + b"|".join(re.escape(bytes([size])) + b"[\x20-\x7e]{%d}" % size for size in range(3, _LONGEST + 1))
    + b")"
)
_BY_TIME, _UNCHECKED = 0, 1


def named(name):
    """(module, cache tag, whether optimised) of a file in `__pycache__`; None where it is called otherwise."""
    match = _NAME.match(name)
    return (match.group("module"), match.group("tag"), bool(match.group("level"))) if match else None


def state(data, source, modified, size):
    """What import makes of the bytecode `data` of a source with that time (seconds, None where it is not known) and
    size: None where it would compile the source anew, or cannot be told to load this.

    "outdated"  it would be loaded, and lacks a name that the source defines
    "unchecked" it would be loaded whatever the source says
    "loaded"    it would be loaded, by time and size
    """
    if len(data) < HEADER:
        return None
    flags, stamp, recorded = struct.unpack("<III", data[4:HEADER])
    if flags == _BY_TIME:
        if modified is None or stamp != int(modified) & 0xFFFFFFFF or recorded != size & 0xFFFFFFFF:
            return None
    elif flags != _UNCHECKED:
        return None
    body = data[HEADER:]
    if lacks(body, source):
        return "outdated"
    return "unchecked" if flags == _UNCHECKED else "loaded"


def lacks(body, source):
    """Whether a function or class at the left margin of a source, not in quoted text, is in no text of bytecode."""
    defined = set(_DEFINED.findall(source))
    # Each is looked for through all of it: more than any file defines are not.
    if len(defined) > _MOST_DEFINED or all(name in body for name in defined):
        return False
    return any(name not in body for name in set(_DEFINED.findall(_unquoted(source))))


def _unquoted(source):
    """A source without its texts in three quotes, in one pass."""
    parts, place, quote = [], 0, None
    for match in _QUOTES.finditer(source):
        if quote is None and match.group() in _THREE:
            parts.append(source[place : match.start()])
            quote = match.group()
        elif match.group() == quote:
            place, quote = match.end(), None
    return b"".join([*parts, b"" if quote else source[place:]])


def texts(data):
    """The short texts that bytecode holds, sorted and joined: names, constants, but for paths.

    The order and the flags of what is marshalled follow how often each object was referred to, which no two runs
    agree on; the texts do not.
    """
    found = {text[2:] for text in _TEXT.findall(data, HEADER) if not text.endswith(b".py")}
    return b"\0".join(sorted(found))
