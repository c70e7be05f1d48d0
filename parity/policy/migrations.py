"""Which migrations of a source a database has not had, and which it had that the source does not know. Pure.

A side tells its heads, and by most tools every name (parity/probe/postgres/migrations.py); a repository tells each
revision with what it follows and stands for (parity/declared/sections/database.py). Which of them wait is told by the
same rules here and at the door (parity/door/inside/standing.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from parity.diff.model import Difference, Kind
from parity.door.inside import standing as revisions
from parity.policy.model import Finding, Severity, Sides, finding
from parity.profile.item import field
from parity.profile.model import Item

KEY = "migrations."
NAMED = 4
"""Names in a sentence before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a database stands to the source of one chain of migrations."""

    pending: tuple[str, ...] = ()
    """In the source, and not applied."""
    unknown: tuple[str, ...] = ()
    """Applied last, and not in the source."""

    @property
    def even(self) -> bool:
        """Whether neither has anything that the other lacks."""
        return not (self.pending or self.unknown)


def standing(declared: Item, applied: Item) -> Standing:
    """How what was applied (None: nothing) stands to what is declared."""
    written = strings(declared, "revisions")
    heads, names = strings(applied, "heads"), strings(applied, "names")
    return Standing(*revisions.standing(written, heads, names, applied is not None))


def behind(local: Item, production: Item) -> tuple[str, ...]:
    """What was applied locally and not in production, where both tell every name."""
    here, there = strings(local, "names"), strings(production, "names")
    return tuple(name for name in here if name not in there) if here and there else ()


def listed(names: tuple[str, ...]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def strings(item: Item, name: str) -> tuple[str, ...]:
    """A list of an item, empty where it has none."""
    value = field(item, name)
    return value if isinstance(value, tuple) else ()


def weigh(one: Difference, sides: Sides) -> Finding:
    """Local and production have had different migrations; what the source holds tells which are meant."""
    declared = sides.use.item("database", one.key) if sides.use else None
    if declared is not None:
        return _by_source(one, standing(declared, one.production))
    if one.kind is Kind.MISSING:
        return finding("migrations", one, Severity.ERROR, "no migration of it was applied to production's database")
    return _by_local(one)


def _by_local(one: Difference) -> Finding:
    if field(one.production, "failed") and not field(one.local, "failed"):
        return finding(
            "migrations", one, Severity.ERROR, "a migration failed in production's database, and the rest waits"
        )
    missing = behind(one.local, one.production)
    if missing:
        why = f"production's database has not had what the local one has: {listed(missing)}"
        return finding("migrations", one, Severity.ERROR, why)
    if behind(one.production, one.local):
        why = "production's database has had migrations that the local one has not"
        return finding("migrations-unknown", one, Severity.WARNING, why)
    why = "production's database is at another revision than the one that works locally"
    return finding("migrations", one, Severity.ERROR, why)


def _by_source(one: Difference, found: Standing) -> Finding:
    if found.pending:
        return finding("migrations", one, Severity.ERROR, pending(found.pending))
    if found.unknown:
        return finding("migrations-unknown", one, Severity.WARNING, unknown(found.unknown))
    why = "production's database has had every migration that the source holds"
    return finding("extra", one, Severity.INFO, why)


def pending(names: tuple[str, ...]) -> str:
    """The sentence about migrations that wait."""
    return f"not applied to production's database: {listed(names)}; what they create or change is not there"


def unknown(names: tuple[str, ...]) -> str:
    """The sentence about migrations that the source does not hold."""
    return f"production's database has had {listed(names)}, which the source does not hold: it is newer than this code"
