"""What an ELF file asks of the dynamic linker, read from its program headers alone.

Section headers are not used: a stripped or packed file may have none, and the dynamic linker never
looks at them. Sources: System V ABI, chapters 4 and 5 (ELF header, program header, dynamic section), and
LSB Core, "Symbol Versioning" (verneed, verdef).

Floor: Python 3.8, standard library only.
"""

import struct

STRINGS = 128 << 10
"""A string table up to this size is read whole; of a larger one only the strings that are named."""

MOST_HEADERS = 256
MOST_ENTRIES = 4096
MOST_BYTES = 1 << 20
MOST_STRING = 4096

_PT_LOAD, _PT_DYNAMIC, _PT_INTERP = 1, 2, 3
_NEEDED, _STRTAB, _STRSZ, _SONAME, _RPATH, _RUNPATH = 1, 5, 10, 14, 15, 29
_VERDEF, _VERDEFNUM, _VERNEED, _VERNEEDNUM = 0x6FFFFFFC, 0x6FFFFFFD, 0x6FFFFFFE, 0x6FFFFFFF
_WEAK = 2

_MACHINES = {3: "i686", 8: "mips", 20: "ppc", 21: "ppc64", 22: "s390x", 40: "arm", 62: "x86_64", 183: "aarch64"}
_MACHINES.update({243: "riscv64", 258: "loongarch64"})


class NotElf(ValueError):
    """Not an ELF file, or one that the dynamic linker would not take either."""


class Elf:
    """One file, as the dynamic linker sees it.

    kind         (bits, little-endian or not, e_machine): only files of one kind load each other
    interpreter  path of the dynamic linker that an executable names, or None
    soname       str or None
    needed       (soname, ...) in the order of the file
    rpath        text of DT_RPATH or None; runpath, of DT_RUNPATH
    requires     {soname: (symbol version, ...)}, weak references left out
    defines      frozenset of the symbol versions it defines, its own base version left out
    """

    __slots__ = ("defines", "interpreter", "kind", "needed", "requires", "rpath", "runpath", "soname")

    def __init__(self, kind):
        self.kind = kind
        self.interpreter = self.soname = self.rpath = self.runpath = None
        self.needed = ()
        self.requires = {}
        self.defines = frozenset()

    @property
    def machine(self):
        """The architecture as `uname -m` calls it, or None where one number stands for several."""
        bits, little, number = self.kind
        if number == 21 and little:
            return "ppc64le"
        if number in (8, 40) or (number == 243 and bits == 32):
            return None
        return _MACHINES.get(number)


def read(view, path):
    """The Elf of a file of a view. Raises OSError or NotElf."""
    return view.reduced(path, parse)


def parse(at):
    """The Elf behind `at(offset, size) -> bytes`, which gives fewer bytes at the end. Raises NotElf."""
    try:
        return _Parser(at).elf
    except (struct.error, OverflowError):
        raise NotElf("cut off")


