"""What a policy makes of findings: which count, which do not, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from parity.diff import compare
from parity.policy import Severity, verdict
from parity.policy.agreed import Expected, Policy, Tolerated, Weight
from tests.diff.profiles import SKIPPED, profile, section, unavailable
from tests.policy.policies import LOCAL, TODAY, named, sides, under, waiver

DAY = timedelta(days=1)


def test_no_policy_changes_nothing() -> None:
    applied = under(Policy())
    assert {one.standing for one in applied.findings} == {"open"}
    assert {one.note for one in applied.findings} == {None}
    assert (applied.ran_out, applied.unused, applied.gone, applied.untold) == ((), (), (), ())
    assert {key: one.severity.value for key, one in named(applied).items()} == {
        "database.jit": "warning",
        "database.server_version": "error",
        "environment.APP_DSN": "error",
        "environment.APP_KEY": "error",
        "packages.attrs": "error",
        "packages.numpy": "error",
        "packages.requests": "warning",
        "python.version": "info",
    }


# Waivers


@pytest.mark.parametrize("match", ["packages.numpy", "packages.n*", "packages.*y", "*.numpy", "packages.num[op]y"])
def test_a_waived_finding_stays_and_does_not_count(match: str) -> None:
    one = named(under(Policy(waivers=(waiver(match),))))["packages.numpy"]
    assert (one.standing, one.severity) == ("waived", Severity.ERROR)
    assert one.note == "waived by ops until 2026-03-01: the next image has it"


def test_a_rule_s_id_waives_its_findings_and_no_others() -> None:
    applied = under(Policy(waivers=(waiver("packages.major"),)))
    assert {key for key, one in named(applied).items() if one.standing == "waived"} == {
        "packages.attrs",
        "packages.numpy",
    }


@pytest.mark.parametrize(("expires", "holds"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True)])
def test_a_waiver_holds_through_the_day_that_it_names(expires: date, holds: bool) -> None:
    applied = under(Policy(waivers=(waiver("packages.numpy", expires),)))
    one = named(applied)["packages.numpy"]
    assert one.standing == ("waived" if holds else "open")
    assert [each.expires for each in applied.ran_out] == ([] if holds else [expires])
    assert applied.unused == ()
    if not holds:
        assert one.note == f"ops waived it until {expires}, which is over: the next image has it"


def test_one_that_ran_out_does_not_stand_in_the_way_of_one_that_holds() -> None:
    both = waiver("packages.numpy", TODAY - DAY, "shop"), waiver("packages.n*", TODAY)
    for waivers in (both, both[::-1]):
        applied = under(Policy(waivers=waivers))
        assert named(applied)["packages.numpy"].standing == "waived"
        assert (len(applied.ran_out), applied.unused) == (1, ())


def test_one_that_waives_nothing_is_told_where_its_section_was_looked_at() -> None:
    idle, elsewhere, over = waiver("packages.idna"), waiver("volumes.*"), waiver("*.nobody", TODAY - DAY)
    assert under(Policy(waivers=(idle, elsewhere, over))).unused == (idle, over)


# Severities


def test_of_several_severities_the_last_holds() -> None:
    weights = Weight("packages.*", Severity.INFO), Weight("packages.numpy", Severity.WARNING)
    found = named(under(Policy(weights=weights)))
    one = found["packages.numpy"]
    assert (one.severity, one.was, one.standing) == (Severity.WARNING, Severity.ERROR, "open")
    assert one.note == "warning by the policy's rule for packages.numpy"
    assert found["packages.requests"].severity is Severity.INFO
    assert named(under(Policy(weights=weights[::-1])))["packages.numpy"].severity is Severity.INFO


def test_the_worst_still_comes_first() -> None:
    weights = (Weight("python.*", Severity.ERROR), Weight("database.*", Severity.INFO))
    found = under(Policy(weights=weights)).findings
    assert [one.severity.weight for one in found] == sorted((one.severity.weight for one in found), reverse=True)
    assert (found[0].section, found[0].was) == ("python", Severity.INFO)


# Expected differences


@pytest.mark.parametrize(
    ("local", "production", "standing", "said"),
    [
        ("16.*", "15.*", "expected", "expected: local 16.*, production 15.*"),
        ("16.*", "14.*", "open", "expected was local 16.*, production 14.*, and production is not so"),
        ("17.*", "15.*", "open", "expected was local 17.*, production 15.*, and local is not so"),
        ("17.*", "14.*", "open", "expected was local 17.*, production 14.*, and neither side is so"),
    ],
)
def test_an_expected_difference_is_one_only_where_both_sides_are_so(
    local: str, production: str, standing: str, said: str
) -> None:
    one = named(under(Policy(expected={"database.server_version": Expected(local, production)})))[
        "database.server_version"
    ]
    assert (one.standing, one.note) == (standing, said)
    assert one.severity is (Severity.INFO if standing == "expected" else Severity.ERROR)


def test_the_words_for_what_a_side_has() -> None:
    expected = {
        "environment.APP_KEY": Expected("set", "missing"),
        "environment.APP_DSN": Expected({"state": "set"}, {"state": "emp*"}),
        "database.jit": Expected("yes", "no"),
        "packages.numpy": Expected("2.*", {"version": "1.26.?"}),
        "packages.requests": Expected("2.*", {"revision": "abc"}),
    }
    found = named(under(Policy(expected=expected)))
    standing = {key: found[key].standing for key in expected}
    assert standing.pop("packages.requests") == "open"
    assert set(standing.values()) == {"expected"}


# Tolerance


@pytest.mark.parametrize(
    ("most", "tolerated"),
    [
        ("patch", set()),
        ("minor", {"packages.requests"}),
        ("major", {"packages.requests", "packages.numpy", "packages.attrs"}),
    ],
)
def test_versions_are_tolerated_up_to_a_part(most: Tolerated, tolerated: set[str]) -> None:
    found = named(under(Policy(tolerance={"packages": most})))
    packages = {key: one for key, one in found.items() if one.section == "packages"}
    assert {key for key, one in packages.items() if one.severity is Severity.INFO} == tolerated
    for key in tolerated:
        assert packages[key].note == f"tolerated: packages may differ up to a {most} version"
    assert found["database.server_version"].severity is Severity.ERROR


def test_what_is_broken_is_not_tolerated() -> None:
    items = {"click": {"version": "8.1.7"}, "flask": {"version": "3.1.0", "requires": ["click>=8.1.3"]}}
    between = sides({"packages": items}, {"packages": {**items, "click": {"version": "8.0.4"}}})
    one = named(under(Policy(tolerance={"packages": "major"}), between=between))["packages.click"]
    assert (one.id, one.severity) == ("packages.requirement", Severity.ERROR)
    gone = sides({"packages": items}, {"packages": {"flask": items["flask"]}})
    assert named(under(Policy(tolerance={"packages": "major"}), between=gone))["packages.click"].severity is (
        Severity.ERROR
    )


def test_a_rule_is_closer_than_a_tolerance_and_a_fact_closer_than_a_rule() -> None:
    policy = Policy(
        weights=(Weight("packages.requests", Severity.ERROR), Weight("database.*", Severity.ERROR)),
        tolerance={"packages": "minor"},
        expected={"database.server_version": Expected("16.*", "15.*")},
    )
    found = named(under(policy))
    assert (found["packages.requests"].severity, found["packages.requests"].was) == (Severity.ERROR, Severity.WARNING)
    assert found["database.server_version"].standing == "expected"


# Required names


def test_a_required_name_is_an_error_whatever_local_has() -> None:
    applied = under(Policy(names=("APP_KEY", "APP_DSN", "NOWHERE")))
    told = {one.key: (one.id, one.severity.value) for one in applied.findings if one.section == "environment"}
    assert told == {
        "APP_KEY": ("environment.missing", "error"),
        "APP_DSN": ("environment.emptied", "error"),
        "NOWHERE": ("environment.required", "error"),
    }
    assert named(applied)["environment.NOWHERE"].why == "production does not set it, and the policy requires it"


def test_one_that_weighs_less_by_itself_becomes_an_error() -> None:
    between = sides(
        {**LOCAL, "environment": {"DISPLAY": {"state": "set"}, "EMPTY": {"state": "empty"}}},
        {**LOCAL, "environment": {"EMPTY": {"state": "empty"}, "SET": {"state": "set"}}},
    )
    applied = under(Policy(names=("DISPLAY", "EMPTY", "SET")), between=between)
    found = named(applied)
    assert len(applied.findings) == 3
    assert (found["environment.DISPLAY"].severity, found["environment.DISPLAY"].was) == (Severity.ERROR, Severity.INFO)
    assert found["environment.EMPTY"].why == "production sets it to nothing, and the policy requires it"


@pytest.mark.parametrize(
    "environment",
    [unavailable("not permitted"), SKIPPED, section({"X": {"state": "set"}}, hidden=("APP_*",)), None],
)
def test_a_required_name_that_nobody_could_look_for_is_incomplete(environment: object) -> None:
    whole = {name: section(items) for name, items in LOCAL.items()}
    lacking = {**whole, "environment": environment} if environment is not None else dict(whole)
    if environment is None:
        del lacking["environment"]
    between = profile(whole), profile(lacking)  # type: ignore[arg-type]
    applied = under(Policy(names=("APP_KEY",)), between=between)
    assert len(applied.untold) == 1
    assert applied.untold[0].startswith("APP_KEY is required in production, whose environment could not be told: ")
    answer = verdict(
        applied.findings,
        compare(*between),
        allow_unknown={"environment"},
        refused=applied.untold,
    )
    assert (answer.verdict, answer.exit_code) == ("incomplete", 3)
    assert answer.reasons == applied.untold


def test_only_what_is_open_is_drift() -> None:
    between = sides()
    rules: Mapping[str, Policy] = {
        "waived": Policy(waivers=(waiver("packages.*"), waiver("environment.*"), waiver("database.*"))),
        "over": Policy(waivers=tuple(waiver(f"{name}.*", TODAY - DAY) for name in LOCAL)),
    }
    codes = {name: verdict(under(one).findings, compare(*between)).exit_code for name, one in rules.items()}
    assert codes == {"waived": 0, "over": 1}
