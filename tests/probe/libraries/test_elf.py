"""The ELF reader against readelf on this machine's own files, and against files that no machine would make."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parity.probe import kit
from parity.probe.kit import View
from parity.probe.libraries import elf
from tests.probe import elves
from tests.services import program

KINDS = [(64, True, 62), (32, True, 3), (64, False, 22), (32, False, 20)]

REAL = sorted(
    {
        Path(sys.executable).resolve(),
        *[path.resolve() for path in Path("/lib/x86_64-linux-gnu").glob("lib[cmz]*.so.[0-9]")],
        *list(Path(sysconfig.get_path("platlib")).glob("**/*.so"))[::7],
        *Path(sysconfig.get_path("platstdlib"), "lib-dynload").glob("_[bhs]*.so"),
    }
)


def at(data: bytes) -> elf.Elf:
    found: elf.Elf = elf.parse(lambda offset, size: data[offset : offset + size])
    return found


def listed(text: str, tag: str) -> list[str]:
    return re.findall(rf"\({tag}\).*\[(.*)\]", text)


def only(text: str, tag: str) -> str | None:
    return next(iter(listed(text, tag)), None)


def versions(text: str, heading: str) -> dict[str, set[str]]:
    """{file or "": versions} of a section of `readelf -V`, without what is weak or a file's own base."""
    found: dict[str, set[str]] = {}
    file = ""
    for line in text.partition(f"Version {heading} section")[2].partition("\n\n")[0].splitlines():
        file = match[1] if (match := re.search(r"File: (\S+)", line)) else file
        name = re.search(r"Name: (\S+) +Flags: (.*?) +Version", line) or re.search(
            r"Flags: (.*?) +Index.* Name: (\S+)", line
        )
        if name:
            word, flags = name.groups() if heading == "needs" else reversed(name.groups())
            if flags.strip() not in ("WEAK", "BASE"):
                found.setdefault(file, set()).add(word)
    return found


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_it_reads_what_readelf_reads(path: Path) -> None:
    text = subprocess.run([program("readelf"), "-dVW", path], capture_output=True, text=True, check=True).stdout
    read = elf.read(View(), str(path))
    assert list(read.needed) == listed(text, "NEEDED")
    assert read.soname == only(text, "SONAME")
    assert read.runpath == only(text, "RUNPATH")
    assert read.rpath == only(text, "RPATH")
    assert {file: set(names) for file, names in read.requires.items() if names} == versions(text, "needs")
    assert read.defines == versions(text, "definition").get("", set())


def test_the_real_files_are_enough_to_prove_something() -> None:
    read = [elf.read(View(), str(path)) for path in REAL]
    assert len(read) > 10
    assert any(one.requires for one in read)
    assert any(len(one.defines) > 20 for one in read)
    assert any(one.interpreter for one in read)


@pytest.mark.parametrize("padding", [0, 3 * kit.FIRST])
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_word_size_and_byte_order(kind: tuple[int, bool, int], padding: int, tmp_path: Path) -> None:
    data = elves.write(
        kind,
        needed=["libpq.so.5", "libc.so.6"],
        soname="_x.so",
        rpath="$ORIGIN/../x.libs",
        runpath="/opt/lib",
        interpreter="/lib64/ld-linux-x86-64.so.2",
        requires={"libc.so.6": ["GLIBC_2.34", "GLIBC_2.4"], "libpq.so.5": ["V1"]},
        weak={"libc.so.6": ["GLIBC_2.99"], "libm.so.6": ["GLIBC_2.98"]},
        defines=["X_1", "X_2"],
        padding=padding,
    )
    file = tmp_path / "x.so"
    file.write_bytes(data)
    read = elf.read(View(), str(file))
    assert read.kind == kind
    assert read.needed == ("libpq.so.5", "libc.so.6")
    assert (read.soname, read.rpath, read.runpath) == ("_x.so", "$ORIGIN/../x.libs", "/opt/lib")
    assert read.interpreter == "/lib64/ld-linux-x86-64.so.2"
    assert read.requires == {"libc.so.6": ("GLIBC_2.34", "GLIBC_2.4"), "libpq.so.5": ("V1",), "libm.so.6": ()}
    assert read.defines == {"X_1", "X_2"}


def test_a_string_table_too_large_to_read_whole_is_read_by_name(tmp_path: Path) -> None:
    names = [f"lib{'x' * 200}{number}.so" for number in range(elf.STRINGS // 200 + 1)]
    file = tmp_path / "x.so"
    file.write_bytes(elves.write(needed=names))
    assert list(elf.read(View(), str(file)).needed) == names


@pytest.mark.parametrize(
    ("kind", "machine"),
    [((64, True, 62), "x86_64"), ((64, True, 183), "aarch64"), ((64, True, 21), "ppc64le"), ((32, True, 40), None)],
)
def test_the_machine_is_called_as_uname_calls_it(kind: tuple[int, bool, int], machine: str | None) -> None:
    assert at(elves.write(kind)).machine == machine


@pytest.mark.parametrize("data", [b"", b"\x7fELF", b"#!/bin/sh\n" * 20, b"\x7fELF" + b"\xff" * 400])
def test_what_is_not_elf_is_said_to_be_so(data: bytes) -> None:
    with pytest.raises(elf.NotElf):
        at(data)


WHOLE = elves.write(needed=["liba.so"], requires={"liba.so": ["A_1"]}, defines=["B_1"], interpreter="/lib/ld.so")


@given(st.integers(0, len(WHOLE)), st.binary(max_size=12), st.integers(0, len(WHOLE)))
@settings(max_examples=400, deadline=None)
def test_a_damaged_file_gives_a_reading_or_not_elf(place: int, bytes_there: bytes, cut: int) -> None:
    data = (WHOLE[:place] + bytes_there + WHOLE[place + len(bytes_there) :])[: max(cut, place)]
    try:
        read = at(data)
    except elf.NotElf:
        return
    assert isinstance(read.needed, tuple)
