"""One HTML file: everything on a page that loads nothing (parity/report/html/)."""

from __future__ import annotations

from parity.report.base import Report, Screen
from parity.report.html.page import page

FORMAT = "html"
SUMMARY = "one HTML file that loads nothing, to read in a browser"


def render(report: Report, screen: Screen) -> str:
    """The document. The screen plays no part in it."""
    return page(report)
