"""What a distribution says of itself, odd files included."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.utils import canonicalize_name

from parity.probe.packages import metadata

DATA = Path(__file__).parents[1] / "data" / "metadata"
EXPECTED = json.loads((DATA / "expected.json").read_text())


def test_every_case_has_its_expectation() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in DATA.glob("*.txt"))


@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_headers(case: str) -> None:
    found = metadata.parse((DATA / f"{case}.txt").read_bytes())
    assert vars(found) == EXPECTED[case]


def test_a_character_cut_by_the_end_of_the_data_is_no_fault() -> None:
    data = "Name: x\nVersion: 1\nAuthor: René".encode()
    assert metadata.parse(data[:-1]).utf8
    assert not metadata.parse(data[:-1] + b"\n\n").utf8


@given(st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,20}[A-Za-z0-9])?", fullmatch=True))
def test_names_are_normalised_as_the_specification_says(name: str) -> None:
    assert metadata.NAME.match(name)
    assert metadata.normalised(name) == canonicalize_name(name)


@pytest.mark.parametrize(
    ("directory", "expected"),
    [
        ("zope.interface-5.0.dist-info", ("zope.interface", "5.0")),
        ("old-name-1.0.dist-info", ("old-name", "1.0")),
        ("no_version.egg-info", ("no_version", None)),
        ("thing-1.0-py3.11.egg-info", ("thing", "1.0")),
        ("thing-1.0-py3.11-linux-x86_64.egg", ("thing", "1.0")),
        ("nothing.dist-info", ("nothing", None)),
        ("-.dist-info", (None, None)),
        ("\x1b[2J-1.0.dist-info", (None, "1.0")),
    ],
)
def test_what_the_name_of_a_directory_tells(directory: str, expected: tuple[str | None, str | None]) -> None:
    assert metadata.stem(directory) == expected


def test_requires_txt_becomes_requirements_with_markers() -> None:
    text = (
        "attrs>=20\n# a comment\n\n[net]\nrequests\n\n[:python_version<'3']\nfutures\n\n[dev:os_name=='nt']\ncolorama\n"
    )
    assert metadata.requires_txt(text) == [
        "attrs>=20",
        'requests ; extra == "net"',
        "futures ; (python_version<'3')",
        "colorama ; (os_name=='nt') and extra == \"dev\"",
    ]
