"""The members of a tar, header by header, with nothing of their content read.

Formats: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual, "Basic Tar Format"
(long names, sparse files, numbers in base 256). Where writers differ it reads as Go's archive/tar, which
engines use: links, directories and devices have no content whatever their size says.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator

from parity.archive.stream import CutOff, Malformed, Source

BLOCK = 512
MOST_EXTENDED = 1 << 20
"""Bytes of a header that extends another: a long name, attributes."""


_END = bytes(BLOCK)
_USTAR = b"ustar\x0000"
_GNU = b"ustar  \0"
_KINDS = {
    **dict.fromkeys(b"\x0007S", stat.S_IFREG),
    ord("2"): stat.S_IFLNK,
    ord("3"): stat.S_IFCHR,
    ord("4"): stat.S_IFBLK,
    ord("5"): stat.S_IFDIR,
    ord("6"): stat.S_IFIFO,
}
_LINK, _SPARSE = ord("1"), ord("S")
_LONG_NAME, _LONG_LINK, _GLOBAL = b"LKg"
_EXTENDING = b"LKxXg"
_RECORD = re.compile(rb"([0-9]{1,7}) ")


class Member:
    """One member.

    name    as written, without a slash at its end
    kind    S_IFREG, S_IFDIR, S_IFLNK, S_IFCHR, S_IFBLK or S_IFIFO; 0 for a hard link, and for what is nothing
            that a file system holds (-1)
    owner   (mode, uid, gid); equal ones are one object
    target  what a link names
    size    bytes of content that follow
    plain   whether the content is the file's own bytes, and no map of a sparse one
    """

    __slots__ = ("kind", "name", "owner", "plain", "size", "target")

    def __init__(self, name: str, kind: int, owner: tuple[int, int, int], size: int, target: str, plain: bool) -> None:
        self.name = name
        self.kind = kind
        self.owner = owner
        self.size = size
        self.target = target
        self.plain = plain


HARD_LINK, NOTHING = 0, -1


def members(source: Source, size: int | None = None, first: bytes = b"", marked: bool = True) -> Iterator[Member]:
    """The members of the tar that begins at the source's position, which may be read from at each of them.

    `size` is the tar's own, where it is known, and `first` its first block, where that has been read already. An
    end without the block that marks it is one where `size` tells, or where nothing follows and `marked` is False.
    Raises Malformed, CutOff.
    """
    end = None if size is None else source.position - len(first) + size
    owners: dict[bytes, tuple[int, int, int]] = {}
    extended = _Extended()
    while True:
        if not first and (source.position >= end if end is not None else not marked and source.done()):
            return
        block = first if len(first) == BLOCK else first + source.read(BLOCK - len(first))
        first = b""
        if block == _END:
            return
        _verify(block)
        letter = block[156]
        length = _size(block)
        if letter in _EXTENDING:
            extended.add(letter, source, _within(length, source, end))
            continue
        if extended.size is not None:
            length = extended.size
        kind = HARD_LINK if letter == _LINK else _KINDS.get(letter, NOTHING)
        name = extended.name if extended.name is not None else _name(block)
        if letter == _SPARSE:
            _skip_map(block, source)
        target = ""
        if kind in (stat.S_IFLNK, HARD_LINK):
            target = extended.link if extended.link is not None else _text(block[157:257])
        if kind not in (stat.S_IFREG, NOTHING):
            length = 0
        elif kind == stat.S_IFREG and name.endswith("/"):
            # A directory as it was written of old; whatever follows is still passed over.
            kind = stat.S_IFDIR
        key = block[100:124]
        owner = owners.get(key)
        if owner is None:
            # A hostile tar may have as many owners as members.
            owner = owners.setdefault(key, _owner(key)) if len(owners) < BLOCK else _owner(key)
        content = source.position
        _within(length, source, end)
        plain = letter != _SPARSE and not extended.sparse
        extended = _Extended() if extended.used else extended
        yield Member(name.rstrip("/"), kind, owner, length, target, plain)
        source.skip(content + length + -length % BLOCK - source.position)


class _Extended:
    """What headers before a member's own say of it, in the place of what its own has no room for."""

    def __init__(self) -> None:
        self.name: str | None = None
        self.link: str | None = None
        self.size: int | None = None
        self.sparse = False
        self.used = False

    def add(self, letter: int, source: Source, length: int) -> None:
        if length > MOST_EXTENDED:
            raise Malformed("a name or an attribute in it is larger than any")
        data = source.read(length)
        source.skip(-length % BLOCK)
        if letter == _GLOBAL:
            return
        self.used = True
        if letter == _LONG_NAME:
            self.name = _text(data)
        elif letter == _LONG_LINK:
            self.link = _text(data)
        else:
            for keyword, value in _records(data):
                self._set(keyword, value)

    def _set(self, keyword: bytes, value: bytes) -> None:
        if keyword == b"path":
            # The name of a sparse file stands in a keyword of its own, whichever comes first.
            self.name = self.name if self.sparse and self.name is not None else _text(value)
        elif keyword == b"GNU.sparse.name":
            self.name = _text(value)
        elif keyword == b"linkpath":
            self.link = _text(value)
        elif keyword == b"size":
            if not value.isdigit() or len(value) > 19:
                raise Malformed("a size in it is no number")
            self.size = int(value)
        if keyword.startswith(b"GNU.sparse."):
            self.sparse = True


