"""The time zone, and the database of time zones."""

from __future__ import annotations

from collections.abc import Iterator

from parity.fix.context import Context
from parity.fix.deployment import constant
from parity.fix.model import Command, Remedy
from parity.fix.remedies.installs import installed
from parity.fix.words import zone
from parity.policy.model import Finding

TITLE = "another time zone, or none that is known"


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """Name the zone, and have the database that knows it."""
    rule = finding.id.partition(".")[2]
    if finding.section != "time" or rule == "tzdata-version":
        return
    side = context.side(finding)
    if rule in ("zone-missing", "tzdata-missing") or finding.key in ("zoneinfo", "zone_found", "tzdata"):
        yield installed(context, side, "tzdata")
        return
    wanted = context.wanted(side, "time", "zone")
    if not isinstance(wanted, str) or wanted == "other" or finding.key != "zone":
        return
    name = zone(wanted)
    if side == "local":
        yield Remedy(f"set TZ={name} locally", side, (Command(f"export TZ={name}", "for this shell", "local"),))
        return
    edits, commands = constant(context, "TZ", name)
    yield Remedy(f"set TZ={name} in production", side, tuple(commands), tuple(edits))
    known = context.has(side, "time", "zoneinfo")
    if known is False:
        yield installed(context, side, "tzdata", "without it TZ names a zone that nobody knows, and every time is UTC")
