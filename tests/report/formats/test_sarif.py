"""SARIF, by its schema and by what GitHub asks of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from parity.policy.registry import registry
from parity.report import Report, Screen, render
from parity.report.base import Places
from tests.diff.profiles import profile
from tests.report.consumers import Command, commands, published
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import ATTACKS, attacked

VALIDATOR = jsonschema.Draft7Validator(published("https://json.schemastore.org/sarif-2.1.0.json"))


def run(finished: Report) -> dict[str, Any]:
    """The one run, held against the schema and against what its references promise."""
    log = json.loads(render("sarif", finished, Screen()))
    VALIDATOR.validate(log)
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
        assert "](" not in result["message"]["text"].replace("\\](", "")
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in one["results"]]
    assert len(set(prints)) == len(prints)
    found: dict[str, Any] = one
    return found


def at(result: dict[str, Any]) -> tuple[str, int | None]:
    physical = result["locations"][0]["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical.get("region", {}).get("startLine")


def test_a_result_stands_at_the_line_that_declares_the_thing() -> None:
    found = run(report(laptop(), container(), shop()))
    places = {
        (one["ruleId"], one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]): one
        for one in found["results"]
    }
    jinja = places["packages.missing-required", "packages.jinja2"]
    assert (at(jinja), jinja["level"]) == (("uv.lock", 54), "error")
    assert at(places["environment.undeclared", "environment.SENTRY_DSN"]) == ("shop/settings.py", 52)
    assert at(places["platform.libc-older", "platform.libc_version"]) == ("docker://web", None)
    assert {one["level"] for one in found["results"]} == {"error", "warning", "note"}


def test_without_such_a_line_it_stands_at_the_profile() -> None:
    finished = replace(report(laptop(), container()), places=Places(production="profiles/to day.json"))
    assert {at(one) for one in run(finished)["results"]} == {("profiles/to%20day.json", 1)}


def test_its_rules_are_those_of_the_registry() -> None:
    for rule in run(report(laptop(), container(), shop()))["tool"]["driver"]["rules"]:
        known = registry()[rule["id"]]
        assert rule["shortDescription"]["text"] == known.meaning
        assert (
            rule["defaultConfiguration"]["level"]
            == {"error": "error", "warning": "warning", "info": "note"}[known.severity.value]
        )
        assert "Next: " in rule["help"]["text"]


def test_an_incomplete_comparison_is_a_run_that_failed() -> None:
    (told,) = run(report(profile({}), profile({})))["invocations"]
    assert (told["executionSuccessful"], told["exitCode"]) == (False, 3)
    assert told["toolExecutionNotifications"][0] == {"level": "error", "message": {"text": "nothing was compared"}}
    (told,) = run(report(laptop(), container()))["invocations"]
    assert (told["executionSuccessful"], told["exitCode"]) == (True, 1)
    assert "Not compared: database" in told["toolExecutionNotifications"][0]["message"]["text"]


def test_what_does_not_count_is_counted_and_no_result() -> None:
    told = run(attacked())
    notes = [one["message"]["text"] for one in told["invocations"][0]["toolExecutionNotifications"]]
    assert any(note.startswith("Not counted: ") for note in notes)
    assert len(told["results"]) == len(attacked().open)


def test_many_are_cut_to_what_github_takes_and_counted() -> None:
    whole = report(laptop(), container())
    many = tuple(replace(whole.findings[0], key=f"KEY_{place:06}") for place in range(100_000))
    told = run(replace(whole, findings=many))
    assert len(told["results"]) == 5_000
    notes = [one["message"]["text"] for one in told["invocations"][0]["toolExecutionNotifications"]]
    assert "95000 findings of 100000 left out, the least of them: the JSON report has them all." in notes


@pytest.mark.parametrize("attack", [*ATTACKS, None])
def test_attacks_stay_text(attack: str | None) -> None:
    finished = attacked() if attack is None else attacked([attack])
    told = run(finished)
    assert told["results"]
    for uri, _ in map(at, told["results"]):
        assert urlsplit(uri).scheme != "javascript"
        assert ".." not in unquote(uri).split("/")
    assert not any(isinstance(one, Command) for one in commands(render("sarif", finished, Screen())))
