"""Examples of `locale_differs`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, SET, SHOWN, Example

MONTH = trace(
    "ValueError: time data '3 Mai 2024' does not match format '%d %B %Y'",
    "app.py:3 f: datetime.strptime(text, '%d %B %Y')",
    "^_strptime.py:349 _strptime: raise ValueError('time data %r does not match format %r' %",
)
ISO = trace(
    "ValueError: time data '3.5.2024' does not match format '%Y-%m-%d'", "app.py:3 f: datetime.strptime(x, '%Y-%m-%d')"
)
GERMAN = {"locale.lc_time": "de_DE.UTF-8", "environment.LC_TIME": SET}
PLAIN = {"locale.lc_time": "C", "environment.X": SET}

EXAMPLES = [
    Example("names of months", MONTH, GERMAN, PLAIN, {"locale.lc_time": SHOWN, "environment.LC_TIME": SHOWN}),
    Example(
        "a format without names",
        ISO,
        GERMAN,
        {"locale.lc_time": "C", "environment.LC_TIME": SET},
        {"locale.lc_time": FAINT},
    ),
    Example("no time in it", trace("ValueError: bad", "app.py:3 f: x"), GERMAN, PLAIN),
]
