"""JUnit XML, read by a strict parser and held against the format that test reporters agree on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from parity.policy.model import Severity
from parity.report import Report, Screen, render
from tests.diff.profiles import profile
from tests.report.consumers import Command, commands
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import ATTACKS, INVISIBLE, attacked

CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"properties", "testcase"},
    "properties": {"property"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    "property": {"name", "value"},
    "testcase": {"classname", "name", "time"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
}
"""Of https://github.com/jenkinsci/xunit-plugin, junit-10.xsd: what of it is written here, and no more."""


def suites(finished: Report, screen: Screen = Screen()) -> ElementTree.Element:  # noqa: B008
    """The document, held against the format."""
    text = render("junit", finished, screen)
    assert "<!" not in text
    root = ElementTree.fromstring(text.encode())
    assert root.tag == "testsuites"
    for one in root.iter():
        assert {child.tag for child in one} <= CHILDREN.get(one.tag, set()), one.tag
        assert one.attrib.keys() <= ATTRIBUTES.get(one.tag, set()), one.tag
        assert not INVISIBLE.search("".join((one.text or "", *one.attrib.values())).replace("\n", ""))
    for suite in (*root, root):
        cases = list(suite.iter("testcase"))
        outcomes = Counter(child.tag for case in cases for child in case)
        assert int(suite.attrib["tests"]) == len(cases)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[name]) == outcomes[tag]
    assert all(len(case) <= 1 for case in root.iter("testcase"))
    return root


def cases(root: ElementTree.Element) -> dict[tuple[str, str], ElementTree.Element]:
    return {(case.attrib["classname"], case.attrib["name"]): case for case in root.iter("testcase")}


def test_a_finding_that_is_drift_fails_and_what_could_not_be_compared_is_skipped() -> None:
    found = cases(suites(report(laptop(), container(), shop())))
    jinja = found["parity.packages", "packages.missing-required jinja2"][0]
    assert (jinja.tag, jinja.attrib["type"]) == ("failure", "packages.missing-required")
    assert jinja.text is not None
    assert "imported at shop/mail.py:12" in jinja.text.splitlines()
    assert found["parity.libraries", "compared"][0].attrib == {"message": "unavailable (production): timed out"}
    assert found["parity.volumes", "/srv/cache compared"][0].tag == "skipped"
    assert found["parity.environment", "compared"][0].tag == "system-out"
    assert found["parity.packages", "packages.minor requests"][0].tag == "system-out"


def test_what_fails_follows_the_level_of_the_gate() -> None:
    finished = report(laptop(), container())
    counts = finished.counts()
    for level, failures in (
        (None, 0),
        (Severity.ERROR, counts[Severity.ERROR]),
        (Severity.WARNING, counts[Severity.ERROR] + counts[Severity.WARNING]),
        (Severity.INFO, len(finished.open)),
    ):
        assert int(suites(replace(finished, fail_on=level)).attrib["failures"]) == failures


def test_info_is_counted_and_listed_with_everything() -> None:
    finished = report(laptop(), container())
    few, all_of = suites(finished), suites(finished, Screen(everything=True))
    left = sum(int(one.attrib["value"]) for one in few.iter("property"))
    assert left == finished.counts()[Severity.INFO]
    assert int(all_of.attrib["tests"]) == int(few.attrib["tests"]) + left


def test_a_comparison_that_shows_nothing_is_an_error() -> None:
    root = suites(report(profile({}), profile({})))
    assert int(root.attrib["errors"]) >= 1
    assert suites(report(laptop(), laptop())).attrib["errors"] == "0"
    assert suites(report(laptop(), laptop())).attrib["failures"] == "0"


def test_what_the_policy_takes_out_is_skipped_with_its_note() -> None:
    whole = report(laptop(), container())
    waived = tuple(replace(one, standing="waived", note="waived by ops") for one in whole.findings)
    root = suites(replace(whole, findings=waived))
    assert root.attrib["failures"] == "0"
    messages = Counter(one.attrib["message"] for one in root.iter("skipped"))
    assert messages["waived by ops"] == len(waived)


@pytest.mark.parametrize("attack", [*ATTACKS, None])
def test_attacks_stay_text(attack: str | None) -> None:
    finished = attacked() if attack is None else attacked([attack])
    assert int(suites(finished, Screen(everything=True)).attrib["failures"]) > 0
    text = render("junit", finished, Screen())
    assert not any(isinstance(one, Command) for one in commands(text))
    if attack and attack.isprintable() and not re.search("::|##", attack) and len(attack) < 100:
        assert attack in {one.attrib["type"].removeprefix("packages.") for one in suites(finished).iter("failure")}
