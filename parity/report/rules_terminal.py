"""The rules for a person: a table of many, the page of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from parity.policy.pages import Page
from parity.report.base import Screen
from parity.report.layout import Cell, Line, Style, painted, paragraph, row, width_of

_SEVERITY = len("warning")
_STYLES: dict[str, Style] = {"error": "error", "warning": "warning", "info": "info"}


def table(pages: Sequence[Page], screen: Screen) -> str:
    """A line for each rule, by section: its id, its severity, what it means."""
    return painted(_table(pages, screen), screen)


def page(one: Page, screen: Screen) -> str:
    """Everything about one rule."""
    return painted(_page(one, screen), screen)


def _table(pages: Sequence[Page], screen: Screen) -> Iterator[Line]:
    ids = max(width_of(one.id) for one in pages)
    meaning = max(screen.width - ids - _SEVERITY - 6, 20)
    for section, group in groupby(pages, key=lambda one: one.section):
        yield ((section, "bold"),)
        for one in group:
            cells = [
                Cell(one.id, ids),
                Cell(one.severity, _SEVERITY, _STYLES[one.severity]),
                Cell(one.meaning, meaning),
            ]
            yield from row(cells, 2)


def _page(one: Page, screen: Screen) -> Iterator[Line]:
    yield (one.id, "bold"), ("  ", ""), (one.severity, _STYLES[one.severity])
    for lead, text in (("means", one.meaning), ("why", one.why), ("next", one.step)):
        yield from paragraph(text, screen.width, lead=f"{lead:7}")
    for words, entry in (
        ("Another severity, in pyproject.toml:", one.weigh),
        ("Waived for a time, through the day that it names:", one.waive),
    ):
        yield ()
        yield ((words, "dim"),)
        # What is copied into a file is not broken anywhere.
        yield from ((("  " + line, ""),) for line in entry.splitlines())
    yield ()
    yield from paragraph(
        f'One package, variable or path: match = "{one.section}.NAME", with * and ? for any text.', screen.width
    )
