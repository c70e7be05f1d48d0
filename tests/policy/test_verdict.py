"""Parity, drift or incomplete, and the exit code that goes with each."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from parity.diff import compare
from parity.policy import Severity, Verdict, judge, verdict
from parity.profile.model import Section
from tests.diff.profiles import SKIPPED, absent, ok, profile, section, unavailable

PYTHON, PACKAGES, ENVIRONMENT = (
    ok(version="3.11.2"),
    section({"a": {"version": "1.0.0"}}),
    section({"X": {"state": "set"}}),
)
WHOLE = {"python": PYTHON, "packages": PACKAGES, "environment": ENVIRONMENT}
MAJOR, PATCH = (section({"a": {"version": version}}) for version in ("2.0", "1.0.9"))


def of(
    local: Mapping[str, Section],
    production: Mapping[str, Section],
    fail_on: Severity | None = Severity.ERROR,
    required: frozenset[str] = frozenset({"python", "packages", "environment"}),
    allow_unknown: frozenset[str] = frozenset(),
    insisted: frozenset[str] = frozenset(),
) -> Verdict:
    sides = profile(local), profile(production)
    comparison = compare(*sides)
    return verdict(judge(comparison, *sides), comparison, fail_on, required, allow_unknown, insisted)


def test_the_same_on_both_sides_is_parity() -> None:
    assert of(WHOLE, WHOLE) == Verdict("parity", 0, ())


@pytest.mark.parametrize(
    ("packages", "fail_on", "code"),
    [
        (MAJOR, Severity.ERROR, 1),
        (PATCH, Severity.ERROR, 0),
        (PATCH, Severity.WARNING, 0),
        (PATCH, Severity.INFO, 1),
        (MAJOR, None, 0),
    ],
)
def test_drift_is_what_reaches_the_threshold(packages: Section, fail_on: Severity | None, code: int) -> None:
    found = of(WHOLE, {**WHOLE, "packages": packages}, fail_on)
    assert found.exit_code == code
    assert found.verdict == ("drift" if code else "parity")
    assert bool(found.reasons) == bool(code)


@pytest.mark.parametrize("missing", WHOLE)
def test_a_required_section_that_could_not_be_looked_at_is_incomplete(missing: str) -> None:
    for sides in ((WHOLE, {**WHOLE, missing: unavailable()}), ({**WHOLE, missing: unavailable()}, WHOLE)):
        found = of(*sides)
        assert (found.verdict, found.exit_code) == ("incomplete", 3)
        assert missing in found.reasons[0]
        assert "timed out" in found.reasons[0]
        assert of(*sides, allow_unknown=frozenset({missing})).exit_code == 0


def test_incomplete_beats_drift_and_no_threshold_masks_it() -> None:
    production = {**WHOLE, "packages": MAJOR, "python": unavailable()}
    for fail_on in (*Severity, None):
        assert of(WHOLE, production, fail_on).exit_code == 3


def test_other_sections_may_be_unknown_until_they_are_required() -> None:
    local, production = {**WHOLE, "database": ok(jit=True)}, {**WHOLE, "database": unavailable()}
    assert of(local, production).exit_code == 0
    assert of(local, production, required=frozenset({"python", "database"})).exit_code == 3


def test_partial_satisfies_and_skipped_is_not_required() -> None:
    hidden = section({"a": {"version": "1.0.0"}}, hidden=("b",))
    assert of(WHOLE, {**WHOLE, "packages": hidden}).exit_code == 0
    assert of(WHOLE, {**WHOLE, "packages": SKIPPED}).exit_code == 0


def test_a_section_that_was_named_is_required_even_where_it_was_skipped() -> None:
    named = frozenset({"database"})
    for skipped in ({"database": SKIPPED}, {"database": unavailable()}):
        found = of({**WHOLE, "database": ok(jit=True)}, {**WHOLE, **skipped}, insisted=named)
        assert (found.verdict, found.exit_code) == ("incomplete", 3)
        assert "database is required" in found.reasons[0]
    assert of(WHOLE, {**WHOLE, "database": SKIPPED}, allow_unknown=named, insisted=named).exit_code == 0


@pytest.mark.parametrize(
    ("local", "production"),
    [
        ({}, {}),
        ({"python": SKIPPED}, {"python": PYTHON}),
        ({"database": absent()}, {"database": absent()}),
        ({name: section({}) for name in WHOLE}, {name: section({}) for name in WHOLE}),
        ({name: unavailable() for name in WHOLE}, {name: unavailable() for name in WHOLE}),
        ({"volumes": section({"/data": {"writable": True}})}, {"volumes": section({}, hidden=("*",))}),
    ],
)
def test_nothing_compared_is_never_parity(local: Mapping[str, Section], production: Mapping[str, Section]) -> None:
    everything = frozenset(WHOLE)
    assert of(local, production, None, allow_unknown=everything) == Verdict("incomplete", 3, ("nothing was compared",))


def test_a_required_section_of_which_one_side_saw_nothing_is_incomplete() -> None:
    unseen = section({}, hidden=("*",))
    for sides in ((WHOLE, {**WHOLE, "environment": unseen}), ({**WHOLE, "environment": unseen}, WHOLE)):
        found = of(*sides)
        assert (found.verdict, found.exit_code) == ("incomplete", 3)
        assert found.reasons[0].startswith("environment is required and nothing of it could be told")
    assert of(WHOLE, {**WHOLE, "environment": unseen}, allow_unknown=frozenset({"environment"})).exit_code == 0
