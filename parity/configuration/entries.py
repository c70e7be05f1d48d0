"""The entries of `[[tool.parity.rules]]`: each waives findings for a time, or gives them another severity."""

from __future__ import annotations

from datetime import date, datetime

from parity import sections
from parity.configuration.table import Table
from parity.policy.agreed import Waiver, Weight
from parity.policy.match import is_glob, matches_everything
from parity.policy.model import Severity
from parity.policy.registry import OTHER, registry
from parity.text import safe

_WAIVE = 'waive = { reason = "...", owner = "...", expires = 2027-01-31 }'


def entry(table: Table) -> Waiver | Weight:
    """One entry. Raises UsageError."""
    table.known("match", "severity", "waive")
    match = _match(table)
    if table.has("severity") == table.has("waive"):
        raise table.fault("expected either severity or waive", hint=f'severity = "info", or {_WAIVE}')
    if table.has("severity"):
        return Weight(match, Severity(level(table, "severity", ("error", "warning", "info"))))
    if matches_everything(match, (*sections.names(), OTHER)):
        raise table.fault(f"{safe(match)!r} waives everything", "match", hint="name what is waived: packages.numpy")
    return _waiver(table.table("waive"), match)


def level(table: Table, name: str, levels: tuple[str, ...]) -> str:
    """A word out of several."""
    word = table.needed(name, "levels: " + ", ".join(levels))
    if word not in levels:
        raise table.fault(f"there is no level {safe(word)!r}", name, hint="levels: " + ", ".join(levels))
    return word


def section(table: Table, name: str, *below: str | int) -> str:
    """A section's name that stands at a place of the table."""
    from difflib import get_close_matches

    if name not in sections.names():
        near = get_close_matches(name, sections.names(), 1)
        hint = f"did you mean {near[0]}?" if near else "sections: " + ", ".join(sections.names())
        raise table.fault(f"there is no section {safe(name)!r}", *below, hint=hint)
    return name


def _match(table: Table) -> str:
    match = table.needed("match", 'match = "packages.minor" or "environment.SENTRY_*"')
    if match in registry():
        return match
    named, dot, key = match.partition(".")
    if is_glob(named):
        return match
    if named != OTHER:
        section(table, named, "match")
    if not (dot and key):
        raise table.fault(f"{safe(match)!r} names no finding", "match", hint=f"all of a section: {safe(named)}.*")
    return match


def _waiver(table: Table, match: str) -> Waiver:
    table.known("reason", "owner", "expires")
    reason, owner = (table.needed(name, f"a waiver needs reason, owner and expires: {_WAIVE}") for name in _SAID)
    return Waiver(match, reason, owner, _day(table), table.place)


_SAID = ("reason", "owner")


def _day(table: Table) -> date:
    value = table.data.get("expires")
    if value is None:
        raise table.fault("there is no expires", hint=f"a waiver needs reason, owner and expires: {_WAIVE}")
    if isinstance(value, str):
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            raise table.fault(f"{safe(value)!r} is no date", "expires", hint="like 2027-01-31") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise table.fault("expected a date", "expires", hint="like 2027-01-31: through that day, in UTC")
    return value
