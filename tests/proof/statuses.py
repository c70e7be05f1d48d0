"""The table of what each kind of target can tell: statuses.md, as it stands in the README."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).with_name("statuses.md")


def statuses() -> dict[str, dict[str, str]]:
    """{target: {section: expected status}}. Sections that are alike share a column ("locale, time"); a cell may hold
    two ("absent or skipped"), where it depends on the machine that the tests run on."""
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in TABLE.read_text().splitlines()]
    (_, *columns), _, *targets = rows
    return {
        target: {name: cell for names, cell in zip(columns, cells, strict=True) for name in names.split(", ")}
        for target, *cells in targets
    }


def expected(target: str, told: Mapping[str, str]) -> dict[str, str]:
    """The row of a target, each cell of two as the one that is told where it is one of them."""
    row = statuses()[target]
    return {name: told[name] if told.get(name) in cell.split(" or ") else cell for name, cell in row.items()}
