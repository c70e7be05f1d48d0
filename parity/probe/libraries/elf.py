"""What an ELF file asks of the dynamic linker, read from its program headers alone.

Section headers are not used: a stripped or packed file may have none, and the dynamic linker never
looks at them. Sources: System V ABI, chapters 4 and 5 (ELF header, program header, dynamic section), and
LSB Core, "Symbol Versioning" (verneed, verdef).

Floor: Python 3.8, standard library only.
"""

import struct

STRINGS = 128 << 10
"""Bytes of a string table that are read at once; where its names stand further apart they are read one by one."""

MOST_HEADERS = 256
MOST_ENTRIES = 4096
MOST_BYTES = 1 << 20
MOST_STRING = 4096

_PT_LOAD, _PT_DYNAMIC, _PT_INTERP = 1, 2, 3
_NEEDED, _STRTAB, _STRSZ, _SONAME, _RPATH, _RUNPATH = 1, 5, 10, 14, 15, 29
_VERDEF, _VERDEFNUM, _VERNEED, _VERNEEDNUM = 0x6FFFFFFC, 0x6FFFFFFD, 0x6FFFFFFE, 0x6FFFFFFF
_WEAK = 2
_OWN = ((_SONAME, "soname"), (_RPATH, "rpath"), (_RUNPATH, "runpath"))

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


