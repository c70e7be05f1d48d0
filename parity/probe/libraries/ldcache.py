"""Where `/etc/ld.so.cache` says that a shared library is.

Source: glibc, sysdeps/generic/dl-cache.h. Two formats, each alone or the new one inside the old: entries of the old
one are (flags, key, value), of the new one (flags, key, value, osversion, hwcap), key and value being
offsets of NUL-ended strings.

Floor: Python 3.8, standard library only.
"""

import struct

PATH = "/etc/ld.so.cache"
LIMIT = 16 << 20

_OLD = b"ld.so-1.7.0\0"
_NEW = b"glibc-ld.so.cache1.1"
_NEW_HEADER = 48
_ENDIAN = 28
"""Place of the byte order in the new header: 0 unset, 2 little, 3 big."""


def parse(data):
    """{soname: [path, ...]}, plain entries before those for particular processors. Raises ValueError.

    Entries of every architecture are there: who asks checks the file that it finds.
    """
    try:
        if data.startswith(_OLD):
            count = _count(data, 12)
            end = 16 + 12 * count
            # The new part is aligned as the ABI aligns a 64-bit field: by 8, on i386 by 4.
            for start in ((end + 7) & ~7, end):
                if data.startswith(_NEW, start):
                    return _new(data, start)
            return _entries(data, 16, count, end, False, _order(data, 12))
        if data.startswith(_NEW):
            return _new(data, 0)
    except struct.error:
        raise ValueError("cut off")
    raise ValueError("not an ld.so.cache")


def _new(data, start):
    mark = data[start + _ENDIAN] & 3 if len(data) > start + _ENDIAN else 0
    order = {2: "<", 3: ">"}.get(mark) or _order(data, start + 20)
    count = struct.unpack_from(order + "I", data, start + 20)[0]
    return _entries(data, start + _NEW_HEADER, count, start, True, order)


def _order(data, place):
    # Where the file does not tell, the order in which its count fits into its size.
    count = struct.unpack_from("<I", data, place)[0]
    return "<" if 12 * count <= len(data) else ">"


def _count(data, place):
    return struct.unpack_from(_order(data, place) + "I", data, place)[0]


def _entries(data, start, count, strings, new, order):
    size = 24 if new else 12
    if start + size * count > len(data):
        raise ValueError("cut off")
    plain, special = {}, {}
    for entry in struct.iter_unpack(order + ("IIIIQ" if new else "III"), data[start : start + size * count]):
        found = special if new and entry[4] else plain
        name, path = _string(data, strings + entry[1]), _string(data, strings + entry[2])
        if name and path:
            found.setdefault(name, []).append(path)
    for name, paths in special.items():
        plain.setdefault(name, []).extend(paths)
    return plain


def _string(data, place):
    end = data.find(b"\0", place)
    return data[place:end].decode("utf-8", "backslashreplace") if end > place else ""
