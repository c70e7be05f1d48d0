"""What a server of MySQL's or Redis's family refuses, and the setting that makes it.

Which number or words lead to which setting is data (parity/explain/data/mysql.json, redis.json), from the servers' own
references. The section's product says which of them holds: a number of MySQL's means nothing beside PostgreSQL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parity.diff.model import Difference
from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence
from parity.products import family, product

TITLE = "A server of MySQL or Redis refuses"
CATEGORY = "database"
NEEDS = ("database",)

_NUMBER = re.compile(r"\((\d{4}), |\b(\d{4}) \([0-9a-z]{5}\): ")
"""As PyMySQL, mysqlclient and Django put it, then as MySQL's own driver and client do."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing that a server says, and what differs where it says so on one side alone."""

    message: re.Pattern[str]
    """What it says, in lower case."""
    keys: Mapping[str, float]
    """{key of the section, or a pattern with *: likelihood}."""
    words: str
    """Why, in a sentence without its full stop."""
    source: str
    example: str
    numbers: frozenset[int] = frozenset()
    """MySQL's numbers for it; a text without any number counts by its words."""
    modes: frozenset[str] = frozenset()
    """Of `sql_mode`, those that make it: one of them must differ. Empty: any difference does."""


@cache
def refusals(of_family: str) -> tuple[Refusal, ...]:
    """What servers of "mysql" or "redis" refuse; () for another family."""
    if of_family not in ("mysql", "redis"):
        return ()
    text = (files("parity.explain") / "data" / f"{of_family}.json").read_text("utf-8")
    return tuple(
        Refusal(
            re.compile(row["message"]),
            row["keys"],
            row["words"],
            row["source"],
            row["example"],
            frozenset(row.get("numbers", ())),
            frozenset(row.get("modes", ())),
        )
        for row in json.loads(text)
    )


def weigh(case: Case) -> Iterator[Candidate]:
    """By the number and the words, where production's server is of the family that says so."""
    known = refusals(family(product(case.items("database")[1])))
    if not known:
        return
    told = {int(one or other) for one, other in _NUMBER.findall(case.text)}
    for refusal in known:
        if not refusal.message.search(case.text) or (told and refusal.numbers and not told & refusal.numbers):
            continue
        knowledge = Evidence("knowledge", refusal.words, refusal.source)
        for key, likelihood in refusal.keys.items():
            for difference in case.differences("database", key):
                if _makes(refusal, difference):
                    yield _candidate(difference, likelihood, (*said(case), knowledge))


def _makes(refusal: Refusal, difference: Difference) -> bool:
    """Whether what differs is what the refusal comes of; of modes, those that production alone has."""
    if difference.key != "sql_mode" or not refusal.modes:
        return True
    local, production = (set(str(side or "").split(",")) for side in (difference.local, difference.production))
    quoting = refusal.modes & {"ANSI_QUOTES"}
    return bool((production - local) & refusal.modes or (quoting and (local - production) & refusal.modes))


def _candidate(difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    return candidate(
        __name__,
        difference,
        likelihood,
        evidence,
        f"the program fails the same way under local's {difference.key}",
        f"make {difference.key} the same on both servers",
    )
