"""The lists of packages."""

from __future__ import annotations

import re

import pytest

from parity.diff.comparisons.pep440 import parsed
from parity.policy import known_packages

LISTS = ("breaking_minors", "development_tools", "home_writers", "implicit_imports", "started_programs")


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_of_the_form_that_its_list_says(name: str) -> None:
    for entry in known_packages._entries(name):
        assert entry.lines, entry.head
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one) for one in entry.head.split()), entry.head
        if name == "development_tools":
            assert entry.after.startswith("that ")
            assert list(entry.lines) == sorted(set(entry.lines), key=entry.lines.index)
        else:
            assert entry.source.startswith(("https://", "http://")), entry.head


def test_every_release_that_breaks_is_a_minor_one_of_a_package_past_one() -> None:
    for entry in known_packages._entries("breaking_minors"):
        versions = [parsed(line.partition(" ")[0]) for line in entry.lines]
        assert all(one is not None and one.major >= 1 and one.minor >= 1 for one in versions), entry.head
        assert versions == sorted(versions)  # type: ignore[type-var]


def test_packages_are_looked_up_by_their_names() -> None:
    assert known_packages.development("pytest-mock") == "that runs or helps tests"
    assert known_packages.development("types-requests") == "that checks types"
    assert known_packages.development("pytest2") is None
    assert known_packages.started_by("gunicorn") == ("gunicorn",)
    assert known_packages.started_by("sleep") == ()
    assert "uvicorn" in known_packages.started()
    assert "psycopg2" in known_packages.implicit("sqlalchemy")
    assert known_packages.implicit("attrs") == ()
    assert known_packages.breaking("markupsafe") == (("2.1", "2.1 removed soft_unicode"),)
    assert known_packages.writes_home("matplotlib")
    assert not known_packages.writes_home("requests")


def test_a_line_needs_a_head() -> None:
    with pytest.raises(ValueError, match="below no head: gunicorn"):
        list(known_packages.parsed("gunicorn\n"))
