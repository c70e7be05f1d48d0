"""Another locale in force, that exists on both sides: months have other names, numbers another comma, letters an order.

Only what asks for it follows the locale: strptime(3) and strftime(3) LC_TIME, strxfrm(3) LC_COLLATE, and of Python's
own functions those of the module locale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence

TITLE = "Another locale in force"
CATEGORY = "environment"
NEEDS = ("locale", "environment")
ASPECTS = True
VOICE = "locale"

_NAMES = re.compile(r"%[abpxc]", re.IGNORECASE)
_TIME = re.compile(r"strptime|strftime|calendar|month_name|day_name|does not match format")
_NUMBER = re.compile(r"\batof\b|\batoi\b|delocalize|could not convert string to float")
_MONEY = re.compile(r"\bcurrency\(|localeconv|format_string|\blocale\.")
_ORDER = re.compile(r"strxfrm|strcoll")
_BY_CATEGORY = (("lc_time", _TIME), ("lc_numeric", _NUMBER), ("lc_monetary", _MONEY), ("lc_collate", _ORDER))


def weigh(case: Case) -> Iterator[Candidate]:
    """The category that the failing lines ask for, and the variables that set it."""
    told = "\n".join([case.text, *(frame.code.lower() for frame in case.frames[:8]), *(one.name for one in case.calls)])
    for category, pattern in _BY_CATEGORY:
        found = pattern.search(told)
        difference = case.difference("locale", category)
        if found is None or difference is None:
            continue
        spelled = category != "lc_time" or _NAMES.search(told) is not None
        likelihood = (0.85 if spelled else 0.2) * (1.0 if "locale" in told or category == "lc_time" else 0.5)
        for section, key, weight in (
            ("locale", category, 1.0),
            ("environment", category.upper(), 0.97),
            ("environment", "LC_ALL", 0.95),
            ("environment", "LANG", 0.9),
        ):
            one = case.difference(section, key)
            if one is not None:
                words = f"{category} decides how {found[0].strip('(')} reads and writes"
                yield candidate(
                    __name__,
                    one,
                    likelihood * weight,
                    (*said(case), Evidence("production", words, f"locale.{category}")),
                    "the same input is read in production under local's locale",
                    f"set {category.upper()} in production as it is locally, or format without the locale (babel)",
                )
