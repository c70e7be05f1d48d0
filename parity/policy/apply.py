"""Findings under a policy: what a team tolerates, expects, waived or started from does not count. Pure.

In this order, each over the one before: required names, tolerance of versions, severities that the policy sets,
expected differences, waivers, the baseline.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date

from parity.diff.model import Comparison, Difference, Kind
from parity.policy.agreed import Applied, Baseline, Policy, Waiver
from parity.policy.baseline import Known
from parity.policy.expected import holds, stated
from parity.policy.judge import order
from parity.policy.match import Matcher, is_glob
from parity.policy.model import Finding, Severity, Sides
from parity.policy.registry import OTHER
from parity.policy.required import required
from parity.policy.tolerance import tolerated


def apply(
    findings: Iterable[Finding],
    comparison: Comparison,
    sides: Sides,
    policy: Policy,
    baseline: Baseline | None,
    today: date,
) -> Applied:
    """Every finding with its standing; `today` is the day in UTC that waivers are held against."""
    found, untold = required(tuple(findings), policy.names, sides)
    under = _Under(policy, sides, comparison, today)
    known = Known(baseline)
    weighed = [_adopted(under.policy(one), known) for one in found]
    idle = [place for place in range(len(policy.waivers)) if place not in under.used | under.ran_out]
    looked = {one.section for one in comparison.compared}
    return Applied(
        tuple(sorted(weighed, key=order)),
        policy.origin,
        None if baseline is None else baseline.origin,
        tuple(policy.waivers[place] for place in sorted(under.ran_out)),
        tuple(policy.waivers[place] for place in idle if _could_match(policy.waivers[place].match, looked)),
        known.gone(comparison),
        tuple(untold),
    )


def _adopted(one: Finding, known: Known) -> Finding:
    # Asked of a finding that is waived, too: its entry is not gone.
    if not known.has(one) or one.standing != "open":
        return one
    return replace(one, standing="adopted", note=_beside(one, "in the baseline"))


def _could_match(match: str, looked: Container[str]) -> bool:
    """Whether a section that a match names, if it names one, was looked at: else it is not known to be idle."""
    section = match.partition(".")[0]
    return is_glob(section) or section in looked or section == OTHER


class _Under:
    """One policy, held against one finding after another."""

    def __init__(self, policy: Policy, sides: Sides, comparison: Comparison, today: date) -> None:
        self._policy = policy
        self._sides = sides
        self._today = today
        self._differences = _changed(comparison) if policy.tolerance else {}
        self._weights = Matcher(weight.match for weight in policy.weights)
        self._waivers = Matcher(waiver.match for waiver in policy.waivers)
        self.used: set[int] = set()
        """Places of the waivers that held for a finding."""
        self.ran_out: set[int] = set()

    def policy(self, one: Finding) -> Finding:
        """The finding with what the policy makes of it."""
        one = self._weighed(self._tolerated(one))
        one = self._expected(one)
        return self._waived(one) if self._policy.waivers else one

    def _tolerated(self, one: Finding) -> Finding:
        most = self._policy.tolerance.get(one.section)
        if most is None or not tolerated(one, self._differences.get((one.section, one.key)), most):
            return one
        return _set(one, Severity.INFO, f"tolerated: {one.section} may differ up to a {most} version")

    def _weighed(self, one: Finding) -> Finding:
        places = self._weights.of(one) if self._policy.weights else []
        if not places:
            return one
        weight = self._policy.weights[places[-1]]
        return _set(one, weight.severity, f"{weight.severity.value} by the policy's rule for {weight.match}")

    def _expected(self, one: Finding) -> Finding:
        expected = self._policy.expected.get(f"{one.section}.{one.key}")
        if expected is None:
            return one
        local, production = (items.get(one.key) for items in self._sides.items(one.section))
        right = holds(expected.local, local), holds(expected.production, production)
        if all(right):
            note = _beside(one, f"expected: {stated(expected)}")
            was = one.was or (None if one.severity is Severity.INFO else one.severity)
            return replace(one, severity=Severity.INFO, was=was, standing="expected", note=note)
        wrong = "neither side is" if not any(right) else f"{'production' if right[0] else 'local'} is not"
        return replace(one, note=_beside(one, f"expected was {stated(expected)}, and {wrong} so"))

    def _waived(self, one: Finding) -> Finding:
        found = [(place, self._policy.waivers[place]) for place in self._waivers.of(one)]
        holding = [place for place, waiver in found if waiver.holds(self._today)]
        self.ran_out.update(place for place, _ in found if place not in holding)
        if holding:
            self.used.update(holding)
            if one.standing != "open":
                return one
            return replace(one, standing="waived", note=_beside(one, _granted(self._policy.waivers[holding[-1]])))
        if not found:
            return one
        return replace(one, note=_beside(one, _over(found[-1][1]))) if one.standing == "open" else one


def _changed(comparison: Comparison) -> dict[tuple[str, str], Difference]:
    return {(one.section, one.key): one for one in comparison.differences if one.kind is Kind.CHANGED}


def _set(one: Finding, severity: Severity, note: str) -> Finding:
    if severity is one.severity:
        return one
    was = one.was or one.severity
    return replace(one, severity=severity, was=was if was is not severity else None, note=_beside(one, note))


def _beside(one: Finding, note: str) -> str:
    return note if one.note is None else f"{one.note}; {note}"


def _granted(waiver: Waiver) -> str:
    return f"waived by {waiver.owner} until {waiver.expires.isoformat()}: {waiver.reason}"


def _over(waiver: Waiver) -> str:
    return f"{waiver.owner} waived it until {waiver.expires.isoformat()}, which is over: {waiver.reason}"
