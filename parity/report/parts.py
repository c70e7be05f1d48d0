"""The findings as a document lists them: those that count by severity, the worst first, then those that do not."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from parity.policy.model import Finding
from parity.report.agreed import standing_apart
from parity.report.base import Report

TITLES = {"error": "Errors", "warning": "Warnings", "info": "Info"}
"""{severity: its heading}."""


class Part(NamedTuple):
    """What stands under one heading."""

    name: str
    """A severity, or a standing of what does not count."""
    title: str
    findings: tuple[Finding, ...]


def parts(report: Report) -> tuple[Part, ...]:
    """Every finding, each in one part; no part is empty."""
    groups = groupby(report.open, key=lambda one: one.severity)
    counted = [Part(severity.value, TITLES[severity.value], tuple(group)) for severity, group in groups]
    apart = [
        Part(group[0].standing, title.capitalize(), tuple(sorted(group, key=lambda one: one.section)))
        for title, group in standing_apart(report.findings)
    ]
    return (*counted, *apart)
