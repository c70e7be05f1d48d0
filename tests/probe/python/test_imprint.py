"""What the bytes of a file say of itself, wherever in it they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe.python import imprint

TEXTS = {
    b"\x003.11.2\x00": ("versions", "3.11.2"),
    b"\x003.13.0rc1\x00": ("versions", "3.13.0rc1"),
    b"\x003.12.0a7+\x00": ("versions", "3.12.0a7"),
    b"\x003.34.1.2\x00": ("versions", "3.34.1.2"),
    b" OpenSSL 3.0.15 3 Sep 2024\x00": ("openssl", "3.0.15"),
    b"\x00LibreSSL 4.0.0\x00": ("openssl", "LibreSSL 4.0.0"),
    b" inflate 1.2.13 Copyright 1995-2022 Mark Adler \x00": ("zlib", "1.2.13"),
    b"\x00PyInit__ssl\x00": ("modules", "_ssl"),
}

NOTHING = (
    b"\x0013.11.2\x00",
    b"\x001.3.11.2\x00",
    b"\x003.11.2 (main)\x00",
    b"python-3.11.2\x00",
    b"\x003.11\x00",
    b"OpenSSL 3.0\x00",
    b"OpenSSL legacy provider\x00",
    b"deflate stream Copyright\x00",
    b"PyInit_not-a-name\x00",
)


def told(data: bytes) -> set[tuple[str, str]]:
    found = imprint.read(lambda offset, size: data[offset : offset + size])
    return {(field, text) for field in found.FIELDS for text in getattr(found, field)}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("shift", [0, 1, 7, 100, 255, 256, 257])
def test_a_text_is_found_across_the_edge_of_two_windows(
    text: bytes, shift: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imprint, "WINDOW", 1024)
    for before in (0, 1024 - len(text) // 2 - shift, 2048 - shift, 3000):
        assert told(b"\xff" * before + text + b"\xff" * 2000) == {TEXTS[text]}


@pytest.mark.parametrize("text", NOTHING)
@pytest.mark.parametrize("before", [0, 1020, 1024, 1025, 1279, 1280, 1281])
def test_what_is_part_of_something_else_is_not_taken(text: bytes, before: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imprint, "WINDOW", 1024)
    assert told(b"\xff" * before + text + b"\xff" * 600) == set()


def test_zlib_ng_calls_itself_so() -> None:
    assert told(b" deflate 1.3.1 Copyright 1995-2024\x00" + b"\x001.3.1.zlib-ng\x00") == {("zlib", "1.3.1.zlib-ng")}


def test_a_hostile_file_makes_no_more_than_so_many_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"".join(b"PyInit_module%d\0" % number for number in range(3 * imprint.MOST_FOUND))
    assert len(told(data)) == imprint.MOST_FOUND
    monkeypatch.setattr(imprint, "MOST_BYTES", 1 << 20)
    asked: list[int] = []

    def endless(offset: int, size: int) -> bytes:
        asked.append(offset)
        return bytes(size)

    imprint.read(endless)
    assert asked == [0]


@given(st.binary(max_size=4000))
def test_any_bytes_are_read_without_a_fault(data: bytes) -> None:
    for _, text in told(data):
        assert text.isascii()
