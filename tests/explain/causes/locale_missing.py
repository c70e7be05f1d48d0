"""Examples of `locale_missing`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, FITS, NAMED, SET, Example

LOG = trace("locale.Error: unsupported locale setting", "app.py:3 f: locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')")
BLANK = trace("locale.Error: unsupported locale setting", "app.py:3 f: locale.setlocale(locale.LC_ALL, '')")

EXAMPLES = [
    Example(
        "the one that is asked for is not generated",
        LOG,
        {"locale.available.de_DE.UTF-8": True, "locale.available.fr_FR.UTF-8": True, "locale.available.C": True},
        {"locale.available.C": True},
        {"locale.available.de_DE.UTF-8": NAMED, "locale.available.fr_FR.UTF-8": FAINT},
    ),
    Example(
        "variables ask for it", BLANK, {"environment.X": SET}, {"environment.LC_ALL": SET}, {"environment.LC_ALL": FITS}
    ),
    Example(
        "another failure",
        trace("ValueError: de_DE", "app.py:3 f: x"),
        {"locale.available.de_DE.UTF-8": True},
        {"locale.available.C": True},
    ),
]
