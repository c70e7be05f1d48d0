"""Bytes in order: whole, compressed in every way that compressors have, cut off, damaged, and without end."""

from __future__ import annotations

import gzip
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.archive import stream
from parity.archive.stream import CutOff, File, Malformed, Pipe, Slow, unfold
from parity.errors import Incomplete
from tests.archive.conftest import Sources
from tests.archive.tars import LATER, pipe

TEXT = bytes(range(256)) * 500


def unfolded(data: bytes, deadline: float = LATER) -> Iterator[bytes]:
    source = pipe(data)
    first = source.read(min(512, len(data)))
    inflated = unfold(source, first, len(data), deadline)
    assert inflated is not None
    while not inflated.done():
        yield inflated.read(1)


@given(st.lists(st.tuples(st.sampled_from(["read", "skip", "pieces"]), st.integers(0, 700))), st.integers(1, 300))
def test_a_connection_gives_what_a_file_would(steps: list[tuple[str, int]], size: int) -> None:
    data = TEXT[:3000]
    source, place = pipe(data, size), 0
    for step, count in steps:
        expected = data[place : place + count]
        if len(expected) < count:
            with pytest.raises(CutOff):
                getattr(source, step)(count)
            return
        found = getattr(source, step)(count)
        place += count
        assert source.position == place
        if step != "skip":
            assert (b"".join(found) if step == "pieces" else found) == expected
    assert source.done() == (place == len(data))


def test_a_file_is_read_in_order_and_at_any_place(sources: Sources) -> None:
    for source in sources(TEXT):
        assert source.read(10) == TEXT[:10]
        source.skip(1000)
        assert b"".join(source.pieces(5)) == TEXT[1010:1015]
        source.skip(len(TEXT) - 1015)
        assert source.done()
        with pytest.raises(CutOff):
            source.read(1)
        with pytest.raises(CutOff):
            source.skip(1)
        if isinstance(source, File):
            assert source.at(1010, 5) == TEXT[1010:1015]
            assert source.at(len(TEXT) - 1, 5) == TEXT[-1:]


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(TEXT),
        gzip.compress(TEXT[:7]) + gzip.compress(b"") + gzip.compress(TEXT[7:]),
        b"".join(gzip.compress(TEXT[start : start + 100]) for start in range(0, len(TEXT), 100)),
        gzip.compress(TEXT) + bytes(2000),
    ],
    ids=["one member", "several", "many", "padded with zeros"],
)
def test_gzip_is_undone(data: bytes) -> None:
    assert b"".join(unfolded(data)) == TEXT


def test_what_is_not_compressed_is_left_alone() -> None:
    assert unfold(pipe(TEXT), b"", len(TEXT), LATER) is None


@pytest.mark.parametrize("end", [11, 400, -9, -1])
def test_gzip_that_ends_too_early_is_cut_off(end: int) -> None:
    with pytest.raises(CutOff):
        list(unfolded(gzip.compress(TEXT)[:end]))


def test_damaged_gzip_is_malformed() -> None:
    good = gzip.compress(TEXT)
    for data in (good[:300] + b"\xff\xff\xff" + good[303:], good[:-5] + b"\0" * 5, good + b"garbage"):
        with pytest.raises(Malformed):
            list(unfolded(data))


@given(st.binary(max_size=600))
def test_no_gzip_raises_anything_else(data: bytes) -> None:
    with suppress(Malformed):
        list(unfolded(stream.GZIP + data))


def test_what_is_compressed_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_INFLATED", 50 << 20)
    bomb = gzip.compress(bytes(100 << 20), 9)
    assert len(bomb) < 1 << 20
    source = pipe(bomb, 1 << 20)
    inflated = unfold(source, source.read(512), len(bomb), LATER)
    assert inflated is not None
    with pytest.raises(Malformed, match="beyond all measure"):
        inflated.skip(100 << 20)


def test_crumbs_are_gathered() -> None:
    crumbs = b"".join(gzip.compress(b"x") for _ in range(5000))
    source = pipe(crumbs)
    inflated = unfold(source, source.read(512), len(crumbs), LATER)
    assert inflated is not None
    assert [len(piece) for piece in inflated.pieces(5000)] == [5000]


def test_the_deadline_holds_where_nothing_comes_out() -> None:
    empty = gzip.compress(b"") * 20000
    with pytest.raises(Slow):
        list(unfolded(empty, time.monotonic() - 1))


def test_the_deadline_holds_for_a_connection_without_end() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield bytes(1 << 20)

    source = Pipe(endless(), time.monotonic() + 0.2)
    with pytest.raises(Slow) as caught:
        source.skip(1 << 60)
    assert caught.value.exit_code == 3


def test_zstd_is_undone_or_named() -> None:
    # "x" * 9 as one raw block: RFC 8878, 3.1.1.
    frame = stream.ZSTANDARD + bytes([0x20, 9, 9 << 3 | 1, 0, 0]) + b"x" * 9
    if sys.version_info >= (3, 14):
        assert b"".join(unfolded(frame)) == b"x" * 9
        with pytest.raises(CutOff):
            list(unfolded(frame[:-1]))
    else:
        with pytest.raises(Incomplete, match="zstd"):
            list(unfolded(frame))


def test_a_deflate_bomb_costs_no_more_memory_than_a_chunk() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(200)), packer.flush()])
    source = pipe(bomb, 1 << 20)
    inflated = unfold(source, source.read(512), len(bomb), LATER)
    assert inflated is not None
    assert max(len(piece) for piece in inflated.pieces(64 << 20)) <= stream.CHUNK + (64 << 10)
