"""A log's parts, from a file and unpacked."""

from __future__ import annotations

import gzip
import os
import threading
from pathlib import Path

import pytest

from parity.errors import Incomplete, UsageError
from parity.logs.opened import opened, whole

LINES = b"".join(b"line %d of the log\n" % number for number in range(60_000))


def read(path: Path) -> list[bytes]:
    with opened(str(path)) as parts:
        return list(parts)


@pytest.mark.parametrize("data", [b"", b"a", b"a\n", b"a\nb", LINES, LINES + b"no end"])
def test_parts_are_whole_lines_and_nothing_is_lost(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "log").write_bytes(data)
    parts = read(tmp_path / "log")
    assert b"".join(parts) == data
    assert all(part.endswith(b"\n") for part in parts[:-1])


@pytest.mark.parametrize("members", [1, 3])
def test_gzip_is_told_by_its_first_bytes_of_one_member_or_many(tmp_path: Path, members: int) -> None:
    (tmp_path / "log").write_bytes(gzip.compress(LINES) * members)
    assert b"".join(read(tmp_path / "log")) == LINES * members


def test_a_packed_log_is_unpacked_in_bounded_parts(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(gzip.compress(b"\n" * (8 << 20)))
    parts = read(tmp_path / "log")
    assert sum(map(len, parts)) == 8 << 20
    assert max(map(len, parts)) <= 1 << 19


def test_what_is_cut_off_or_damaged_is_incomplete(tmp_path: Path) -> None:
    packed = gzip.compress(os.urandom(5000))
    for data in (packed[:-100], packed[:100] + b"\0\xff" * 20 + packed[140:]):
        (tmp_path / "log").write_bytes(data)
        with pytest.raises(Incomplete, match="damaged or cut off"):
            read(tmp_path / "log")


def test_of_a_line_without_end_the_beginning_is_kept() -> None:
    parts = list(whole(b"x" * (1 << 20) for _ in range(64)))
    assert len(parts) == 1
    assert len(parts[0]) == 4 << 20
    assert list(whole([b"ab", b"c\nd", b"e\n", b"f"])) == [b"abc\n", b"de\n", b"f"]


def test_a_named_pipe_is_read_as_a_shell_hands_one_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    writer = threading.Thread(target=(tmp_path / "fifo").write_bytes, args=(LINES,))
    writer.start()
    assert b"".join(read(tmp_path / "fifo")) == LINES
    writer.join()


@pytest.mark.parametrize("name", ["none", ".", "a\0b"])
def test_what_cannot_be_read_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot read"), opened(f"{tmp_path}/{name}"):
        pass
