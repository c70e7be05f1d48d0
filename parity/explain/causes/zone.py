"""Time zones: data that production lacks, and another zone in force.

Source for where Python looks: https://docs.python.org/3/library/zoneinfo.html#data-sources
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.elsewhere.moment import of_a_named_zone
from parity.explain.model import Candidate, Evidence

TITLE = "Time zones"
CATEGORY = "environment"
NEEDS = ("time", "environment")
ASPECTS = True

_NO_DATA = re.compile(
    r"no time zone found|zoneinfonotfounderror|unknowntimezoneerror|no timezone|tzlocal|can not find timezone"
)
_TIME = re.compile(
    r"expired|not yet valid|in the future|in the past|skew|clock|too late|too early|timestamp|token.{0,20}valid"
    r"|iat\b|nbf\b|nonexistent|ambiguous|\bdst\b|utcoffset"
)
_OF_NO_ZONE = re.compile(
    r"offset-naive and offset-aware|naive and aware|certificate (?:has expired|is not yet valid)|timezone-naive"
    r"|tz-naive and tz-aware"
)
"""A moment without an offset beside one that has one is so under every zone, and certificates are of UTC."""
_DATA = (
    ("packages", "tzdata", 0.9),
    ("system_packages", "tzdata", 0.93),
    ("time", "tzdata", 0.9),
    ("time", "zoneinfo", 0.9),
    ("time", "zone_found", 0.7),
    ("time", "tzdata_distribution", 0.85),
)
_ZONE = (("time", "zone", 0.8), ("environment", "TZ", 0.85), ("time", "utc_offset", 0.6))
_NAIVE = (
    "utcnow",
    "now",
    "timestamp",
    "fromtimestamp",
    "mktime",
    "localtime",
    "today",
    "astimezone",
    "strptime",
    "replace",
)


def weigh(case: Case) -> Iterator[Candidate]:
    """The data where a zone is not found; the zone in force where a time is wrong."""
    facts = case.of("zone")
    if facts or _NO_DATA.search(case.text):
        for section, key, likelihood in _DATA:
            difference = case.difference(section, key)
            if difference is not None and difference.kind is not Kind.EXTRA:
                yield _candidate(case, difference, likelihood if difference.kind is Kind.MISSING else likelihood * 0.5)
        for section, key, likelihood in _ZONE:
            difference = case.difference(section, key)
            if difference is not None:
                yield _candidate(case, difference, likelihood * 0.4)
        return
    if _OF_NO_ZONE.search(case.text) or of_a_named_zone(case):
        return
    said, naive = _TIME.search(case.text), any(call.name.rpartition(".")[2] in _NAIVE for call in case.calls)
    timed = any("datetime" in frame.code or "time." in frame.code for frame in case.frames)
    weight = 1.0 if said and (naive or timed) else 0.75 if said else 0.45 if naive else 0.0
    if weight:
        for section, key, likelihood in _ZONE:
            difference = case.difference(section, key)
            if difference is not None:
                yield _candidate(case, difference, likelihood * weight)


def _candidate(case: Case, difference: Difference, likelihood: float) -> Candidate:
    facts = case.of("zone")
    failure = case.failure
    told = (
        (in_log(facts[0]),)
        if facts
        else (Evidence("log", failure.message, f"line {failure.last.line}"),)
        if failure
        else ()
    )
    data = difference.key in ("tzdata", "zoneinfo")
    return candidate(
        __name__,
        difference,
        likelihood,
        told,
        "the zone is found in production" if data else "the program gives the same times under local's zone",
        "declare the tzdata package, or install the system's"
        if data
        else "set the same TZ on both sides, and use aware times",
    )
