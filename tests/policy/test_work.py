"""What judging under a large policy costs: at most as much again as the plain diff.

Calls of functions are counted, not seconds: they are the same on every machine, however busy.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import FrameType
from typing import Any

from parity.diff import compare
from parity.policy import Severity, judge
from parity.policy.agreed import Expected, Policy, Waiver, Weight
from parity.policy.apply import apply
from parity.policy.baseline import adopt
from parity.policy.match import Matcher
from parity.policy.model import Sides
from tests.diff.profiles import profile, section
from tests.policy.policies import TODAY, waiver

ITEMS, RULES, ENTRIES = 5_000, 200, 500

ROOMS = ("packages", "environment", "system_packages", "volumes", "libraries")


def side(version: str) -> Any:
    """5,000 items in five sections, every tenth of another version on each side."""
    each = ITEMS // len(ROOMS)
    versions = [version if place % 10 == 0 else "1.0.0" for place in range(each)]
    items = {f"name-{place:04}": {"version": one} for place, one in enumerate(versions)}
    return profile({room: section(items) for room in ROOMS} | {"python": section({"version": "3.11.2"})})


def rules() -> tuple[tuple[Weight, ...], tuple[Waiver, ...]]:
    """200 rules of every form that a match can have."""
    forms = ("packages.name-{}", "packages.name-{}*", "*.name-{}?", "*-{}-*", "{}*", "volumes.*{}", "packages.minor")
    matches = [forms[place % len(forms)].format(f"{place:03}") for place in range(RULES)]
    weights = tuple(Weight(match, Severity.WARNING) for match in matches[::2])
    return weights, tuple(waiver(match, TODAY + timedelta(days=1)) for match in matches[1::2])


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, those in C among them."""
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_a_gate_does_at_most_twice_the_work_of_a_diff() -> None:
    local, production = side("2.0.0"), side("2.1.0")
    comparison = compare(local, production)
    findings = judge(comparison, local, production)
    assert len(findings) >= ENTRIES / 2
    weights, waivers = rules()
    policy = Policy(
        weights=weights,
        waivers=waivers,
        expected={f"packages.name-{place:04}": Expected("2.*", "1.*") for place in range(200)},
        tolerance={"packages": "minor", "system_packages": "major"},
        names=tuple(f"NAME_{place}" for place in range(50)),
    )
    old = profile({room: section({}) for room in ROOMS})
    before = judge(compare(old, production), old, production)[:ENTRIES]
    baseline = adopt("base.json", before)
    assert len(baseline.entries) == ENTRIES
    diff = calls(lambda: judge(compare(local, production), local, production))
    under = calls(lambda: apply(findings, comparison, Sides(local, production), policy, baseline, TODAY))
    assert under <= diff, f"{under} calls beside {diff}"


def test_a_finding_meets_the_few_matches_that_begin_as_it_does() -> None:
    local, production = side("2.0.0"), side("2.1.0")
    findings = judge(compare(local, production), local, production)
    many = [f"packages.name-{place:04}*" for place in range(5_000)]
    few, every = Matcher(many[:50]), Matcher(many)
    assert calls(lambda: list(map(every.of, findings))) <= 2 * calls(lambda: list(map(few.of, findings)))


def test_a_match_of_many_stars_takes_no_time_that_grows_with_them() -> None:
    local, production = side("2.0.0"), side("2.1.0")
    one = replace(judge(compare(local, production), local, production)[0], key="a" * 1_000)
    assert Matcher([f"{'*a' * 60}.b"]).of(one) == []
