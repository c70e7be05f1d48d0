"""A statement that the SQLite of production's interpreter does not know yet: each Python brings, or finds, its own.

Sources: https://www.sqlite.org/changes.html; what a build leaves out: https://www.sqlite.org/compile.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate

TITLE = "Another SQLite"
CATEGORY = "database"
NEEDS = ("python",)
ASPECTS = True

_SAYS = (
    (
        re.compile(r"sqlite.{0,20}\d[\d.]* or (?:later|newer|higher) (?:is )?required|requires sqlite|sqlite version"),
        0.97,
    ),
    (re.compile(r"near \"[^\"\n]{1,60}\": syntax error|malformed database schema|unrecognized token"), 0.9),
    (
        re.compile(
            r"no such (?:function|module|collation|table-valued)|unsupported file format|wrong number of arguments"
        ),
        0.88,
    ),
    (
        re.compile(
            r"too many sql variables|notsupportederror|not (?:currently |yet )?supported"
            r"|cannot use (?:window|returning)"
        ),
        0.7,
    ),
)
_SQLITE = re.compile(r"sqlite")
_PLACES = (("python", "sqlite", 1.0), ("system_packages", "libsqlite3-0", 0.9), ("libraries", "libsqlite3.so.0", 0.9))


def weigh(case: Case) -> Iterator[Candidate]:
    """The version of the library, where SQLite does not understand."""
    modules = {place.module.partition(".")[0] for place in case.path}
    types = {one.type for one in case.failure.chain} if case.failure else set()
    asked = _SQLITE.search(case.text) or "sqlite3" in modules or any("sqlite" in name for name in types)
    if not asked:
        return
    for pattern, likelihood in _SAYS:
        found = pattern.search(case.text)
        if found is None:
            continue
        for section, key, weight in _PLACES:
            difference = case.difference(section, key)
            if difference is not None:
                yield candidate(
                    __name__,
                    difference,
                    likelihood * weight,
                    said(case, found[0]),
                    f"the statement is accepted by SQLite {difference.production}",
                    "run the interpreter with local's SQLite, or write for the older one",
                )
        return
