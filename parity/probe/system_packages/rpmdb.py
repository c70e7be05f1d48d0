"""The header blobs in an rpm database: SQLite (rpm 4.16 on), ndb (SUSE), Berkeley DB (until then).

Each of `sqlite`, `ndb` and `berkeley` yields, for every blob, a function `prefix(size) -> bytes` of its first bytes,
since most of a blob is file lists. Files are read in windows, by page, so that a database of 200 MB costs no memory,
and SQLite's needs no `_sqlite3` in the target.

Floor: Python 3.8, standard library only.
"""

import struct

WINDOW = 256 << 10
MOST_PAGES = 1 << 20
MOST_BLOBS = 100000


class Damaged(ValueError):
    """A database that breaks its own format."""


class _File:
    """Any bytes of a file, read in aligned windows of which the last few are kept."""

    def __init__(self, view, path):
        self.view = view
        self.path = path
        self.windows = {}

    def at(self, offset, size):
        number, inside = divmod(offset, WINDOW)
        data = self._window(number)[inside : inside + size]
        while len(data) < size and self._full(number):
            number += 1
            data += self._window(number)[: size - len(data)]
        if len(data) < size:
            raise Damaged("cut off")
        return data

    def _full(self, number):
        return len(self._window(number)) == WINDOW

    def _window(self, number):
        if number not in self.windows:
            if len(self.windows) >= 8:
                del self.windows[next(iter(self.windows))]
            if number:
                data = self.view.read(self.path, WINDOW, follow=True, start=number * WINDOW)
            else:
                data = self.view.head(self.path, WINDOW)
            self.windows[number] = data
        return self.windows[number]


def _joined(pieces):
    """`prefix(size)` over an iterator of pieces of bytes, each fetched when it is first needed."""
    pieces = iter(pieces)
    held = bytearray()

    def prefix(size):
        while len(held) < size:
            piece = next(pieces, None)
            if piece is None:
                break
            held.extend(piece)
        return bytes(held[:size])

    return prefix


def sqlite(view, path):
    """Blobs of the table `Packages`(hnum INTEGER PRIMARY KEY, blob BLOB).

    Source: sqlite.org, "Database File Format": pages, table b-trees, records, overflow chains.
    """
    file = _File(view, path)
    header = file.at(0, 100)
    if not header.startswith(b"SQLite format 3\0"):
        raise Damaged("no SQLite header")
    size = struct.unpack_from(">H", header, 16)[0]
    tree = _Tree(file, 65536 if size == 1 else size, header[20])
    for payload in tree.rows(1):
        kind, name, _, root = _record(payload, 4)
        if kind == b"table" and name == b"Packages":
            for row in tree.rows(root):
                yield _blob(row)
            return
    raise Damaged("no table of packages")


