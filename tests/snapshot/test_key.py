"""A key in a file: what may be one, and that nothing shows it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parity.errors import UsageError
from parity.snapshot.key import Key, of_this_run, read
from parity.snapshot.request import Request


def key_file(directory: Path, content: bytes, mode: int = 0o600) -> Path:
    path = directory / "parity.key"
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("size", [16, 32, 4096])
def test_any_random_bytes_are_one(tmp_path: Path, size: int) -> None:
    said: list[str] = []
    content = os.urandom(size)
    assert read(str(key_file(tmp_path, content)), said.append) == content
    assert said == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_one_that_others_may_read_is_used_and_warned_of(tmp_path: Path, mode: int) -> None:
    said: list[str] = []
    path = key_file(tmp_path, os.urandom(32), mode)
    assert len(read(str(path), said.append)) == 32
    assert said == [f"{path} holds a key, and others than its owner may read it: chmod 600 {path}"]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "16 to 4,096 bytes"),
        (os.urandom(15), "16 to 4,096 bytes"),
        (os.urandom(4097), "16 to 4,096 bytes"),
        (b"\0" * 32, "is not random"),
        (b"abcabcabcabcabcabcabc", "is not random"),
    ],
)
def test_what_cannot_be_one_is_refused_with_what_to_do(tmp_path: Path, content: bytes, rule: str) -> None:
    with pytest.raises(UsageError, match=rule) as caught:
        read(str(key_file(tmp_path, content)), print)
    assert "/dev/urandom" in (caught.value.hint or "")


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    expected = {"pipe": "no regular file", ".": "no regular file", "none": "no such file", "a\0b": "cannot be read"}
    for name, rule in expected.items():
        with pytest.raises(UsageError, match=rule):
            read(str(tmp_path / name), print)


def test_nothing_shows_it() -> None:
    key = Key(b"0123456789abcdef")
    assert "0123" not in f"{key!r} {key} {Request(key=key)!r} {[key]} {(key,)}"


def test_a_run_has_one_key() -> None:
    assert of_this_run() is of_this_run()
    assert len(of_this_run()) == 32
