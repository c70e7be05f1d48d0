"""Examples of `encoding`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, NAMED, SET, SHOWN, Example

ASCII = trace(
    "UnicodeDecodeError: 'ascii' codec can't decode byte 0xc3 in position 3: ordinal", "app.py:3 f: open(p).read()"
)
UTF8 = trace(
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position 3: invalid", "app.py:3 f: open(p).read()"
)

EXAMPLES = [
    Example(
        "another encoding of files",
        ASCII,
        {"locale.encoding": "utf-8", "environment.LANG": SET},
        {"locale.encoding": "ascii", "environment.X": SET},
        {"locale.encoding": NAMED, "environment.LANG": SHOWN},
    ),
    Example(
        "the data, where both sides read UTF-8",
        UTF8,
        {"locale.encoding": "utf-8", "environment.LANG": SET},
        {"locale.encoding": "utf-8", "environment.X": SET},
        {"environment.LANG": FAINT},
    ),
    Example(
        "no codec fails",
        trace("ValueError: bad", "app.py:3 f: x"),
        {"locale.encoding": "utf-8"},
        {"locale.encoding": "ascii"},
    ),
]
