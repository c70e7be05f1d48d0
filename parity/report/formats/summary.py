"""Markdown for the summary of a CI step: the same, longer. GitHub takes 1 MiB of a step (parity/report/markdown/).

https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary
"""

from __future__ import annotations

from parity.report.base import Report, Screen
from parity.report.markdown.document import Limit, document

FORMAT = "summary"
SUMMARY = "the same Markdown with more room, for the summary of a CI step"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


LIMIT = Limit(900_000, _bytes)


def render(report: Report, screen: Screen) -> str:
    """The document. The screen plays no part in it."""
    return document(report, LIMIT)
