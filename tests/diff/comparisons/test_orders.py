"""Every version comparison is a total order, and `equal` and `change` tell the same story."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.diff.comparisons import Way, named, names
from parity.diff.model import Change

ORDERED = [name for name in names() if named(name).change is not None]

WRITTEN = st.text("0129abcprvz.-_~^+:", max_size=12)
"""Text that looks like versions, and is often malformed."""
ANYTHING = WRITTEN | st.text(max_size=8)


def direction(way: Way, local: str, production: str) -> int:
    """-1, 0 or 1: how production stands to local, from the public functions alone."""
    assert way.change is not None
    change = way.change(local, production)
    assert (change is None) == way.equal(local, production)
    return 0 if change is None else {"older": -1, "newer": 1}[change.direction]


def test_there_are_version_comparisons() -> None:
    assert {"apk", "debian", "pep440", "rpm", "version"} <= set(ORDERED)


@pytest.mark.parametrize("name", ORDERED)
@given(left=ANYTHING, right=ANYTHING)
def test_turning_the_sides_around_turns_the_direction(name: str, left: str, right: str) -> None:
    way = named(name)
    assert direction(way, left, right) == -direction(way, right, left)
    assert direction(way, left, left) == 0


@pytest.mark.parametrize("name", ORDERED)
@given(versions=st.lists(ANYTHING, min_size=3, max_size=3))
def test_order_is_transitive(name: str, versions: list[str]) -> None:
    way = named(name)
    for a, b, c in permutations(versions):
        if direction(way, a, b) >= 0 and direction(way, b, c) >= 0:
            assert direction(way, a, c) >= 0


@pytest.mark.parametrize("name", ORDERED)
@given(left=ANYTHING, right=ANYTHING)
def test_both_ways_agree_on_the_part(name: str, left: str, right: str) -> None:
    change = named(name).change
    assert change is not None
    there, back = change(left, right), change(right, left)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.part == back.part


@pytest.mark.parametrize("name", ORDERED)
@pytest.mark.parametrize(("local", "production"), [(None, "1.0"), ("1.0", None), (1, "1"), (True, None), (("1",), "1")])
def test_what_is_no_version_is_unequal_and_no_change(name: str, local: object, production: object) -> None:
    way = named(name)
    assert way.change is not None
    assert not way.equal(local, production)
    assert way.change(local, production) is None


@pytest.mark.parametrize("name", ORDERED)
def test_digits_beyond_what_python_converts(name: str) -> None:
    way = named(name)
    assert direction(way, "9" * 6000, "9" * 6000) == 0
    assert direction(way, "1." + "8" * 6000, "1." + "9" * 6000) == 1


ASCENDING = {
    "apk": "1.2_alpha 1.2_alpha1 1.2_beta 1.2_pre2 1.2_rc1 1.2_rc2 1.2 1.2-r0 1.2-r1 1.2-r10 1.2~abc 1.2_git20230101 "
    "1.2_p1 1.2a 1.2b 1.2.0 1.2.01 1.2.1 1.2.10 1.3 1.10 2",
    "debian": "0~~ 0~ 0 0.0~rc1 0.0 1.0~beta1 1.0~rc1-1 1.0 1.0-1 1.0-1+b1 1.0-1+deb12u1 1.0-1.1 1.0-2 1.0-10 1.0a "
    "1.0+ds 1.0.1 1.2 1.10 2 1:0.1 2:0",
    "pep440": "nonsense 1.0.dev1 1.0a1 1.0b2 1.0rc1 1.0 1.0+cu118 1.0.post1 1.0.1 1.9 1.10 2.0rc1 2.0 1!0.1",
    "rpm": "0 1.0~rc1-1 1.0~rc2-1 1.0 1.0-1 1.0-1.el9 1.0-1.el9_2 1.0-2.el8 1.0^git1 1.0^git2 1.0a 1.0.1 1.2 "
    "1.10 2 1:0.1",
    "version": "3.0rc1 3.0 3.0.1 3.0.1a 3.0.1w 3.0.2 3.0.15 3.1 15.4 15.14 17",
}


@pytest.mark.parametrize("name", ORDERED)
def test_documented_order(name: str) -> None:
    for older, newer in pairwise(ASCENDING[name].split()):
        assert direction(named(name), older, newer) == 1, f"{older} < {newer}"


SAME = [
    ("apk", "1.2", "01.2"),
    ("debian", "1.0", "0:1.0-0"),
    ("debian", "1.00", "1.0"),
    ("pep440", "1.0", "1.0.0"),
    ("pep440", "2.0rc1", "2.0.RC1"),
    ("pep440", "1.0+Ubuntu-1", "1.0+ubuntu.1"),
    ("rpm", "1.0", "1_0"),
    ("rpm", "1.01", "1.1"),
    ("version", "15", "15.0"),
    ("version", "3.40.1", "3.040.1"),
]


@pytest.mark.parametrize(("name", "left", "right"), SAME)
def test_other_spellings_of_one_version(name: str, left: str, right: str) -> None:
    assert named(name).equal(left, right)


PARTS = [
    ("pep440", "1.26.4", "2.1.0", Change("newer", "major")),
    ("pep440", "0.27.2", "0.28.0", Change("newer", "minor")),
    ("pep440", "2.1", "2.0.9", Change("older", "minor")),
    ("pep440", "2.0.1", "2", Change("older", "patch")),
    ("pep440", "2.0.0.1", "2.0.0.2", Change("newer", "other")),
    ("pep440", "2.0.0", "2.0.0rc1", Change("older", "minor")),
    ("pep440", "1.0", "1.0.post1", Change("newer", "other")),
    ("pep440", "1.0", "1!1.0", Change("newer", "major")),
    ("pep440", "2023.7.22", "2024.8.30", Change("newer", "minor")),
    ("pep440", "3.1", "2024.1", Change("newer", "major")),
    ("pep440", "1.0", "who knows", Change("older", "other")),
    ("debian", "3.0.11-1~deb12u2", "3.5.1-1", Change("newer", "minor")),
    ("debian", "2.36-9+deb12u4", "2.36-9+deb12u7", Change("newer", "patch")),
    ("debian", "1:1.2.13.dfsg-1", "1:1.3.dfsg-1", Change("newer", "minor")),
    ("debian", "1:9-1", "9-1", Change("older", "major")),
    ("rpm", "1:3.0.7-24.el9", "1:3.2.2-6.el9_5", Change("newer", "minor")),
    ("rpm", "2.34-60.el9", "2.34-100.el9", Change("newer", "patch")),
    ("apk", "3.1.4-r5", "3.3.2-r0", Change("newer", "minor")),
    ("apk", "1.2.4-r0", "1.2.4-r2", Change("newer", "patch")),
    ("version", "3.0.15", "3.0.2", Change("older", "patch")),
    ("version", "15.8", "17.2", Change("newer", "major")),
    ("version", "1.1.1w", "1.1.1n", Change("older", "other")),
    ("version", "6.1.0-18-amd64", "6.1.0-21-amd64", Change("newer", "other")),
]


@pytest.mark.parametrize(("name", "local", "production", "expected"), PARTS)
def test_the_part_that_changed(name: str, local: str, production: str, expected: Change) -> None:
    way = named(name)
    assert way.change is not None
    assert way.change(local, production) == expected
