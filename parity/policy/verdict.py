"""What findings come to: parity, drift or incomplete, and the exit code that says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from parity.diff.model import Comparison
from parity.policy.model import Finding, Severity, Verdict
from parity.policy.words import listed, plural

REQUIRED = frozenset({"python", "packages", "environment"})
"""Sections without which no comparison shows parity."""


def verdict(
    findings: Iterable[Finding],
    comparison: Comparison,
    fail_on: Severity | None = Severity.ERROR,
    required: Iterable[str] = REQUIRED,
    allow_unknown: Iterable[str] = (),
    insisted: Iterable[str] = (),
    refused: Iterable[str] = (),
) -> Verdict:
    """The verdict on a comparison.

    fail_on        the least severity that is drift; None: nothing is
    required       sections that must have been compared; `partial` satisfies, and one that was skipped by
                   request is never required
    allow_unknown  sections taken out of `required`
    insisted       sections required by name: of those, one that was skipped is missing like any other
    refused        why the comparison shows nothing, whatever it found: a stale profile, one of another deploy

    Of the findings only those that are open count. Incomplete beats drift, and a comparison of nothing is incomplete.
    """
    insisted = frozenset(insisted)
    needed = (frozenset(required) | insisted) - frozenset(allow_unknown)
    missing = (*refused, *_incomplete(comparison, needed, insisted & needed))
    if missing:
        return Verdict("incomplete", 3, missing)
    counts = Counter(one.severity for one in findings if is_drift(one, fail_on))
    if counts:
        words = [plural(counts[severity], severity.value) for severity in Severity if counts[severity]]
        return Verdict("drift", 1, (listed(words),))
    return Verdict("parity", 0, ())


def is_drift(one: Finding, fail_on: Severity | None) -> bool:
    """Whether a finding alone makes the verdict drift."""
    return fail_on is not None and one.standing == "open" and one.severity.weight >= fail_on.weight


def _incomplete(comparison: Comparison, required: frozenset[str], insisted: frozenset[str]) -> Iterator[str]:
    if not any(one.keys for one in comparison.compared):
        yield "nothing was compared"
    for one in comparison.unknown:
        if one.key is None and one.section in required:
            yield f"{one.section} is required and {one.status} ({one.side.value}): {one.reason}"
    unseen = {one.section: one for one in comparison.unknown if one.key is not None}
    for each in comparison.compared:
        if not each.keys and each.section in required and each.section in unseen:
            one = unseen[each.section]
            yield f"{each.section} is required and nothing of it could be told ({one.side.value}): {one.reason}"
    for skipped in comparison.skipped:
        if skipped.section in insisted:
            yield f"{skipped.section} is required and skipped ({skipped.side.value}): {skipped.reason}"
    told = {one.section for one in comparison.compared} | {one.section for one in comparison.skipped}
    told |= {one.section for one in comparison.unknown}
    for section in sorted(required - told):
        yield f"{section} is required and in neither profile"
