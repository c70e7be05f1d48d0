"""A variable that a dotenv file sets where it works, and the file is not in production: nothing sets it there.

Which distributions read such a file: https://github.com/theskumar/python-dotenv#other-projects, and Flask and uvicorn,
which do where python-dotenv is installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence
from parity.profile.item import field
from parity.profile.model import Item

TITLE = "A dotenv file that is not there"
CATEGORY = "variable"
NEEDS = ("source", "environment")

_READERS = (
    "python-dotenv", "python-decouple", "django-environ", "django-dotenv", "environs", "pydantic-settings", "dynaconf",
    "prettyconf", "starlette", "honcho",
)  # fmt: skip
_NAMED, _BESIDE = 0.93, 0.6
"""The file that libraries read unasked, and one that the program must name."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The dotenv files that only local has, where the log asks for a variable that neither process is given."""
    local, production = case.items("environment")
    facts = [fact for fact in case.of("variable") if not (_given(local, fact.value) or _given(production, fact.value))]
    reader = next((name for name in _READERS if name in case.items("packages")[1]), None)
    for difference in case.differences("source") if facts and reader else ():
        if difference.kind is Kind.MISSING and difference.local is True:
            words = f"{reader} reads such a file, and production has none of that name"
            yield candidate(
                __name__,
                difference,
                _NAMED if difference.key == ".env" else _BESIDE,
                (in_log(facts[0]), Evidence("production", words, f"source.{difference.key}")),
                f"{facts[0].value} is set for production's process",
                f"set {facts[0].value} in production, as {difference.key} does locally",
            )


def _given(items: Mapping[str, Item], name: str) -> bool:
    """Whether the process itself is given it, or the profile has read the file that sets it."""
    return field(items.get(name), "state") in ("set", "empty")
