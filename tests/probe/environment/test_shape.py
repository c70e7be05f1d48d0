"""Shapes: a closed set of words, and what stands around a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe.environment import shape

WORDS = {"boolean", "empty", "integer", "json", "list", "number", "path", "text", "url"}


@pytest.mark.parametrize(
    ("value", "expected", "around"),
    [
        ("", "empty", []),
        ("  ", "empty", ["space"]),
        ('""', "empty", ["quotes"]),
        ("8000", "integer", []),
        ("-1", "integer", []),
        (" 8000", "integer", ["space"]),
        ("8000\n", "integer", ["space"]),
        ('"8000"', "integer", ["quotes"]),
        ("' 8000 '", "integer", ["quotes", "space"]),
        ('" 8000 " ', "integer", ["quotes", "space"]),
        ("0.5", "number", []),
        ("1e6", "number", []),
        (".5", "number", []),
        ("1.2.3", "text", []),
        ("True", "boolean", []),
        ("off", "boolean", []),
        ("postgresql+psycopg://u:p@h/d", "url", []),
        ("'redis://h'", "url", ["quotes"]),
        ("/srv/app", "path", []),
        ("~/x", "path", []),
        ("./x", "path", []),
        (".", "path", []),
        ("/usr/bin:/bin", "list", []),
        ("a,b,c", "list", []),
        ('{"a": 1}', "json", []),
        ("[1, 2]", "json", []),
        ("[1, 2", "text", []),
        ("{a,b}", "text", []),
        ("Monday, and so on", "list", []),
        ("30s", "text", []),
        ("-----BEGIN KEY-----\na,b\n-----END KEY-----", "text", []),
        ("'", "text", []),
        ("it's", "text", []),
    ],
)
def test_shapes(value: str, expected: str, around: list[str]) -> None:
    assert shape.of(value) == (expected, around)


@given(st.text(max_size=200))
def test_whatever_stands_there_has_one(value: str) -> None:
    found, around = shape.of(value)
    assert found in WORDS
    assert set(around) <= {"quotes", "space"}


def test_a_long_value_is_no_long_work() -> None:
    for value in ("a," * 200_000, "/a:" * 200_000, "[" * 100_000, "{" * 60_000 + "}", "9" * 1_000_000):
        assert shape.of(value)[0] in WORDS