class _Layout:
    """The structures of one word size and byte order."""

    def __init__(self, wide, little):
        order = "<" if little else ">"
        self._order = order + "%d" + ("Q" if wide else "I")
        self.word = struct.Struct(order + ("Q" if wide else "I"))
        # e_machine, e_phoff, e_phentsize, e_phnum
        self.file = struct.Struct(order + ("18xH12xQ14xHH" if wide else "18xH8xI10xHH"))
        # p_type, p_offset, p_vaddr, p_filesz
        self.segment = struct.Struct(order + ("I4xQQ8xQ16x" if wide else "III4xI12x"))
        self.needs = struct.Struct(order + "2xHIII")
        self.need = struct.Struct(order + "4xH2xII")
        self.definition = struct.Struct(order + "2xH8xII")
        self.name = struct.Struct(order + "I")

    def words(self, data):
        """The words that `data` consists of."""
        return struct.unpack(self._order % (len(data) // self.word.size), data)


_LAYOUTS: "dict[tuple[bool, bool], _Layout]" = {}


def _layout(wide, little):
    found = _LAYOUTS.get((wide, little))
    if found is None:
        found = _LAYOUTS[wide, little] = _Layout(wide, little)
    return found


class _Parser:
    def __init__(self, at):
        self.at = at
        head = at(0, 64)
        if head[:4] != b"\x7fELF" or len(head) < 52 or head[4] not in (1, 2) or head[5] not in (1, 2):
            raise NotElf("no ELF header")
        wide, little = head[4] == 2, head[5] == 1
        self.layout = _layout(wide, little)
        machine, table, size, count = self.layout.file.unpack_from(head)
        self.elf = Elf((64 if wide else 32, little, machine))
        if size != self.layout.segment.size or not 0 < count <= MOST_HEADERS:
            raise NotElf("no program headers")
        dynamic = self._segments(at(table, size * count))
        if dynamic is not None:
            self._dynamic(at(dynamic[0], min(dynamic[1], 16 * MOST_ENTRIES)))

    def _segments(self, headers):
        self.loads = []
        dynamic = None
        segment = self.layout.segment
        for kind, offset, address, length in segment.iter_unpack(
            headers[: len(headers) // segment.size * segment.size]
        ):
            if kind == _PT_LOAD:
                self.loads.append((address, address + length, offset - address))
            elif kind == _PT_DYNAMIC:
                dynamic = (offset, length)
            elif kind == _PT_INTERP:
                self.elf.interpreter = _text(self.at(offset, min(length, 4096)).partition(b"\0")[0])
        return dynamic

    def _dynamic(self, data):
        size = self.layout.word.size
        words = self.layout.words(data[: len(data) // (2 * size) * 2 * size])
        kinds, values = words[::2], words[1::2]
        if 0 in kinds:
            kinds = kinds[: kinds.index(0)]
        # No loop of its own over the entries: there are some thirty in each of the hundreds of files.
        tags = dict(zip(kinds, values))
        needed = [value for kind, value in zip(kinds, values) if kind == _NEEDED]
        if _STRTAB not in tags:
            return
        del needed[MOST_ENTRIES:]
        own = [(name, tags[tag]) for tag, name in _OWN if tag in tags]
        requires, defines = [], []
        if _VERNEED in tags:
            requires = self._versions(self._needs, tags[_VERNEED], tags.get(_VERNEEDNUM, 0))
        if _VERDEF in tags:
            defines = self._versions(self._definitions, tags[_VERDEF], tags.get(_VERDEFNUM, 0))
        wanted = needed + [offset for _, offset in own] + defines
        for file, versions in requires:
            wanted.append(file)
            wanted += versions
        text = self._strings(self._offset(tags[_STRTAB]), tags.get(_STRSZ, 0), wanted)
        elf = self.elf
        elf.needed = tuple([text[offset] for offset in needed])
        for name, offset in own:
            setattr(elf, name, text[offset])
        elf.requires = {text[file]: tuple([text[version] for version in versions]) for file, versions in requires}
        elf.defines = frozenset([text[offset] for offset in defines])

    def _offset(self, address):
        for start, end, shift in self.loads:
            if start <= address < end:
                return address + shift
        raise NotElf("an address outside every segment")

    def _strings(self, table, length, wanted):
        """{offset: string} of the wanted offsets in the string table, whose names mostly stand together."""
        found = {}
        if not wanted:
            return found
        first, end = min(wanted), max(wanted) + MOST_STRING
        if length <= STRINGS:
            end = min(end, length)
        if end - first > STRINGS:
            for offset in set(wanted):
                raw, zero, _ = self.at(table + offset, MOST_STRING).partition(b"\0")
                if not zero:
                    raise NotElf("a string without an end")
                found[offset] = _text(raw)
            return found
        window = self.at(table + first, max(0, end - first))
        find = window.find
        for offset in wanted:
            start = offset - first
            stop = find(b"\0", start, start + MOST_STRING)
            if stop < 0:
                raise NotElf("a string without an end")
            found[offset] = window[start:stop].decode("utf-8", "backslashreplace")
        return found

    def _versions(self, walk, address, count):
        offset = self._offset(address)
        count = min(count, MOST_ENTRIES)
        try:
            return walk(self.at(offset, 4 << 10), count)
        except struct.error:
            return walk(self.at(offset, MOST_BYTES), count)

    def _needs(self, data, count):
        """[(offset of a file's name, [offset of a version's name, ...]), ...]"""
        needs, need = self.layout.needs.unpack_from, self.layout.need.unpack_from
        requires = []
        place, left = 0, MOST_ENTRIES
        for _ in range(count):
            names, file, first, step = needs(data, place)
            versions, inner = [], place + first
            names = min(names, left)
            left -= names
            for _ in range(names):
                flags, name, onward = need(data, inner)
                if not flags & _WEAK:
                    versions.append(name)
                if not onward:
                    break
                inner += onward
            requires.append((file, versions))
            if not step:
                break
            place += step
        return requires

    def _definitions(self, data, count):
        """[offset of a version's name, ...]"""
        definition, name = self.layout.definition.unpack_from, self.layout.name.unpack_from
        found = []
        place = 0
        for _ in range(count):
            flags, first, step = definition(data, place)
            if not flags & 1:
                found.append(name(data, place + first)[0])
            if not step:
                break
            place += step
        return found


def _text(raw):
    return raw.decode("utf-8", "backslashreplace")
