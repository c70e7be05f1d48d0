"""Bounds of versions: what `packaging` says of them, for every form that the specification has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from parity.door.inside import versions

NUMBERS = st.lists(st.sampled_from([0, 1, 2, 10]), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))
PRE = st.sampled_from(["", "", "a1", "b2", "rc1", ".alpha.1", "-RC2"])
POST = st.sampled_from(["", "", ".post1", "-2", ".rev3"])
DEV = st.sampled_from(["", "", ".dev1"])
PUBLIC = st.tuples(st.sampled_from(["", "", "1!"]), NUMBERS, PRE, POST, DEV).map("".join)
VERSIONS = st.tuples(PUBLIC, st.sampled_from(["", "", "", "+cpu", "+cu12.1"])).map("".join)
BOUNDS = st.one_of(
    st.tuples(st.sampled_from(["==", "!=", "<=", ">=", "<", ">"]), PUBLIC),
    st.tuples(st.sampled_from(["==", "!="]), VERSIONS),
    st.tuples(st.sampled_from(["==", "!="]), NUMBERS.map(lambda text: text + ".*")),
    st.tuples(st.just("~="), NUMBERS.filter(lambda text: "." in text)),
).map("".join)


@given(st.lists(BOUNDS, min_size=1, max_size=3), VERSIONS)
def test_bounds_hold_as_the_reference_has_them(bounds: list[str], version: str) -> None:
    text = ",".join(bounds)
    assert versions.holds(text, version) == SpecifierSet(text).contains(version, prereleases=True)


@pytest.mark.parametrize(
    "text", ["", "4.2", ">=", "=>4", ">=4.2,", "~=4", ">=4.*", "==4.2rc1.*", ">=4+cpu", "latest", "^4.2", ">=4 <5"]
)
def test_what_is_no_bound_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        versions.bounds(text)


def test_what_is_no_version_is_within_no_bound() -> None:
    assert not versions.known("unknown")
    assert not versions.holds(">=0", "unknown")
