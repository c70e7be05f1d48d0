"""JUnit XML, read by a strict parser and held against the schemas of those who read it."""

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
from tests.report.junit_schemas import ANT, JENKINS, faults


def suites(finished: Report, screen: Screen = Screen()) -> ElementTree.Element:  # noqa: B008
    """The document, held against both schemas."""
    text = render("junit", finished, screen)
    assert "<!" not in text
    root = ElementTree.fromstring(text.encode())
    assert [*faults(root, ANT), *faults(root, JENKINS)] == []
    assert [suite.attrib["id"] for suite in root] == [str(place) for place in range(len(root))]
    for one in root.iter():
        assert not INVISIBLE.search("".join((one.text or "", *one.attrib.values())).replace("\n", ""))
    for suite in root:
        cases = list(suite.iter("testcase"))
        outcomes = Counter(child.tag for case in cases for child in case)
        assert int(suite.attrib["tests"]) == len(cases)
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[name]) == outcomes[tag]
    assert all(len(case) <= 1 for case in root.iter("testcase"))
    return root


def total(root: ElementTree.Element, name: str) -> int:
    """A count of all suites together."""
    return sum(int(suite.attrib[name]) for suite in root)


def told(root: ElementTree.Element, section: str) -> list[str]:
    """What the passing cases of a suite tell, line by line."""
    text = root.findtext(f"testsuite[@name='{section}']/system-out")
    assert text is not None
    return text.splitlines()


def cases(root: ElementTree.Element) -> dict[tuple[str, str], ElementTree.Element]:
    return {(case.attrib["classname"], case.attrib["name"]): case for case in root.iter("testcase")}


def test_a_finding_that_is_drift_fails_and_what_could_not_be_compared_is_skipped() -> None:
    root = suites(report(laptop(), container(), shop()))
    found = cases(root)
    jinja = found["parity.packages", "packages.missing-required jinja2"][0]
    assert (jinja.tag, jinja.attrib["type"]) == ("failure", "packages.missing-required")
    assert jinja.text is not None
    assert "imported at shop/mail.py:12" in jinja.text.splitlines()
    assert found["parity.libraries", "compared"][0].attrib == {"message": "unavailable (production): timed out"}
    assert found["parity.volumes", "/srv/cache compared"][0].tag == "skipped"
    assert len(found["parity.environment", "compared"]) == 0
    assert len(found["parity.packages", "packages.minor requests"]) == 0
    assert "compared:" in told(root, "environment")
    place = told(root, "packages").index("packages.minor requests:")
    assert told(root, "packages")[place + 1] == "warning"


def test_what_fails_follows_the_level_of_the_gate() -> None:
    finished = report(laptop(), container())
    counts = finished.counts()
    for level, failures in (
        (None, 0),
        (Severity.ERROR, counts[Severity.ERROR]),
        (Severity.WARNING, counts[Severity.ERROR] + counts[Severity.WARNING]),
        (Severity.INFO, len(finished.open)),
    ):
        assert total(suites(replace(finished, fail_on=level)), "failures") == failures


def test_info_is_counted_and_listed_with_everything() -> None:
    finished = report(laptop(), container())
    few, all_of = suites(finished), suites(finished, Screen(everything=True))
    left = sum(int(one.attrib["value"]) for one in few.iter("property"))
    assert left == finished.counts()[Severity.INFO]
    assert total(all_of, "tests") == total(few, "tests") + left


def test_a_comparison_that_shows_nothing_is_an_error() -> None:
    root = suites(report(profile({}), profile({})))
    assert total(root, "errors") >= 1
    same = suites(report(laptop(), laptop()))
    assert (total(same, "errors"), total(same, "failures")) == (0, 0)


def test_what_the_policy_takes_out_is_skipped_with_its_note() -> None:
    whole = report(laptop(), container())
    waived = tuple(replace(one, standing="waived", note="waived by ops") for one in whole.findings)
    root = suites(replace(whole, findings=waived))
    assert total(root, "failures") == 0
    messages = Counter(one.attrib["message"] for one in root.iter("skipped"))
    assert messages["waived by ops"] == len(waived)


@pytest.mark.parametrize("attack", [*ATTACKS, None])
def test_attacks_stay_text(attack: str | None) -> None:
    finished = attacked() if attack is None else attacked([attack])
    assert total(suites(finished, Screen(everything=True)), "failures") > 0
    text = render("junit", finished, Screen())
    assert not any(isinstance(one, Command) for one in commands(text))
    if attack and attack.isprintable() and not re.search("::|##", attack) and len(attack) < 100:
        assert attack in {one.attrib["type"].removeprefix("packages.") for one in suites(finished).iter("failure")}


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"<testsuites>": '<testsuites skipped="0">'}, (True, True)),
        ({"<testsuites>": '<testsuites name="parity">'}, (True, False)),
        ({' hostname="localhost"': ""}, (True, False)),
        ({' tests="': ' count="'}, (True, True)),
        ({"<properties/>": ""}, (True, False)),
        ({"<system-err/>": ""}, (True, False)),
        ({"<system-err/>": "<log/>"}, (True, True)),
        ({"</testcase>": "<system-out/></testcase>"}, (True, False)),
        ({'T12:00:00"': 'T12:00:00Z"'}, (True, False)),
        ({'time="0"': 'time="none"'}, (True, True)),
        ({"<testsuites>": "<testsuites>text"}, (True, True)),
    ],
)
def test_the_schemas_refuse_what_departs_from_them(change: dict[str, str], refused: tuple[bool, bool]) -> None:
    text = render("junit", report(laptop(), container()), Screen())
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new)
    root = ElementTree.fromstring(text.encode())
    assert (any(faults(root, ANT)), any(faults(root, JENKINS))) == refused
