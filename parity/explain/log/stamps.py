"""Times as logs write them, in UTC where the log tells its zone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from math import isfinite

ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?"

_ISO = re.compile(r"(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?")
_CLF = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})")
_EPOCH = re.compile(r"\d{9,19}(?:\.\d{1,9})?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Seconds, milliseconds, microseconds and nanoseconds since 1970 of any year from 1973 to 2286.
_UNITS = ((1e8, 1e10, 1), (1e11, 1e13, 1e3), (1e14, 1e16, 1e6), (1e17, 1e19, 1e9))


def utc(text: str | None) -> str | None:
    """RFC 3339 in UTC to the second; None for what names no zone, no year, or no time."""
    if not text:
        return None
    try:
        return _utc(text)
    except (ValueError, OverflowError):
        return None


def _utc(text: str) -> str | None:
    found = _ISO.search(text)
    if found:
        if not found[7]:
            return None
        year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
        return _written(datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(found[7])))
    found = _CLF.search(text)
    if found and found[2] in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2]) + 1, int(found[3])
        hour, minute, second = int(found[4]), int(found[5]), min(int(found[6]), 59)
        return _written(datetime(year, month, day, hour, minute, second, tzinfo=_zone(found[7])))
    return epoch(float(text)) if _EPOCH.fullmatch(text) else None


def epoch(number: float) -> str | None:
    """The same for a count since 1970 in any of the usual units."""
    for low, high, unit in _UNITS if isfinite(number) else ():
        if low <= number < high:
            return _written(datetime.fromtimestamp(number / unit, timezone.utc))
    return None


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return timezone.utc
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(offset if text[0] == "+" else -offset)


def _written(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