class _Tree:
    def __init__(self, file, size, reserved):
        if size < 512 or size & (size - 1) or reserved > size - 480:
            raise Damaged("page size")
        self.file = file
        self.size = size
        self.usable = size - reserved

    def page(self, number):
        if not 0 < number < 1 << 31:
            raise Damaged("page number")
        return self.file.at((number - 1) * self.size, self.size)

    def rows(self, root):
        """The payload of every row, as a `prefix` function, in the order of its key."""
        waiting, seen = [root], set()
        while waiting:
            number = waiting.pop()
            if number in seen or len(seen) > MOST_PAGES:
                raise Damaged("a tree that grows into itself")
            seen.add(number)
            page = self.page(number)
            start = 100 if number == 1 else 0
            kind, _, cells = struct.unpack_from(">BHH", page, start)
            if kind == 5:
                right = struct.unpack_from(">I", page, start + 8)[0]
                pointers = struct.unpack_from(">%dH" % cells, page, start + 12)
                waiting.append(right)
                waiting.extend(struct.unpack_from(">I", page, place)[0] for place in reversed(pointers))
            elif kind == 13:
                for place in struct.unpack_from(">%dH" % cells, page, start + 8):
                    yield self._payload(page, place)
            else:
                raise Damaged("kind of page")

    def _payload(self, page, place):
        length, place = _varint(page, place)
        _, place = _varint(page, place)
        most = self.usable - 35
        local = length
        if length > most:
            least = (self.usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (self.usable - 4)
            local = local if local <= most else least
        first = page[place : place + local]
        if local == length:
            return _joined([first])
        return _joined(self._chain(first, length, struct.unpack_from(">I", page, place + local)[0]))

    def _chain(self, first, length, number):
        yield first
        left = length - len(first)
        while left > 0:
            page = self.page(number)
            number = struct.unpack_from(">I", page)[0]
            yield page[4 : 4 + min(left, self.usable - 4)]
            left -= self.usable - 4


def _record(prefix, most):
    """The first `most` columns of a small record: int, bytes or None each."""
    data = prefix(4096)
    place, ends = _varint(data, 0)[::-1]
    kinds = []
    while place < ends and len(kinds) < most:
        kind, place = _varint(data, place)
        kinds.append(kind)
    values, place = [], ends
    for kind in kinds:
        length = _length(kind)
        piece = data[place : place + length]
        place += length
        values.append(piece if kind >= 12 else kind - 8 if kind in (8, 9) else int.from_bytes(piece, "big"))
    return values + [None] * (most - len(values))


def _length(kind):
    return (kind - 12) // 2 if kind >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[kind]


def _blob(prefix):
    """`prefix` of the second column of a row: a record's head, a key that is no part of it, then the blob."""
    data = prefix(32)
    ends, place = _varint(data, 0)
    first, place = _varint(data, place)
    start = ends + _length(first)
    return lambda size: prefix(start + size)[start:]


def _varint(data, place):
    value = 0
    for number in range(9):
        if place >= len(data):
            raise Damaged("a number that is cut off")
        byte = data[place]
        place += 1
        if number == 8:
            return value << 8 | byte, place
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
    raise Damaged("a number without an end")


def ndb(view, path):
    """Blobs of rpm's own format.

    Source: rpm, lib/backend/ndb/rpmpkg.c: a header, slots of (magic, key, offset, count in blocks of 16 bytes),
    and at each offset (magic, key, generation, length) before the blob; all little-endian.
    """
    file = _File(view, path)
    magic, version, _, pages = struct.unpack("<4sIII", file.at(0, 16))
    if magic != b"RpmP" or version != 0 or not 0 < pages <= MOST_PAGES:
        raise Damaged("no ndb header")
    # The first two slots of the first page are the header's own.
    for place in range(32, min(pages * 4096, MOST_BLOBS * 16), 16):
        magic, key, block, _ = struct.unpack("<4sIII", file.at(place, 16))
        if magic != b"Slot":
            raise Damaged("no slot")
        if key and block:
            start = block * 16
            magic, owner, _, length = struct.unpack("<4sIII", file.at(start, 16))
            if magic != b"BlbS" or owner != key:
                raise Damaged("no blob")
            yield _slice(file, start + 16, length)


def _slice(file, start, length):
    return lambda size: file.at(start, min(size, length))


def berkeley(view, path):
    """Blobs of a Berkeley DB hash, of either byte order.

    Source: Berkeley DB, dbinc/db_page.h: the metadata page, hash pages whose entries are keys and values by
    turns, and chains of overflow pages that hold what is large.
    """
    file = _File(view, path)
    head = file.at(0, 72)
    for order in "<>":
        if struct.unpack_from(order + "I", head, 12)[0] == 0x061561:
            break
    else:
        raise Damaged("no Berkeley DB hash")
    size, encrypted = struct.unpack_from(order + "IB", head, 20)
    last = struct.unpack_from(order + "I", head, 32)[0]
    if size < 512 or size & (size - 1) or encrypted or last > MOST_PAGES:
        raise Damaged("page size, encryption or number of pages")
    pages = _Berkeley(file, order, size)
    for number in range(1, last + 1):
        yield from pages.values(number)


class _Berkeley:
    HEAD = 26

    def __init__(self, file, order, size):
        self.file = file
        self.order = order
        self.size = size

    def values(self, number):
        page = self.file.at(number * self.size, self.size)
        entries = struct.unpack_from(self.order + "H", page, 20)[0]
        if page[25] not in (2, 13) or entries % 2:
            return
        index = struct.unpack_from("%s%dH" % (self.order, entries), page, self.HEAD)
        for key, place in zip(index[::2], index[1::2]):
            kind = page[place] if place < len(page) else 0
            if kind == 3:
                first, length = struct.unpack_from(self.order + "II", page, place + 4)
                yield _joined(self._chain(first, length))
            elif kind == 1 and key - place > 16:
                # Entries grow downwards, so the value ends where its key begins; a short one is rpm's own counter.
                yield _joined([page[place + 1 : key]])

    def _chain(self, number, length):
        left = length
        while left > 0 and number:
            page = self.file.at(number * self.size, self.size)
            number, held = (
                struct.unpack_from(self.order + "I", page, 16)[0],
                struct.unpack_from(self.order + "H", page, 22)[0],
            )
            if page[25] != 7 or not held:
                raise Damaged("no overflow page")
            yield page[self.HEAD : self.HEAD + min(held, left)]
            left -= held