def _records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(keyword, value) of a pax header: "LENGTH KEYWORD=VALUE\\n", the length being that of the whole record."""
    place = 0
    while place < len(data):
        match = _RECORD.match(data, place)
        if match is None:
            raise Malformed("an attribute in it has no length")
        end = place + int(match[1])
        keyword, equals, value = data[match.end() : end - 1].partition(b"=")
        if end > len(data) or end <= match.end() or not equals or data[end - 1] != 0x0A:
            raise Malformed("an attribute in it has a wrong length")
        yield keyword, value
        place = end


def is_header(block: bytes) -> bool:
    """Whether a tar may begin with this block: with a header, or the end of an empty one."""
    if len(block) != BLOCK:
        return False
    try:
        _verify(block)
    except Malformed:
        return block == _END
    return True


def _verify(block: bytes) -> None:
    # The magic tells in no time what adding up 512 bytes tells in long; a header of old has none.
    if block[257:265] in (_USTAR, _GNU):
        return
    digits = block[148:156].strip(b" \0")
    total = sum(block) - sum(block[148:156]) + 8 * 32
    if digits.strip(b"01234567") or int(digits or b"0", 8) != total:
        raise Malformed("it holds something that is no header of a tar")


def _within(length: int, source: Source, end: int | None) -> int:
    if end is not None and source.position + length > end:
        raise CutOff("it is cut off, or claims more than it has")
    return length


def _size(block: bytes) -> int:
    digits = block[124:135]
    # What nearly every header has: eleven octal digits and a NUL.
    if digits.isdigit() and not block[135]:
        try:
            return int(digits, 8)
        except ValueError:
            pass
    return _number(block[124:136])


def _number(field: bytes) -> int:
    """Octal digits between spaces and NULs, or base 256 where the first bit is set."""
    if field[0] & 0x80:
        number = int.from_bytes(field, "big", signed=False) & ((1 << (8 * len(field) - 1)) - 1)
        if field[0] & 0x40 or number >= 1 << 63:
            raise Malformed("a number in it is negative, or larger than any")
        return number
    digits = field.strip(b" \0")
    if not digits:
        return 0
    if digits.strip(b"01234567"):
        raise Malformed("a number in it is no number")
    return int(digits, 8)


def _owner(fields: bytes) -> tuple[int, int, int]:
    mode, uid, gid = (_number(fields[start : start + 8]) for start in (0, 8, 16))
    return mode & 0o7777, uid, gid


def _name(block: bytes) -> str:
    name = block[:100].partition(b"\0")[0]
    if block[345] and block[257:265] == _USTAR:
        name = block[345:500].partition(b"\0")[0] + b"/" + name
    return name.decode("utf-8", "surrogateescape")


def _text(data: bytes) -> str:
    return data.partition(b"\0")[0].decode("utf-8", "surrogateescape")


def _skip_map(block: bytes, source: Source) -> None:
    """The rest of the map of a sparse file, in blocks of its own before the content."""
    more = block[482]
    while more:
        more = source.read(BLOCK)[504]
