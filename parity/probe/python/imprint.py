"""What the bytes of a program or library say of itself: versions, and the modules that are built into a Python.

Nothing is run, and no symbol table is needed: the texts stand in every build, because the program prints them or
looks itself up by them. Sources: CPython, Python/getversion.c and Modules/config.c (PyInit_NAME, exported so that
extension modules can be linked in); OpenSSL, opensslv.h (OPENSSL_VERSION_TEXT); SQLite, sqlite3_version;
zlib, deflate_copyright and inflate_copyright.

Floor: Python 3.8, standard library only.
"""

import re

WINDOW = 1 << 20
MOST_BYTES = 256 << 20
"""Bytes of one file that are looked through."""

MOST_FOUND = 1000
_OVERLAP = 256
"""Bytes that are looked at again with what follows; no text of ours is longer."""

_GOES_ON = frozenset([b".", b"-", *[b"%d" % digit for digit in range(10)]])
"""What stands before a version only where it is the rest of a longer text."""

# Each begins with a literal, which is what makes the search run at memory speed.
_VERSION = rb"3\.[0-9]{1,2}\.[0-9]{1,2}(?:\.[0-9]{1,2})?(?:(?:a|b|rc)[0-9]{1,2})?\+?\0"
_MODULE = rb"PyInit_([A-Za-z0-9_]{1,60})\0"
_OPENSSL = (
    rb"OpenSSL ([0-9]+\.[0-9]+\.[0-9]+[a-z]{0,2}(?:-[0-9a-z]{1,16})?)"
    rb"(?: +FIPS)?(?: +[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}| \(compatible;)"
)
_LIBRESSL = rb"(LibreSSL [0-9]+\.[0-9]+\.[0-9]+)\0"
_ZLIB = rb"flate ([0-9][0-9a-z.-]{2,30}) Copyright"
_ZLIB_NG = b".zlib-ng\0"


class Imprint:
    """What was found, each a set of str.

    versions  texts that stand alone and could be a version of Python, or of SQLite: "3.11.2", "3.13.0rc1", "3.40.1"
    openssl   "3.0.15", "LibreSSL 3.8.2"
    zlib      "1.2.13", "1.3.1.zlib-ng"
    modules   names of the modules that it defines: "zlib", "_ssl"
    """

    FIELDS = ("versions", "openssl", "zlib", "modules")

    def __init__(self):
        self.versions, self.openssl, self.zlib, self.modules = set(), set(), set(), set()

    def join(self, other):
        """Add what another file says: a Python may be a program and a library."""
        for name in self.FIELDS:
            getattr(self, name).update(getattr(other, name))


def read(at):
    """The Imprint of the file behind `at(offset, size) -> bytes`, which gives fewer bytes at the end."""
    found = Imprint()
    place, tail = 0, b""
    while place < MOST_BYTES:
        window = at(place, WINDOW)
        block = tail + window
        _search(found, block, whole=not tail)
        if len(window) < WINDOW:
            break
        place += len(window)
        tail = block[-_OVERLAP:]
    return found


def _search(found, block, whole):
    for match in re.finditer(_VERSION, block):
        start = match.start()
        # What the start of a block cuts was seen whole at the end of the one before.
        if whole if start == 0 else block[start - 1 : start] not in _GOES_ON:
            _add(found.versions, match.group()[:-1].rstrip(b"+"))
    for pattern, texts in (
        (_MODULE, found.modules),
        (_OPENSSL, found.openssl),
        (_LIBRESSL, found.openssl),
        (_ZLIB, found.zlib),
    ):
        for text in re.findall(pattern, block):
            _add(texts, text)
    place = block.find(_ZLIB_NG)
    number = re.search(rb"[0-9.]{3,16}\Z", block[max(0, place - 16) : place]) if place > 0 else None
    if number:
        # It calls itself so; its copyright names the zlib that it stands in for.
        found.zlib = {number.group().decode("ascii") + ".zlib-ng"}


def _add(found, text):
    if len(found) < MOST_FOUND:
        found.add(text.decode("ascii"))
