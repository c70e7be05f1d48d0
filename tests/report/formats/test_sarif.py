"""SARIF, by both editions of its schema and by what GitHub asks of it.

https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from parity.policy.registry import registry
from parity.profile.model import Source
from parity.report import Report, Screen, render
from parity.report.base import Places
from tests.diff.profiles import profile
from tests.report.consumers import Command, commands, oasis, published
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import ATTACKS, attacked

STANDARD = oasis("sarif-2.1.0")
VALIDATORS = [
    jsonschema.Draft7Validator(published("https://json.schemastore.org/sarif-2.1.0.json")).validate,
    *([] if STANDARD is None else [jsonschema.Draft4Validator(STANDARD).validate]),
]


def run(finished: Report) -> dict[str, Any]:
    """The one run, held against the schemas, against what its references promise and against GitHub's limits."""
    text = render("sarif", finished, Screen())
    log = json.loads(text)
    for validate in VALIDATORS:
        validate(log)
    assert len(gzip.compress(text.encode())) < 10_000_000
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert all(0 < len(rule[name]["text"]) <= 1024 for name in ("shortDescription", "fullDescription"))
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10
    assert len(one["results"]) <= 5_000
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert "](" not in result["message"]["text"].replace("\\](", "")
        (location,) = result["locations"]
        assert relative(location["physicalLocation"]["artifactLocation"]["uri"])
        assert location["physicalLocation"].get("region", {}).get("startLine", 1) >= 1
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in one["results"]]
    assert len(set(prints)) == len(prints)
    found: dict[str, Any] = one
    return found


def relative(uri: str) -> bool:
    """Whether it is a path below the checkout. An upload with a URI of any other scheme is refused as a whole."""
    parts = urlsplit(uri)
    inside = not {"", ".", ".."}.intersection(parts.path.split("/"))
    return uri == parts.path and uri.isascii() and " " not in uri and inside and ":" not in uri.partition("/")[0]


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
    assert at(places["platform.libc-older", "platform.libc_version"]) == ("docker/web", None)
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
    assert not any(isinstance(one, Command) for one in commands(render("sarif", finished, Screen())))


@pytest.mark.parametrize(
    ("kind", "reference", "uri"),
    [
        ("docker", "web", "docker/web"),
        ("kubernetes", "shop/deployment/web", "kubernetes/shop/deployment/web"),
        ("exec", "heroku run python3", "exec/heroku%20run%20python3"),
        ("rootfs", "/srv/../etc", "rootfs/srv/etc"),
    ],
)
def test_a_target_that_is_no_file_of_the_checkout_is_a_path(kind: str, reference: str, uri: str) -> None:
    finished = report(laptop(), replace(container(), target=Source(kind, reference)))
    assert {at(one) for one in run(finished)["results"]} == {(uri, None)}
