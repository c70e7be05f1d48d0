"""Examples of `zone`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, SET, SHOWN, Example, package

NO_DATA = trace(
    "zoneinfo._common.ZoneInfoNotFoundError: 'No time zone found with key Europe/Berlin'", "app.py:3 f: ZoneInfo(k)"
)
EXPIRED = trace("jot.ExpiredSignatureError: Signature has expired", "app.py:5 f: jot.decode(t)")
NAIVE = {
    "app.py": "def f():\n    exp = datetime.utcnow().timestamp()\n    t = jot.encode(exp)\n\n    return jot.decode(t)\n"
}

EXAMPLES = [
    Example(
        "the data of zones is missing",
        NO_DATA,
        {"packages.tzdata": package("2024.1"), "time.tzdata": "2024a"},
        {"packages.rich": package("1"), "time.zone": "UTC"},
        {"packages.tzdata": SHOWN, "time.tzdata": SHOWN, "time.zone": FITS},
    ),
    Example(
        "a naive time under another zone",
        EXPIRED,
        {"time.zone": "UTC"},
        {"time.zone": "Asia/Tokyo", "environment.TZ": SET},
        {"time.zone": SHOWN, "environment.TZ": SHOWN},
        NAIVE,
    ),
    Example(
        "a moment with an offset beside one that has none",
        trace("TypeError: can't compare offset-naive and offset-aware datetimes", "app.py:5 f: due < datetime.now()"),
        {"time.zone": "UTC"},
        {"time.zone": "Asia/Tokyo"},
        {},
        {"app.py": "def f():\n    return due < datetime.now()\n"},
    ),
    Example(
        "a gap of a zone that the program names",
        trace(
            "pytz.exceptions.NonExistentTimeError: 2024-03-10 02:30", 'app.py:5 f: timezone("Asia/Gaza").localize(d)'
        ),
        {"time.zone": "UTC"},
        {"time.zone": "Asia/Tokyo"},
    ),
    Example(
        "no time in it", trace("ValueError: bad", "app.py:5 f: x"), {"time.zone": "UTC"}, {"time.zone": "Asia/Tokyo"}
    ),
]
