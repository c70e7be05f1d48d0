"""Writes ELF files of any word size and byte order, as small as the dynamic linker's view of them allows."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise

X86_64 = (64, True, 62)
SHIFT = 0x10000
"""The difference between an address and its place in the file, so that a reader must translate."""


class _Strings:
    def __init__(self) -> None:
        self.data = b"\0"

    def add(self, text: str) -> int:
        place = len(self.data)
        self.data += text.encode() + b"\0"
        return place


def write(
    kind: tuple[int, bool, int] = X86_64,
    *,
    needed: Sequence[str] = (),
    soname: str | None = None,
    rpath: str | None = None,
    runpath: str | None = None,
    interpreter: str | None = None,
    requires: Mapping[str, Sequence[str]] = {},
    weak: Mapping[str, Sequence[str]] = {},
    defines: Sequence[str] = (),
    padding: int = 0,
) -> bytes:
    """A shared object. `weak` are symbol versions that it would like and does not need; `padding` puts that
    many bytes before every table."""
    bits, little, machine = kind
    order = "<" if little else ">"
    strings = _Strings()
    tags = [(1, strings.add(name)) for name in needed]
    for tag, text in ((14, soname), (15, rpath), (29, runpath)):
        if text is not None:
            tags.append((tag, strings.add(text)))
    needs = _needs(order, strings, requires, weak)
    definitions = _definitions(order, strings, [soname or "", *defines]) if defines else b""
    head, entry, word = (64, 56, 16) if bits == 64 else (52, 32, 8)
    place = head + 3 * entry + padding
    tables = {}
    body = b""
    for name, data in (
        ("interpreter", (interpreter or "").encode() + b"\0"),
        ("strings", strings.data),
        ("needs", needs),
        ("definitions", definitions),
    ):
        tables[name] = place + len(body)
        body += data + b"\0" * (-len(data) % 8)
    tags += [(5, tables["strings"] + SHIFT), (10, len(strings.data))]
    if needs:
        tags += [(0x6FFFFFFE, tables["needs"] + SHIFT), (0x6FFFFFFF, len({*requires, *weak}))]
    if defines:
        tags += [(0x6FFFFFFC, tables["definitions"] + SHIFT), (0x6FFFFFFD, len(defines) + 1)]
    dynamic = b"".join(struct.pack(order + ("QQ" if bits == 64 else "II"), *tag) for tag in [*tags, (0, 0)])
    assert len(dynamic) % word == 0
    start = place + len(body)
    whole = start + len(dynamic)
    segments = [(1, 0, SHIFT, whole), (2, start, start + SHIFT, len(dynamic))]
    if interpreter:
        segments.append((3, tables["interpreter"], tables["interpreter"] + SHIFT, len(interpreter) + 1))
    headers = b"".join(_segment(order, bits, *segment) for segment in segments)
    headers = headers.ljust(3 * entry + padding, b"\0")
    return _header(order, bits, machine, len(segments)) + headers + body + dynamic


def _header(order: str, bits: int, machine: int, segments: int) -> bytes:
    ident = b"\x7fELF" + bytes([2 if bits == 64 else 1, 1 if order == "<" else 2, 1]) + b"\0" * 9
    if bits == 64:
        return ident + struct.pack(order + "HHIQQQIHHHHHH", 3, machine, 1, 0, 64, 0, 0, 64, 56, segments, 0, 0, 0)
    return ident + struct.pack(order + "HHIIIIIHHHHHH", 3, machine, 1, 0, 52, 0, 0, 52, 32, segments, 0, 0, 0)


def _segment(order: str, bits: int, kind: int, offset: int, address: int, size: int) -> bytes:
    if bits == 64:
        return struct.pack(order + "IIQQQQQQ", kind, 4, offset, address, address, size, size, 8)
    return struct.pack(order + "IIIIIIII", kind, offset, address, address, size, size, 4, 8)


def _needs(
    order: str, strings: _Strings, requires: Mapping[str, Sequence[str]], weak: Mapping[str, Sequence[str]]
) -> bytes:
    blocks = []
    for file in {**requires, **weak}:
        versions = [(name, 0) for name in requires.get(file, ())] + [(name, 2) for name in weak.get(file, ())]
        inner = b"".join(
            struct.pack(order + "IHHII", 0, flags, 2, strings.add(name), 16 if number < len(versions) else 0)
            for number, (name, flags) in enumerate(versions, 1)
        )
        blocks.append((struct.pack(order + "HHII", 1, len(versions), strings.add(file), 16), inner))
    return _chain(order, blocks)


def _definitions(order: str, strings: _Strings, names: Sequence[str]) -> bytes:
    blocks = []
    for number, name in enumerate(names, 1):
        head = struct.pack(order + "HHHHII", 1, 1 if number == 1 else 0, number, 1, 0, 20)
        blocks.append((head, struct.pack(order + "II", strings.add(name), 0)))
    return _chain(order, blocks)


def _chain(order: str, blocks: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Records that each end in the distance to the next one, 0 for the last."""
    whole = b""
    for (head, inner), following in [*pairwise(blocks), *[(block, None) for block in blocks[-1:]]]:
        step = len(head) + 4 + len(inner) if following else 0
        whole += head + struct.pack(order + "I", step) + inner
    return whole
