"""The comparisons of values that are no versions, and the directory's contract."""

from __future__ import annotations

import pytest

from parity.diff.comparisons import named, names


@pytest.mark.parametrize("name", names())
def test_every_file_says_what_counts_as_the_same(name: str) -> None:
    way = named(name)
    assert way.doc
    assert "\n" not in way.doc
    for value in (None, True, 0, 1.5, "", "1.0", (), ("a", "b")):
        assert way.equal(value, value)


def test_a_name_that_is_no_file_is_a_lookup_error() -> None:
    for name in ("nothing", "__init__", "..model", ""):
        with pytest.raises(LookupError):
            named(name)


@pytest.mark.parametrize(
    ("name", "local", "production", "expected"),
    [
        ("exact", "a", "A", False),
        ("exact", ("a", "b"), ("b", "a"), False),
        ("exact", True, 1, False),
        ("exact", None, "", False),
        ("flag", None, False, True),
        ("flag", True, None, False),
        ("flag", True, 1, True),
        ("assigned", "set", "empty", False),
        ("assigned", "set", "named", True),
        ("assigned", "empty", "read", True),
        ("assigned", "named", "read", True),
        ("assigned", "set", None, True),
        ("set", ("a", "b"), ("b", "a", "a"), True),
        ("set", None, (), True),
        ("set", ("a",), ("a", "b"), False),
        ("set", "a", ("a",), True),
        ("set", 4, None, False),
        ("told", "url", None, True),
        ("told", "url", "path", False),
        ("told", (), ("quotes",), False),
        ("keyed", "0123abcd:1", "0123abcd:1", True),
        ("keyed", "0123abcd:1", "0123abcd:2", False),
        ("keyed", "0123abcd:1", "ffffffff:2", True),
        ("keyed", "0123abcd:1", None, True),
        ("keyed", "no key", "0123abcd:2", True),
        ("prefix", "/home/ada/shop/.venv", "/opt/venv", True),
        ("prefix", "/opt/venv", "/usr", False),
        ("prefix", "/usr/local", "/usr", False),
        ("present", "/usr/bin", "/bin", True),
        ("present", "/usr/bin", None, False),
    ],
)
def test_values(name: str, local: object, production: object, expected: bool) -> None:
    assert named(name).equal(local, production) is expected
    assert named(name).equal(production, local) is expected
