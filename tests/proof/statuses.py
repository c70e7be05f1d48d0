"""The table of what each kind of target can tell: statuses.md, as it stands in the README."""

from __future__ import annotations

from pathlib import Path

TABLE = Path(__file__).with_name("statuses.md")


def statuses() -> dict[str, dict[str, str]]:
    """{target: {section: expected status}}."""
    rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in TABLE.read_text().splitlines()]
    (_, *sections), _, *targets = rows
    return {target: dict(zip(sections, cells, strict=True)) for target, *cells in targets}
