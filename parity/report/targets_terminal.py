"""The kinds of target there are, as a person reads them: a name, what it is, a word of it, and its options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parity.report.base import Screen
from parity.report.layout import Cell, Line, painted, paragraph, row, width_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of target says of itself."""

    name: str
    summary: str
    example: str
    options: Sequence[str] = ()
    """Options of its own, besides those of every kind."""
    short: Sequence[str] = ()
    """Other names of the kind."""


def render(kinds: Sequence[Kind], common: Sequence[str], screen: Screen) -> str:
    """The whole text, ending in a newline. `common` are the options of every kind."""
    return painted(_lines(kinds, common, screen), screen)


def _lines(kinds: Sequence[Kind], common: Sequence[str], screen: Screen) -> Iterator[Line]:
    width = max(width_of(kind.name) for kind in kinds)
    left = screen.width - width - 2
    for kind in kinds:
        yield from row([Cell(kind.name, width, "bold"), Cell(kind.summary, left)])
        yield from paragraph(kind.example, screen.width, indent=width + 2, style="info")
        more = [f"also {short}://" for short in kind.short]
        if kind.options:
            more.append("options: " + ", ".join(f"?{option}=" for option in kind.options))
        if more:
            yield from paragraph("; ".join(more), screen.width, indent=width + 2, style="dim")
    yield ()
    options = ", ".join(f"?{option}=" for option in common)
    sentence = (
        f"Options of every kind but exec: {options}. Each does for one target what the option of that name does for"
        " the whole command line: docker://web?path=/data&path=/srv"
    )
    yield from paragraph(sentence, screen.width)
