"""GitLab's code quality report: a JSON array, an object for each finding.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, of which `description`,
`check_name`, `fingerprint`, `severity`, `location.path` and `location.lines.begin` are read. GitLab tells what is new
in a merge request by the fingerprint, and asks that no two be the same. A finding's is that of a baseline.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from parity.policy.model import Finding, Severity
from parity.policy.words import plural
from parity.report.base import Report, Screen
from parity.report.identity import fingerprints, of_words
from parity.report.message import cut, headline
from parity.report.places import Place, elsewhere, place, profile
from parity.report.values import sentence
from parity.text import guard_json

FORMAT = "gitlab"
SUMMARY = "code quality report of GitLab"

MOST = 5000
"""Findings in one report; what is more is counted."""
_DESCRIPTION = 1000
_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, screen: Screen) -> str:
    """The array. The screen plays no part in it."""
    entries = ",\n".join(json.dumps(one) for one in _entries(report))
    return guard_json(f"[\n{entries}\n]\n" if entries else "[]\n")


def _entries(report: Report) -> Iterator[dict[str, Any]]:
    if report.verdict.verdict == "incomplete":
        for reason in dict.fromkeys(report.verdict.reasons):
            yield _entry(
                report, "parity.incomplete", "blocker", f"incomplete: {reason}", of_words("incomplete", reason)
            )
    shown = report.open[:MOST]
    for one, fingerprint in zip(shown, fingerprints(shown), strict=True):
        yield _entry(report, one.id, _SEVERITIES[one.severity], _described(one), fingerprint, place(one, report))
    if len(report.open) > MOST:
        words = f"{plural(len(report.open) - MOST, 'finding')} more: the JSON report has them all"
        yield _entry(report, "parity.more", "info", words, of_words("more"))


def _entry(
    report: Report, check: str, severity: str, description: str, fingerprint: str, at: Place | None = None
) -> dict[str, Any]:
    known = at or profile(report) or Place(elsewhere(report))
    return {
        "description": cut(description, _DESCRIPTION),
        "check_name": cut(check, _DESCRIPTION),
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": cut(known.path, _DESCRIPTION), "lines": {"begin": known.line}},
    }


def _described(one: Finding) -> str:
    return f"{headline(one)}: {sentence(one)}"
