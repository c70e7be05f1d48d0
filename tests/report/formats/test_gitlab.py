"""The code quality report, by the format's own rules."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from parity.report import Report, Screen, render
from parity.report.base import Places
from tests.diff.profiles import profile
from tests.report.consumers import Command, commands
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import ATTACKS, INVISIBLE, attacked


def entries(finished: Report) -> list[dict[str, Any]]:
    """The report, held against the documented format."""
    found: list[dict[str, Any]] = json.loads(render("gitlab", finished, Screen()))
    for one in found:
        assert one.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["location"].keys() == {"path", "lines"}
        assert not one["location"]["path"].startswith(("/", "./"))
        assert isinstance(one["location"]["lines"]["begin"], int)
        assert one["location"]["lines"]["begin"] >= 1
        assert all(isinstance(one[name], str) for name in ("description", "check_name", "fingerprint"))
        assert not INVISIBLE.search("".join((one["description"], one["check_name"], one["location"]["path"])))
    fingerprints = [one["fingerprint"] for one in found]
    assert len(set(fingerprints)) == len(fingerprints)
    return found


def test_it_holds_every_finding_that_counts() -> None:
    finished = report(laptop(), container(), shop())
    found = entries(finished)
    assert len(found) == len(finished.open)
    jinja = next(one for one in found if one["check_name"] == "packages.missing-required")
    assert jinja["severity"] == "critical"
    assert jinja["location"] == {"path": "uv.lock", "lines": {"begin": 54}}
    assert jinja["description"].startswith("jinja2: 3.1.4 locally, missing in production: production does not have it")
    assert {one["severity"] for one in found} == {"critical", "minor", "info"}


def test_a_fingerprint_stays_and_is_that_of_both_sides() -> None:
    finished = replace(report(laptop(), container()), places=Places(production="profiles/production.json"))
    here = {one["check_name"]: one["fingerprint"] for one in entries(report(laptop(), container(), shop()))}
    there = {one["check_name"]: one["fingerprint"] for one in entries(finished)}
    assert here["packages.missing-required"] == there["packages.missing-required"]
    other = tuple(replace(one, production="another") for one in finished.findings)
    assert not set(here.values()) & {one["fingerprint"] for one in entries(replace(finished, findings=other))}
    assert {one["location"]["path"] for one in entries(finished)} == {"profiles/production.json"}


def test_parity_is_an_empty_list_and_incomplete_is_not() -> None:
    assert entries(report(laptop(), laptop())) == []
    (one,) = [one for one in entries(report(profile({}), profile({}))) if "nothing was compared" in one["description"]]
    assert (one["severity"], one["check_name"]) == ("blocker", "parity.incomplete")


def test_many_are_counted() -> None:
    whole = report(laptop(), container())
    many = tuple(replace(whole.findings[0], key=f"KEY_{place:06}") for place in range(100_000))
    found = entries(replace(whole, findings=many))
    assert len(found) == 5_001
    assert found[-1]["description"].startswith("95000 findings more")


@pytest.mark.parametrize("attack", [*ATTACKS, None])
def test_attacks_stay_text(attack: str | None) -> None:
    finished = attacked() if attack is None else attacked([attack])
    assert entries(finished)
    assert not any(isinstance(one, Command) for one in commands(render("gitlab", finished, Screen())))