class _Parser:
    def __init__(self, at):
        self.at = at
        head = at(0, 64)
        if head[:4] != b"\x7fELF" or len(head) < 52 or head[4] not in (1, 2) or head[5] not in (1, 2):
            raise NotElf("no ELF header")
        wide, little = head[4] == 2, head[5] == 1
        self.order = "<" if little else ">"
        machine = struct.unpack_from(self.order + "H", head, 18)[0]
        self.elf = Elf((64 if wide else 32, little, machine))
        layout = ("Q", 32, 54) if wide else ("I", 28, 42)
        table = struct.unpack_from(self.order + layout[0], head, layout[1])[0]
        size, count = struct.unpack_from(self.order + "HH", head, layout[2])
        if size != (56 if wide else 32) or not 0 < count <= MOST_HEADERS:
            raise NotElf("no program headers")
        dynamic = self._segments(at(table, size * count), wide)
        if dynamic is not None:
            self._dynamic(self.at(dynamic[0], min(dynamic[1], 16 * MOST_ENTRIES)), wide)

    def _segments(self, headers, wide):
        self.loads = []
        dynamic = None
        fields = "IIQQQQQQ" if wide else "IIIIIIII"
        size = 56 if wide else 32
        for entry in struct.iter_unpack(self.order + fields, headers[: len(headers) // size * size]):
            if entry[0] == _PT_LOAD:
                offset, address = (entry[2], entry[3]) if wide else (entry[1], entry[2])
                length = entry[5] if wide else entry[4]
                self.loads.append((address, address + length, offset - address))
            elif entry[0] == _PT_DYNAMIC:
                dynamic = (entry[2], entry[5]) if wide else (entry[1], entry[4])
            elif entry[0] == _PT_INTERP:
                offset, length = (entry[2], entry[5]) if wide else (entry[1], entry[4])
                self.elf.interpreter = _text(self.at(offset, min(length, 4096)).partition(b"\0")[0])
        return dynamic

    def _dynamic(self, data, wide):
        size = 16 if wide else 8
        needed, tags = [], {}
        for tag, value in struct.iter_unpack(self.order + ("QQ" if wide else "II"), data[: len(data) // size * size]):
            if tag == _NEEDED:
                needed.append(value)
            elif tag == 0:
                break
            else:
                tags[tag] = value
        if _STRTAB not in tags:
            return
        self.strings = self._offset(tags[_STRTAB])
        length = tags.get(_STRSZ, 0)
        self.table = self.at(self.strings, length) if length <= STRINGS else None
        elf = self.elf
        elf.needed = tuple([self._string(offset) for offset in needed[:MOST_ENTRIES]])
        if _SONAME in tags:
            elf.soname = self._string(tags[_SONAME])
        if _RPATH in tags:
            elf.rpath = self._string(tags[_RPATH])
        if _RUNPATH in tags:
            elf.runpath = self._string(tags[_RUNPATH])
        if _VERNEED in tags:
            self._versions(self._needs, tags[_VERNEED], tags.get(_VERNEEDNUM, 0))
        if _VERDEF in tags:
            self._versions(self._definitions, tags[_VERDEF], tags.get(_VERDEFNUM, 0))

    def _offset(self, address):
        for start, end, shift in self.loads:
            if start <= address < end:
                return address + shift
        raise NotElf("an address outside every segment")

    def _string(self, offset):
        if self.table is not None:
            end = self.table.find(b"\0", offset, offset + MOST_STRING)
            if end < 0:
                raise NotElf("a string without an end")
            return _text(self.table[offset:end])
        text, end, _ = self.at(self.strings + offset, MOST_STRING).partition(b"\0")
        if not end:
            raise NotElf("a string without an end")
        return _text(text)

    def _versions(self, walk, address, count):
        offset = self._offset(address)
        count = min(count, MOST_ENTRIES)
        try:
            walk(self.at(offset, 4 << 10), count)
        except struct.error:
            walk(self.at(offset, MOST_BYTES), count)

    def _needs(self, data, count):
        entry, auxiliary = struct.Struct(self.order + "HHIII"), struct.Struct(self.order + "IHHII")
        requires = {}
        place, left = 0, MOST_ENTRIES
        for _ in range(count):
            _, names, file, first, step = entry.unpack_from(data, place)
            versions, inner = [], place + first
            names = min(names, left)
            left -= names
            for _ in range(names):
                _, flags, _, name, onward = auxiliary.unpack_from(data, inner)
                if not flags & _WEAK:
                    versions.append(self._string(name))
                if not onward:
                    break
                inner += onward
            requires[self._string(file)] = tuple(versions)
            if not step:
                break
            place += step
        self.elf.requires = requires

    def _definitions(self, data, count):
        entry, auxiliary = struct.Struct(self.order + "HHHHIII"), struct.Struct(self.order + "I")
        found = set()
        place = 0
        for _ in range(count):
            _, flags, _, _, _, first, step = entry.unpack_from(data, place)
            if not flags & 1:
                found.add(self._string(auxiliary.unpack_from(data, place + first)[0]))
            if not step:
                break
            place += step
        self.elf.defines = frozenset(found)


def _text(raw):
    return raw.decode("utf-8", "backslashreplace")
