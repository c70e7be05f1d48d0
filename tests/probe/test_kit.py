"""Bounded reads of what strangers wrote, and what a section may hold."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe import kit

VIEW = kit.View()


def test_a_plain_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plain"
    path.write_bytes(b"0123456789")
    assert VIEW.read(str(path)) == b"0123456789"
    assert VIEW.read(str(path), 10) == b"0123456789"
    assert VIEW.read(str(path), 3, start=4) == b"456"
    assert VIEW.head(str(path), 4) == b"0123"
    assert VIEW.text(str(path)) == "0123456789"


def test_a_file_beyond_the_bound_is_refused_before_it_is_read(tmp_path: Path) -> None:
    sparse = tmp_path / "sparse"
    with sparse.open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(kit.TooLarge):
        VIEW.read(str(sparse))
    grown = tmp_path / "grown"
    grown.write_bytes(b"x" * 11)
    with pytest.raises(kit.TooLarge):
        VIEW.read(str(grown), 10)


def test_a_file_that_says_it_is_empty_is_read_and_bounded() -> None:
    assert VIEW.read("/proc/self/status").startswith(b"Name:")
    with pytest.raises(kit.TooLarge):
        VIEW.read("/proc/self/status", 10)


def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    link = tmp_path / "METADATA"
    link.symlink_to("/etc/hostname")
    to_fifo = tmp_path / "to-fifo"
    to_fifo.symlink_to(fifo)
    for path in (fifo, link, tmp_path, Path("/dev/zero")):
        with pytest.raises(kit.NotRegular):
            VIEW.read(str(path))
    for path in (fifo, to_fifo, tmp_path, Path("/dev/zero")):
        with pytest.raises(kit.NotRegular):
            VIEW.read(str(path), follow=True)
        with pytest.raises(kit.NotRegular):
            VIEW.head(str(path), 4)
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "socket"))
        with pytest.raises(OSError, match="No such device"):
            VIEW.read(str(tmp_path / "socket"))


def test_undecodable_bytes_stay_visible(tmp_path: Path) -> None:
    path = tmp_path / "latin"
    path.write_bytes(b"caf\xe9")
    assert VIEW.text(str(path)) == "caf\\xe9"


def test_a_reason_holds_no_path() -> None:
    with pytest.raises(OSError, match="secret") as caught:
        VIEW.read("/nonexistent/secret")
    assert kit.why(caught.value) == "ENOENT no such file or directory"
    assert kit.why(OSError("secret")) == "OSError"
    assert kit.why(OSError(99999, "secret")).startswith("E99999 ")


def test_a_section_that_hides_something_is_partial() -> None:
    section = kit.Section()
    assert section.as_dict()["status"] == "ok"
    section.hide("b*", "second")
    section.hide("a", "first")
    section.hide("a", "first")
    section.note("n")
    section.note("n")
    assert section.as_dict() == {
        "status": "partial",
        "reason": "first; second",
        "items": {},
        "volatile": {},
        "notes": ["n"],
        "hidden": ["a", "b*"],
    }


@given(st.text(alphabet="ab*?[]!-", max_size=8), st.text(alphabet="ab*?[]!-", max_size=8))
def test_a_literal_pattern_matches_its_key_alone(key: str, other: str) -> None:
    from fnmatch import fnmatchcase

    assert fnmatchcase(key, kit.literal(key))
    assert fnmatchcase(other, kit.literal(key)) is (other == key)


@given(st.text(alphabet=st.characters(blacklist_categories=()), max_size=20))
def test_what_is_made_visible_can_stand_in_a_profile(text: str) -> None:
    document = {"items": {text: {"a": [text], "b": text}}}
    shown = kit.visible(document, json.dumps(document))
    [(key, item)] = shown["items"].items()
    assert item == {"a": [key], "b": key}
    key.encode("utf-8")
    assert not any(character < " " or character == "\x7f" for character in key)
    if text.isprintable():
        assert key == text


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ({"a": None, "b": 1, "c": "x", "d": 1.5, "e": True}, True),
        ({"a": {"b": ["c"], "d": None}}, True),
        ({"a": {}}, True),
        ({"a": ["b"]}, False),
        ({"a": {"b": {"c": 1}}}, False),
        ({"a": {"b": [1]}}, False),
        ({"a": {1: "b"}}, False),
        ({1: "a"}, False),
        ({"a": b"b"}, False),
        ({"a": {"b": ("c",)}}, False),
    ],
)
def test_the_shape_of_items(items: dict[object, object], expected: bool) -> None:
    assert kit.well_formed(items) is expected
