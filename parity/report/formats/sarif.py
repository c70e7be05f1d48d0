"""SARIF 2.1.0, for code scanning (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

One run. Its rules are those of its results, with the text of `parity rules`. A result stands at the line that declares
the thing, or that uses it; else at the file that holds production's profile, and where there is none at a relative path
that tells the target: GitHub refuses a whole upload for one URI whose scheme is not the checkout's. Its fingerprint is
that of a baseline.

What a policy waived, expects or adopted is no result: GitHub would open an alert for one that is suppressed, too.
A comparison that shows nothing is a run that failed, and each reason is a notification of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote

from parity import __version__
from parity.policy.model import Finding, Severity
from parity.policy.pages import Page, pages
from parity.policy.registry import OTHER
from parity.policy.words import plural
from parity.report.agreed import attention, not_counted
from parity.report.base import Report, Screen
from parity.report.identity import fingerprints
from parity.report.message import counted, covered, cut, explained, headline, lines
from parity.report.places import Place, elsewhere, place
from parity.text import guard_json

FORMAT = "sarif"
SUMMARY = "SARIF 2.1.0, for code scanning"

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST = 5000
"""Results in one run, of which GitHub shows as many; the rest is counted."""
_TEXT = 4000
_SHORT = 1000

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report, screen: Screen) -> str:
    """The log. The screen plays no part in it."""
    shown = report.open[:MOST]
    rules = {name: place for place, name in enumerate(dict.fromkeys(one.id for one in shown))}
    results = [
        _result(one, fingerprint, rules[one.id], report)
        for one, fingerprint in zip(shown, fingerprints(shown), strict=True)
    ]
    driver = {"name": "parity", "version": __version__, "rules": [_rule(name) for name in rules]}
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report)],
        "columnKind": "utf16CodeUnits",
        "results": results,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return guard_json(json.dumps(log, indent=1) + "\n")


def _invocation(report: Report) -> dict[str, Any]:
    verdict = report.verdict
    told = [_notification("error", reason) for reason in verdict.reasons if verdict.verdict == "incomplete"]
    return {
        "executionSuccessful": verdict.verdict != "incomplete",
        "exitCode": verdict.exit_code,
        "toolExecutionNotifications": [*told, *(_notification(*one) for one in _notes(report))],
    }


def _notes(report: Report) -> Iterator[tuple[str, str]]:
    """(level, sentence) about the whole comparison."""
    yield "note", f"{report.verdict.verdict}: {counted(report)}. {covered(report)}"
    if len(report.open) > MOST:
        rest = plural(len(report.open) - MOST, "finding")
        yield "warning", f"{rest} of {len(report.open)} left out, the least of them: the JSON report has them all."
    if report.applied is not None:
        yield from (("note", sentence) for sentence in not_counted(report.applied))
        yield from (("warning", sentence) for sentence, style in attention(report.applied) if style == "warning")


def _notification(level: str, sentence: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": _plain(cut(sentence, _TEXT))}}


def _result(one: Finding, fingerprint: str, rule: int, report: Report) -> dict[str, Any]:
    at = place(one, report)
    physical = {"artifactLocation": {"uri": _uri(elsewhere(report))}} if at is None else _physical(at)
    name = cut(f"{one.section}.{one.key}", _SHORT)
    return {
        "ruleId": _id(one.id),
        "ruleIndex": rule,
        "level": _LEVELS[one.severity],
        "message": {"text": _plain(lines((headline(one), *explained(one)), _TEXT))},
        "locations": [
            {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": name, "kind": "resource"}]}
        ],
        # GitHub reads the second; the first is ours, for whoever else follows results.
        "partialFingerprints": {"parity/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint}:1"},
    }


def _physical(at: Place) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(at.path, errors="backslashreplace"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": at.line},
    }


def _rule(name: str) -> dict[str, Any]:
    page = _pages().get(name) or _pages()[f"{OTHER}.changed"]
    return {
        "id": _id(name),
        "shortDescription": {"text": page.meaning},
        "fullDescription": {"text": page.why},
        "help": {"text": f"{page.meaning}.\n\nWhy: {page.why}.\n\nNext: {page.step}."},
        "defaultConfiguration": {"level": _LEVELS[Severity(page.severity)]},
        "properties": {"tags": [page.section]},
    }


@cache
def _pages() -> Mapping[str, Page]:
    return {page.id: page for page in pages()}


def _id(name: str) -> str:
    return cut(name, _SHORT) or "parity"


def _uri(word: str) -> str:
    """A target as a relative reference: its kind is the first part of a path."""
    parts = (part for part in word.replace(":", "/").split("/") if part not in ("", ".", ".."))
    return quote("/".join(parts) or "production", errors="backslashreplace")


def _plain(text: str) -> str:
    """A plain text message: what would be a link (3.11.6) or a placeholder (3.11.5) is text."""
    return text.replace("](", r"\](").replace("{", "{{").replace("}", "}}")
