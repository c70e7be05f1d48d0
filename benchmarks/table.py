"""Tables, limits and how they are printed: for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from resource import RUSAGE_SELF, getrusage


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that must hold."""

    what: str
    measured: float
    most: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        return self.measured <= self.most

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "EXCEEDED"
        return f"{verdict}: {self.what}: {self.measured:.2f}{self.unit}, at most {self.most:g}{self.unit}"


@dataclass(frozen=True, slots=True)
class Table:
    """One bench's answer. The first column is text, the others are numbers as text."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    limits: Sequence[Limit] = ()
    notes: Sequence[str] = ()


def as_text(table: Table) -> str:
    """For a terminal: columns aligned, numbers to the right."""
    lines = [table.columns, *table.rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.columns))]
    body = [
        "  ".join(cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(line, widths, strict=True)) for line in lines)
    ]
    rule = "-" * len(body[0])
    closing = [f"  {limit}" for limit in table.limits] + [f"  {note}" for note in table.notes]
    return "\n".join([table.title, "", body[0], rule, *body[1:], *([""] if closing else []), *closing])


def as_markdown(table: Table) -> str:
    """For a README."""
    head = f"| {' | '.join(table.columns)} |"
    rule = f"|{'|'.join(['---'] + ['---:'] * (len(table.columns) - 1))}|"
    rows = [f"| {' | '.join(row)} |" for row in table.rows]
    closing = [f"- {one}" for one in [*table.limits, *table.notes]]
    return "\n".join([f"### {table.title}", "", head, rule, *rows, "", *closing])


def seconds(value: float) -> str:
    """A duration."""
    return f"{value:.3f} s"


def megabytes(peak: int) -> str:
    """A peak of memory; below that of this process it cannot be told (wait4 counts what a child inherits)."""
    own = getrusage(RUSAGE_SELF).ru_maxrss * 1024
    return f"{peak / 1e6:.0f} MB" if peak > own else f"< {own / 1e6:.0f} MB"


def ratio(value: float) -> str:
    """A quotient."""
    return f"{value:.2f}"
