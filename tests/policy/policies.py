"""Findings under a policy, in few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from parity.diff import compare
from parity.policy import judge
from parity.policy.agreed import Applied, Baseline, Policy, Waiver
from parity.policy.apply import apply
from parity.policy.model import Finding, Sides
from parity.profile.model import Profile
from tests.diff.profiles import profile, section

TODAY = date(2026, 3, 1)

LOCAL: Mapping[str, Any] = {
    "python": {"version": "3.11.2"},
    "packages": {
        "numpy": {"version": "2.1.0"},
        "requests": {"version": "2.32.3"},
        "idna": {"version": "3.10"},
        "attrs": {"version": "0.3.0"},
    },
    "environment": {"APP_DSN": {"state": "set"}, "APP_KEY": {"state": "set"}},
    "database": {"server_version": "16.4", "jit": True},
}
PRODUCTION: Mapping[str, Any] = {
    "python": {"version": "3.11.9"},
    "packages": {
        "numpy": {"version": "1.26.4"},
        "requests": {"version": "2.31.0"},
        "idna": {"version": "3.10"},
        "attrs": {"version": "0.4.0"},
    },
    "environment": {"APP_DSN": {"state": "empty"}},
    "database": {"server_version": "15.8", "jit": False},
}


def sides(local: Mapping[str, Any] = LOCAL, production: Mapping[str, Any] = PRODUCTION) -> tuple[Profile, Profile]:
    """Two profiles from plain items."""
    left, right = ({name: section(items) for name, items in side.items()} for side in (local, production))
    return profile(left, "laptop", "local"), profile(right)


def under(
    policy: Policy,
    baseline: Baseline | None = None,
    today: date = TODAY,
    between: tuple[Profile, Profile] | None = None,
) -> Applied:
    """The findings between two profiles, under a policy."""
    between = between or sides()
    comparison = compare(*between)
    return apply(judge(comparison, *between), comparison, Sides(*between), policy, baseline, today)


def named(applied: Applied) -> dict[str, Finding]:
    """{`section.key`: finding}."""
    return {f"{one.section}.{one.key}": one for one in applied.findings}


def waiver(match: str, expires: date = TODAY, owner: str = "ops") -> Waiver:
    """A waiver that somebody gave."""
    return Waiver(match, "the next image has it", owner, expires, "parity.toml:1")
