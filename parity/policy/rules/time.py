"""The time zone in force, and the time zones that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "zone": Rule(Severity.WARNING, "another time zone is in force"),
    "zone-missing": Rule(Severity.ERROR, "production names a time zone that does not exist there"),
    "tzdata-missing": Rule(Severity.WARNING, "production has no database of time zones"),
    "tzdata-version": Rule(Severity.INFO, "another version of the database of time zones"),
    "other": Rule(Severity.INFO, "another fact of the time zone"),
}

BY_NAME = (
    "airflow",
    "apscheduler",
    "celery",
    "croniter",
    "django",
    "django-celery-beat",
    "djangorestframework",
    "psycopg",
    "tzlocal",
)
"""Distributions that ask Python's zoneinfo for zones by their names, and bring none themselves."""


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key; a database that is gone is told once."""
    local, production = sides.items("time")
    gone = local.get("zoneinfo") is True and production.get("zoneinfo") is False
    for one in differences:
        if one.key == "zone":
            yield _zone(one, local, production)
        elif one.key == "zone_found" and one.production is False:
            why = f"production has no time zone {production.get('zone')}: every local time there is UTC"
            yield finding("zone-missing", one, Severity.ERROR, why)
        elif one.key == "tzdata" and one.kind is Kind.MISSING and gone:
            yield _gone(one, sides)
        elif one.key == "zoneinfo" and gone:
            if "tzdata" not in local:
                yield _gone(one, sides)
        elif one.key == "tzdata_distribution":
            yield _distribution(one, production)
        elif one.key == "tzdata" and one.kind is Kind.CHANGED:
            why = "rules of single countries differ: their local times may be an hour apart"
            yield finding("tzdata-version", one, Severity.INFO, why)
        else:
            yield finding("other", one, Severity.INFO, "it is not the same, and production has what local has")


def _zone(one: Difference, local: Mapping[str, Item], production: Mapping[str, Item]) -> Finding:
    rule = local.get("zone_rule")
    if one.kind is not Kind.CHANGED:
        return finding("other", one, Severity.INFO, "only one side tells its time zone")
    if rule is not None and rule == production.get("zone_rule"):
        why = "another name, and the same rules from now on: only times of the past may differ"
        return finding("zone", one, Severity.INFO, why)
    why = "local times, dates and what is computed from naive datetimes are those of another zone in production"
    return finding("zone", one, Severity.WARNING, why)


def _gone(one: Difference, sides: Sides) -> Finding:
    if "tzdata_distribution" in sides.items("time")[1]:
        why = "production has no time zones but those of the tzdata distribution: ZoneInfo() works, TZ knows UTC alone"
        return finding("tzdata-missing", one, Severity.INFO, why)
    why = "production has no database of time zones, nor the tzdata distribution: ZoneInfo() of any name raises there"
    packages = sides.items("packages")[1]
    asking = next((name for name in BY_NAME if field(packages.get(name), "version") is not None), None)
    if asking is not None:
        return finding("tzdata-missing", one, Severity.ERROR, why, evidence=(f"{asking} asks for zones by name",))
    return finding("tzdata-missing", one, Severity.WARNING, why)


def _distribution(one: Difference, production: Mapping[str, Item]) -> Finding:
    if one.kind is Kind.MISSING and production.get("zoneinfo") is False:
        why = "production has neither it nor the system's database of time zones: ZoneInfo() of any name raises there"
        return finding("tzdata-missing", one, Severity.ERROR, why)
    if one.kind is Kind.CHANGED and production.get("zoneinfo") is False:
        return finding("tzdata-version", one, Severity.INFO, "rules of single countries differ")
    return finding("other", one, Severity.INFO, "Python takes it only where the system has no database of time zones")
