"""Requirements and markers, against what `packaging` makes of the same texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.markers import Marker, default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from parity.probe.packages import requirement

HERE = requirement.environment()
MARKERS = requirement.Markers(HERE)

REQUIREMENTS = [
    "requests",
    "Requests>=2,<3",
    "requests (>=2.0 , <3)",
    "zope.interface == 5.*",
    "typing_extensions>=4; python_version < '3.8'",
    "psycopg[binary,Pool] >= 3.2 ; sys_platform != 'win32'",
    "x[a]",
    "x[]",
    "x===1.0-weird",
    "x~=1.4.2,!=1.4.3",
    "name @ https://user:secret@host/x.zip;y=1 ; extra == 'net'",
    "name@https://host/x.zip",
    "A-B_C.d",
]


@pytest.mark.parametrize("text", REQUIREMENTS)
def test_a_requirement_reads_as_it_does_for_packaging(text: str) -> None:
    found, expected = requirement.parse(text), Requirement(text)
    assert found is not None
    assert found.key == canonicalize_name(expected.name)
    assert sorted(found.extras) == sorted(map(canonicalize_name, expected.extras))
    assert (found.marker is None) == (expected.marker is None)
    if expected.url:
        assert found.text == f"{found.key} @ url"
    else:
        again = Requirement(found.text)
        assert again.specifier == expected.specifier
        assert " " not in found.text


@pytest.mark.parametrize("text", ["", "-x", "x >>1", "x (>=1", "[a]", "x" * 3000, "x ==", "pkg>=1 junk", "x>=1)"])
def test_what_is_no_requirement(text: str) -> None:
    assert requirement.parse(text) is None
    if len(text) < requirement.LONGEST:
        with pytest.raises(InvalidRequirement):
            Requirement(text)


VARIABLES = st.sampled_from(
    ["python_version", "python_full_version", "implementation_version", "os_name", "sys_platform", "platform_system"]
)
VERSIONS = st.sampled_from(["3", "3.8", "3.11", "3.11.7", "3.12.0a7", "4", "2.7", "3.10.post1", "3.13.0.dev1"])
NAMES = st.sampled_from(["posix", "nt", "linux", "win32", "Linux", "darwin", "CPython"])
ORDERS = st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])


@st.composite
def comparisons(draw: st.DrawFn) -> str:
    variable = draw(VARIABLES)
    if "version" in variable:
        operator, value = draw(ORDERS), draw(VERSIONS)
        if operator in ("==", "!=") and draw(st.booleans()):
            value = draw(st.sampled_from(["3.*", "3.11.*", "2.*"]))
    else:
        operator, value = draw(st.sampled_from(["==", "!=", "in", "not in"])), draw(NAMES)
    if operator.endswith("in"):
        value = f"{value} {draw(NAMES)}"
    quote = draw(st.sampled_from("'\""))
    return f"{variable} {operator} {quote}{value}{quote}"


EXTRAS = st.sampled_from(["extra == 'net'", 'extra == "Fast_Path"', "extra != 'net'"])
TEXTS = st.recursive(
    comparisons() | EXTRAS,
    lambda inner: (
        st.builds("{} and {}".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("({})".format, inner)
    ),
    max_leaves=6,
)


@given(TEXTS, st.sampled_from(["", "net", "fast-path"]))
def test_markers_hold_as_they_do_for_packaging(text: str, extra: str) -> None:
    expected = Marker(text).evaluate({"extra": extra})
    found = MARKERS.holds(text, {extra} if extra else set())
    assert found == expected, text


def test_the_environment_is_that_of_packaging() -> None:
    assert default_environment() == HERE


@pytest.mark.parametrize(
    "text",
    [
        "made_up == 'x'",
        "platform_release >= '5'",
        "python_version >= 'x'",
        "python_version",
        "(" * 100 + "os_name == 'posix'" + ")" * 100,
        "os_name == 'posix' or",
        "os_name = 'posix'",
        "os_name == 'posix' os_name == 'posix'",
        "x" * 5000,
        "'" * 1999,
    ],
)
def test_what_cannot_be_told_keeps_the_requirement(text: str) -> None:
    assert MARKERS.holds(text) is None


def test_what_cannot_be_told_does_not_hide_what_can() -> None:
    assert MARKERS.holds("made_up == 'x' and os_name == 'nt'") is False
    assert MARKERS.holds("made_up == 'x' or os_name == 'posix'") is True
