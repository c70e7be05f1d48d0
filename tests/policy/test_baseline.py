"""The baseline: what was there on the day is not news, and what has become of it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parity.policy import Severity
from parity.policy.agreed import Baseline, Policy, Weight
from parity.policy.baseline import adopt, entry, fingerprint
from parity.profile.model import Profile
from tests.diff.profiles import SKIPPED, profile, section
from tests.policy.policies import LOCAL, PRODUCTION, named, sides, under, waiver


def today() -> Baseline:
    """Everything that differs today."""
    return adopt("base.json", under(Policy()).findings)


def changed(**sections: Mapping[str, Any]) -> tuple[Profile, Profile]:
    return sides(LOCAL, {**PRODUCTION, **sections})


def test_what_was_there_on_the_day_does_not_count() -> None:
    applied = under(Policy(), today())
    assert {(one.standing, one.note) for one in applied.findings} == {("adopted", "in the baseline")}
    assert applied.gone == ()
    assert applied.baseline == "base.json"


def test_another_version_is_another_difference() -> None:
    packages = {**PRODUCTION["packages"], "numpy": {"version": "1.25.0"}}
    applied = under(Policy(), today(), between=changed(packages=packages))
    assert {key for key, one in named(applied).items() if one.standing == "open"} == {"packages.numpy"}
    assert [one.key for one in applied.gone] == ["numpy"]
    newer = {**LOCAL["packages"], "numpy": {"version": "2.2.0"}}
    ahead = under(Policy(), today(), between=sides({**LOCAL, "packages": newer}))
    assert named(ahead)["packages.numpy"].standing == "open"


def test_one_that_has_come_to_weigh_more_is_drift_again() -> None:
    raised = under(Policy(weights=(Weight("packages.requests", Severity.ERROR),)), today())
    assert named(raised)["packages.requests"].standing == "open"
    lowered = under(Policy(weights=(Weight("packages.numpy", Severity.INFO),)), today())
    assert named(lowered)["packages.numpy"].standing == "adopted"
    assert raised.gone == lowered.gone == ()


def test_what_is_no_longer_there_is_counted_where_it_was_looked_for() -> None:
    same = under(Policy(), today(), between=sides(LOCAL, LOCAL))
    assert (len(same.findings), len(same.gone)) == (0, 8)
    left, right = sides(LOCAL, LOCAL)
    without = profile({**right.sections, "packages": SKIPPED, "environment": section({}, hidden=("APP_*",))})
    unseen = under(Policy(), today(), between=(left, without))
    assert {one.section for one in unseen.gone} == {"database", "python"}


def test_a_waived_difference_is_not_gone() -> None:
    applied = under(Policy(waivers=(waiver("packages.numpy"),)), today())
    assert named(applied)["packages.numpy"].standing == "waived"
    assert applied.gone == ()


def test_fingerprints_tell_differences_apart_and_nothing_else() -> None:
    findings = under(Policy()).findings
    assert len({fingerprint(one) for one in findings}) == len(findings)
    again = under(Policy(weights=(Weight("*.n*", Severity.INFO),))).findings
    assert {fingerprint(one) for one in again} == {fingerprint(one) for one in findings}
    # Published: a baseline that is in a repository must hold tomorrow.
    assert entry(named(under(Policy()))["packages.numpy"]).fingerprint == "68899ef80caaac21d98b3aea886c188f"


def test_entries_are_sorted_and_stand_once() -> None:
    findings = under(Policy()).findings
    made = adopt("x", [*findings[::-1], *findings])
    assert made.entries == today().entries
    assert [(one.section, one.key) for one in made.entries] == sorted((one.section, one.key) for one in findings)
