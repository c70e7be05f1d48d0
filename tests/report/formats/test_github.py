"""Annotations, read by the runner's own grammar."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from parity.report import Report, Screen, render
from parity.report.base import Places
from tests.diff.profiles import profile
from tests.report.consumers import Command, commands
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import ATTACKS, HOSTILE, INVISIBLE, attacked


def read(finished: Report) -> list[Command]:
    """The report as the runner reads it: every line is a command."""
    found = [one for one in commands(render("github", finished, Screen())) if isinstance(one, Command)]
    assert len(found) == len(commands(render("github", finished, Screen())))
    return found


def test_the_grammar_is_the_runner_s() -> None:
    assert commands("::error file=a%3Ab,line=3::100%25%0Adone\n") == [
        Command("error", {"file": "a:b", "line": "3"}, "100%\ndone")
    ]
    assert commands("x ##[set-env name=A;b=%5D]y") == [Command("set-env", {"name": "A", "b": "]"}, "y")]
    assert commands("  ::stop-commands::t") == [Command("stop-commands", {}, "t")]
    assert commands("x ::error::y\n::unknown::z") == ["x ::error::y", "::unknown::z"]


def test_each_finding_stands_at_the_line_that_declares_the_thing() -> None:
    found = read(report(laptop(), container(), shop()))
    places = {one.properties["title"]: (one.properties.get("file"), one.properties.get("line")) for one in found}
    assert places["packages.missing-required jinja2"] == ("uv.lock", "54")
    assert places["python.version-minor version"] == ("Dockerfile", "1")
    assert places["environment.missing DATABASE_URL"] == (".env.example", "1")
    assert places["environment.undeclared SENTRY_DSN"] == ("shop/settings.py", "52")
    assert places["platform.libc-older libc_version"] == (None, None)
    told = next(one for one in found if one.properties["title"] == "packages.missing-required jinja2")
    assert told.name == "error"
    assert told.data.splitlines()[0] == "jinja2: 3.1.4 locally, missing in production"
    assert "imported at shop/mail.py:12" in told.data.splitlines()


def test_what_no_line_declares_stands_at_production_s_profile() -> None:
    finished = replace(report(laptop(), container()), places=Places(production="profiles/production.json"))
    found = read(finished)
    assert {one.properties.get("file") for one in found} == {"profiles/production.json", None}
    assert found[0].properties["file"] == "profiles/production.json"


def test_the_last_says_what_it_comes_to() -> None:
    for finished in (report(laptop(), container()), report(laptop(), laptop()), report(profile({}), profile({}))):
        found = read(finished)
        verdict = finished.verdict.verdict
        assert (found[-1].name, found[-1].properties["title"]) == ("notice", f"verdict: {verdict}")
        assert "ompared" in found[-1].data
        incomplete = [one for one in found if one.properties["title"] == "parity: incomplete"]
        assert [one.data for one in incomplete] == list(finished.verdict.reasons if verdict == "incomplete" else ())


@pytest.mark.parametrize("count", [9, 10, 11, 100_000])
def test_a_step_gets_ten_of_a_type_and_the_rest_is_counted(count: int) -> None:
    whole = report(laptop(), container())
    many = tuple(replace(whole.findings[0], key=f"KEY_{place:06}") for place in range(count))
    found = read(replace(whole, findings=many))
    assert Counter(one.name for one in found) == {"error": min(count, 10), "notice": 1}
    if count > 10:
        assert found[9].properties["title"] == f"parity: {count - 9} errors more"


def test_info_and_what_does_not_count_are_no_annotations() -> None:
    whole = report(laptop(), container())
    waived = tuple(replace(one, standing="waived", note="waived") for one in whole.findings)
    assert [one.name for one in read(replace(whole, findings=waived))] == ["notice"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_stay_text(attack: str) -> None:
    raw = render("github", attacked([attack]), Screen())
    assert not INVISIBLE.search(raw)
    found = read(attacked([attack]))
    assert {one.name for one in found} <= {"error", "warning", "notice"}
    assert found[-1].properties["title"].startswith("verdict: ")
    assert all(one.properties.keys() <= {"file", "line", "title"} for one in found)
    assert all(len(one.data) <= 4096 and len(one.properties["title"]) <= 255 for one in found)


def test_all_attacks_at_once_are_ten_errors_ten_warnings_and_the_verdict() -> None:
    found = read(attacked())
    assert Counter(one.name for one in found) == {"error": 10, "warning": 10, "notice": 1}


@pytest.mark.parametrize("attack", [text for text in HOSTILE if text.isprintable() and "::" not in text])
def test_what_can_be_shown_is_shown_as_it_is(attack: str) -> None:
    found = read(attacked([attack]))
    shown = attack.replace("##[", r"#\x23[")
    assert any(shown in one.data for one in found if one.name == "error")
