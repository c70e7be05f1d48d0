"""The answer for a person: the cause in the first lines, what shows it, what would refute it, what closes it."""

from __future__ import annotations

from collections.abc import Iterator

from parity.report.base import Screen
from parity.report.explained import Explained
from parity.report.layout import Line, painted, paragraph

FORMAT = "terminal"
SUMMARY = "text for a person"


def render(explained: Explained, screen: Screen) -> str:
    """The whole text. Nothing of it is cut off."""
    return painted(_lines(explained, screen), screen)


def _lines(explained: Explained, screen: Screen) -> Iterator[Line]:
    first = explained.explanations[0]
    yield from paragraph(first.category, screen.width, lead=f"{first.verdict.upper()}  ")
    for cause in first.causes:
        yield from paragraph(f"{cause.label} {cause.confidence}", screen.width, indent=2)
