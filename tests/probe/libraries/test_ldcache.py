"""The reader of /etc/ld.so.cache against ldconfig, in each format that ldconfig writes."""

from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parity.probe.libraries import ldcache
from tests.services import program


@pytest.mark.parametrize("form", ["new", "compat", "old"])
def test_it_reads_what_ldconfig_wrote(form: str, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    subprocess.run([program("ldconfig"), "-X", "-c", form, "-C", cache], check=True, capture_output=True)
    printed = subprocess.run([program("ldconfig"), "-p", "-C", cache], check=True, capture_output=True, text=True)
    wanted: dict[str, list[str]] = {}
    for name, path in re.findall(r"^\t(\S+) \(.*\) => (\S+)$", printed.stdout, re.MULTILINE):
        wanted.setdefault(name, []).append(path)
    assert "libc.so.6" in wanted
    read = ldcache.parse(cache.read_bytes())
    assert {name: sorted(paths) for name, paths in read.items()} == {
        name: sorted(paths) for name, paths in wanted.items()
    }


def entry(order: str, name: int, path: int, hwcap: int) -> bytes:
    return struct.pack(order + "IIIIQ", 0x303, name, path, 0, hwcap)


@pytest.mark.parametrize(("order", "mark"), [("<", 2), (">", 3)])
def test_plain_libraries_come_before_those_for_one_processor(order: str, mark: int) -> None:
    strings = b"liba.so.1\0/hw/liba.so.1\0/lib/liba.so.1\0"
    start = 48 + 2 * 24
    head = b"glibc-ld.so.cache1.1" + struct.pack(order + "II", 2, len(strings)) + bytes([mark]) + b"\0" * 19
    data = head + entry(order, start, start + 10, 1 << 62) + entry(order, start, start + 24, 0) + strings
    assert ldcache.parse(data) == {"liba.so.1": ["/lib/liba.so.1", "/hw/liba.so.1"]}


@pytest.mark.parametrize("data", [b"", b"nonsense", b"ld.so-1.7.0\0", b"glibc-ld.so.cache1.1" + b"\xff" * 40])
def test_what_is_no_cache_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|not an ld.so.cache"):
        ldcache.parse(data)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_cache_gives_a_reading_or_is_refused(data: st.DataObject) -> None:
    head = data.draw(st.sampled_from([b"glibc-ld.so.cache1.1", b"ld.so-1.7.0\0"]))
    try:
        read = ldcache.parse(head + data.draw(st.binary(max_size=300)))
    except ValueError:
        return
    assert isinstance(read, dict)
