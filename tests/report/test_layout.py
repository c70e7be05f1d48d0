"""Lines and columns."""

from __future__ import annotations

from parity.report import Screen
from parity.report.layout import packed, painted, width_of, wrapped


def test_wrapping_keeps_every_character_and_breaks_after_punctuation() -> None:
    path = "/usr/lib/python3/dist-packages/a/very/long/path/to/some/module.cpython-311.so"
    lines = wrapped(path, 30)
    assert "".join(lines) == path
    assert all(len(line) <= 30 for line in lines)
    assert lines[0] == "/usr/lib/python3/dist-"
    assert "".join(wrapped("x" * 95, 30)) == "x" * 95
    assert wrapped("one two three", 7) == ["one two", "three"]


def test_wide_characters_take_two_cells() -> None:
    assert width_of("\u4e2d\u6587") == 4
    assert width_of("e\u0301") == 1
    assert all(width_of(line) <= 10 for line in wrapped("\u4e2d" * 20, 10))


def test_columns_that_are_packed_line_up() -> None:
    lines = painted(packed(["a", "bb", "c" * 9, "d"], 30, 2), Screen()).splitlines()
    assert lines == ["  a          bb", "  ccccccccc  d"]
