"""Markdown for a comment on a change. GitHub takes 65,536 characters of one (parity/report/markdown/)."""

from __future__ import annotations

from parity.report.base import Report, Screen
from parity.report.markdown.document import Limit, document

FORMAT = "markdown"
SUMMARY = "Markdown for a comment on a pull or merge request"

LIMIT = Limit(60_000, len)


def render(report: Report, screen: Screen) -> str:
    """The document. The screen plays no part in it."""
    return document(report, LIMIT)
