"""What calls and statements read of the environment, as data with its sources: parity/explain/data/calls*.json.

A row says of `uses` (dotted names, "module.*", ".method" of what no import tells, and the uses that no name tells, see
parity.explain.uses) or of a `statement` (a pattern over SQL) which facts of a profile it depends on, and how a failure
looks that follows from another answer (`leads`):

    nothing     an empty answer: None where there should be something, no row, no such key or index
    value       another value than is expected, in a check or a conversion
    checked     what a check of the program's own may find
    order       the same in another order
    text        bytes or letters that cannot be read or written
    violation   a constraint of the database
    refused     the call itself fails

`says` is a pattern of what a failure says that it leads to, which is stronger than how it looks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILES = ("calls", "calls_libraries", "calls_children", "calls_sql")


@dataclass(frozen=True, slots=True)
class Row:
    """What some calls, or statements of some form, depend on."""

    words: str
    """One sentence without its full stop: what the call makes of it."""
    source: str
    """The address of the documentation that says so."""
    reads: tuple[tuple[str, float], ...]
    """(label or pattern over labels, how much the answer depends on it), the first the surest."""
    uses: tuple[str, ...] = ()
    statement: str = ""
    through: tuple[str, ...] = ()
    """Labels by which the others of `reads` work: where none of these differs, nothing that sets them matters."""
    leads: frozenset[str] = frozenset()
    says: str = ""
    refuted: str = ""
    """What a failure says that it cannot lead to."""
    argument: str = ""
    """What one of the literals of the call must be, whole."""
    unless: str = ""
    """A literal of the call, whole, or a part of the statement, by which it does not depend on it."""
    given: tuple[str, ...] = ()
    """Keywords of which one must be given."""
    lacking: tuple[str, ...] = ()
    """Keywords of which none may be given."""
    example: str = ""
    """Code, or a statement, that it is about."""

    def takes(self, texts: tuple[str, ...], keywords: tuple[str, ...]) -> bool:
        """Whether a call with such literals and keywords is one of them."""
        return (
            (not self.argument or any(compiled(self.argument).fullmatch(one) for one in texts))
            and not (self.unless and any(compiled(self.unless).fullmatch(one) for one in texts))
            and (not self.given or any(one in keywords for one in self.given))
            and not any(one in keywords for one in self.lacking)
        )

    def asked_by(self, statement: str) -> bool:
        """Whether a statement is one of them."""
        return bool(compiled(self.statement).search(statement)) and not (
            self.unless and compiled(self.unless).search(statement)
        )


@cache
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the files."""
    return tuple(_row(row) for name in FILES for row in _read(name))


@cache
def _by_use() -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows():
        for name in row.uses:
            found.setdefault(name, []).append(row)
    return {name: tuple(held) for name, held in found.items()}


def of(name: str) -> Iterator[Row]:
    """The rows about a name: its own, those of a module that it is in, and those of a method of that name."""
    known = _by_use()
    yield from known.get(name, ())
    parts = name.split(".")
    for count in range(len(parts) - 1, 0, -1):
        yield from known.get(".".join(parts[:count]) + ".*", ())


@cache
def statements() -> tuple[Row, ...]:
    """The rows about SQL."""
    return tuple(row for row in rows() if row.statement)


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """A pattern of the data, without regard to case."""
    return re.compile(expression, re.IGNORECASE)


def _row(row: Mapping[str, Any]) -> Row:
    shaped = {name: tuple(row[name]) for name in ("uses", "through", "given", "lacking") if name in row}
    reads = tuple((str(key), float(weight)) for key, weight in row["reads"].items())
    return Row(**{**row, **shaped, "reads": reads, "leads": frozenset(row.get("leads", ()))})


def _read(name: str) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads((files("parity.explain") / "data" / f"{name}.json").read_text("utf-8"))
    return held
