"""Examples of `reads_zone`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import SHOWN, Example, valued

EMPTY = trace("IndexError: list index out of range", "app.py:5 f: return rows[0]")
TODAY = {"app.py": "from datetime import date\n\ndef f(of):\n    rows = of.get(date.today(), [])\n    return rows[0]\n"}
BERLIN = {"environment.TZ": valued("aa"), "time.zone": "Europe/Berlin"}
UTC = {"environment.TZ": valued("bb"), "time.zone": "UTC"}
UNKNOWN = trace(
    "zoneinfo._common.ZoneInfoNotFoundError: 'No time zone found with key US/Pacific'",
    "app.py:2 <module>: ZoneInfo(zone)",
    "^zoneinfo/_common.py:24 load_tzdata: raise",
)
NAIVE = trace("TypeError: can't compare offset-naive and offset-aware datetimes", "app.py:5 f: return rows[0]")

EXAMPLES = [
    Example("a day of the local time", EMPTY, BERLIN, UTC,
            {"environment.TZ": (0.6, 0.9), "time.zone": (0.1, 0.5)}, TODAY),
    Example("a zone whose data is not there, so that the clock is UTC's", EMPTY,
            {"time.zone": "Europe/Berlin", "time.zone_found": True},
            {"time.zone": "Europe/Berlin", "time.zone_found": False}, {"time.zone_found": (0.6, 0.9)}, TODAY),
    Example("the same zone by another name", EMPTY, BERLIN, {**UTC, "time.zone": "Europe/Berlin"}, {}, TODAY),
    Example("names of a package of their own", UNKNOWN, {"system_packages.tzdata-legacy": {"version": "2024b"}}, {},
            {"system_packages.tzdata-legacy": SHOWN}, {"app.py": "from zoneinfo import ZoneInfo\nZoneInfo(zone)\n"}),
    Example("a moment without a zone", NAIVE, BERLIN, UTC, {}, TODAY),
]  # fmt: skip
