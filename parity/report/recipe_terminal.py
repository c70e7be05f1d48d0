"""What was written to bring an environment up, and what of it is not as in production."""

from __future__ import annotations

from collections.abc import Iterator

from parity.fix.recipe import Recipe
from parity.report.base import Screen
from parity.report.layout import Cell, Line, painted, paragraph, row


def render(made: Recipe, directory: str, screen: Screen) -> str:
    """The whole text."""
    return painted(_lines(made, directory, screen), screen)


def _lines(made: Recipe, directory: str, screen: Screen) -> Iterator[Line]:
    yield from paragraph(f"Written into {directory}:", screen.width, style="bold")
    width = max(len(one.name) for one in made.files)
    for one in made.files:
        yield from row([Cell(one.name, width), Cell(one.purpose, max(20, screen.width - width - 4))], 2)
    yield ()
    yield (("NOT AS IN PRODUCTION", "bold"),)
    for clause in made.missing:
        yield from paragraph(clause, screen.width, indent=2)
    yield ()
    yield from paragraph("cp .env.example .env, fill it in, and docker compose up --build there.", screen.width)
