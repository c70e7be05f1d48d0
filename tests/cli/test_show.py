"""parity show"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import parity
from tests.proof.profiles import WHOLE, profile, section


@pytest.fixture
def web(tmp_path: Path) -> Path:
    many = section(**{f"package-{number}": {"version": "1.0"} for number in range(100)})
    sections = {**WHOLE, "system_packages": many, "volumes": section("unavailable", "timeout")}
    path = tmp_path / "web.json"
    path.write_bytes(profile(sections))
    return path


def test_it_shows_every_section_and_how_the_look_at_it_ended(web: Path) -> None:
    result = parity("show", web)
    assert (result.code, result.err) == (0, "")
    shown = " ".join(result.out.split())
    assert "profile web target docker://web" in shown
    for words in (
        "python ok 2 items",
        "volumes unavailable timeout",
        "requests 2.32.3",
        "system_packages ok 100 items",
    ):
        assert words in shown
    assert "package-7" not in shown


def test_what_is_only_counted_can_be_listed(web: Path) -> None:
    for words in (("--all",), ("--section", "system_packages")):
        shown = parity("show", web, *words).out
        assert all(f"package-{number}" in shown for number in range(100))


def test_it_shows_a_live_target_and_standard_input(web: Path) -> None:
    assert "this machine" not in parity("show").err
    assert parity("show").out.startswith("profile  local")
    assert parity("show", "-", stdin=web.read_bytes()).out == parity("show", web).out


def test_it_judges_nothing() -> None:
    assert parity("show", "-", stdin=profile({})).code == 0
