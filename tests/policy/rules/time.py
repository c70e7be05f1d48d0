"""Severities of `time`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case

BERLIN = {"zone": "Europe/Berlin", "zone_rule": "CET-1CEST,M3.5.0,M10.5.0/3", "zone_found": True}
WITH = {"zoneinfo": True, "tzdata": "2025b"}
CASES: list[Case] = [
    (BERLIN, {"zone": "UTC", "zone_rule": "UTC0", "zone_found": True}, {"zone": ("zone", WARNING)}),
    (BERLIN, {**BERLIN, "zone": "Europe/Vienna"}, {"zone": ("zone", INFO)}),
    (BERLIN, {"zone_found": True}, {"zone": ("other", INFO)}),
    (BERLIN, {**BERLIN, "zone_found": False}, {"zone_found": ("zone-missing", ERROR)}),
    ({**BERLIN, "zone_found": False}, BERLIN, {"zone_found": ("other", INFO)}),
    (WITH, {"zoneinfo": False}, {"tzdata": ("tzdata-missing", WARNING)}),
    ({"zoneinfo": True}, {"zoneinfo": False}, {"zoneinfo": ("tzdata-missing", WARNING)}),
    (
        WITH,
        {"zoneinfo": False, "tzdata_distribution": "2025.2"},
        {"tzdata": ("tzdata-missing", INFO), "tzdata_distribution": ("other", INFO)},
    ),
    (
        {"zoneinfo": False, "tzdata_distribution": "2025.2"},
        {"zoneinfo": False},
        {"tzdata_distribution": ("tzdata-missing", ERROR)},
    ),
    ({"zoneinfo": False}, WITH, {"tzdata": ("other", INFO), "zoneinfo": ("other", INFO)}),
    (WITH, {**WITH, "tzdata": "2024a"}, {"tzdata": ("tzdata-version", INFO)}),
    (
        {"zoneinfo": False, "tzdata_distribution": "2025.2"},
        {"zoneinfo": False, "tzdata_distribution": "2024.1"},
        {"tzdata_distribution": ("tzdata-version", INFO)},
    ),
]
