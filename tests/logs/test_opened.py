"""A log's parts, from a file and unpacked."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import threading
from itertools import repeat
from pathlib import Path

import pytest

from parity.errors import Incomplete, UsageError
from parity.logs.opened import UNBROKEN, opened, whole
from tests.cli.program import COMMAND, ELSEWHERE, environment
from tests.proof.profiles import WHOLE, profile

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


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/full"])
def test_a_device_is_no_log(device: str) -> None:
    with pytest.raises(UsageError, match="has no end"), opened(device):
        pass


def test_the_device_that_holds_nothing_is_an_empty_log() -> None:
    assert read(Path(os.devnull)) == []


def test_what_never_ends_a_line_is_ended() -> None:
    with pytest.raises(Incomplete, match="no end of a line in 1,024 MiB"):
        list(whole(repeat(bytes(1 << 20))))


def test_what_ends_a_line_now_and_then_is_read_for_as_long_as_it_is() -> None:
    hole, line = bytes(UNBROKEN // 4), b"a line\n"
    parts = list(whole([*[hole] * 3, line] * 3))
    assert len(parts) == 3
    assert all(part.endswith(line) and len(part) < UNBROKEN // 100 for part in parts)


def test_a_pipe_that_says_nothing_more_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parity.logs.opened.SILENCE", 0.05)
    os.mkfifo(tmp_path / "fifo")
    held = os.open(tmp_path / "fifo", os.O_RDWR)
    try:
        os.write(held, b"the first line\n")
        with opened(str(tmp_path / "fifo")) as parts:
            assert next(parts) == b"the first line\n"
            with pytest.raises(Incomplete, match="gave nothing"):
                next(parts)
    finally:
        os.close(held)


def test_an_interrupt_ends_the_reading_of_a_log_and_says_nothing(tmp_path: Path) -> None:
    for side in ("local", "production"):
        (tmp_path / f"{side}.json").write_bytes(profile(WHOLE, name=side))
    os.mkfifo(tmp_path / "fifo")
    words = ["explain", *(str(tmp_path / name) for name in ("local.json", "production.json"))]
    with subprocess.Popen(
        [*COMMAND, *words, "--log", str(tmp_path / "fifo"), "--no-declared"],
        cwd=ELSEWHERE,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        # It is opened for writing when the other end reads.
        held = os.open(tmp_path / "fifo", os.O_WRONLY)
        try:
            os.write(held, b"a line\n")
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=30)
        finally:
            os.close(held)
    assert (running.returncode, out, err) == (130, b"", b"")
