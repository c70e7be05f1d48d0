"""Another home: what a program keeps below it, a token, a configuration, a cache that was filled, lies in another one.

Source for where Python finds it: https://docs.python.org/3/library/os.path.html#os.path.expanduser
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, held, said
from parity.explain.causes.writing import above
from parity.explain.model import Candidate, Evidence, Fact
from parity.profile.item import field

TITLE = "Another home"
CATEGORY = "environment"
NEEDS = ("process", "environment")
ASPECTS = True

_NONE = re.compile(
    r"could(?: not|n't) determine home directory|\$?home(?: is)? not (?:set|defined)|can't determine home"
)
_BELOW, _LITERAL, _UNKNOWN = 0.9, 0.93, 0.95
_SIDES = (("environment", "HOME", 1.0), ("process", "home", 0.97), ("process", "passwd_entry", 0.6))


def weigh(case: Case) -> Iterator[Candidate]:
    """The home of the process, where nothing is found below it, or there is none."""
    likelihood, fact, words = _told(case)
    for section, key, weight in _SIDES if likelihood else ():
        difference = held(case, section, key)
        if difference is not None:
            yield candidate(
                __name__,
                difference,
                likelihood * weight,
                (*((in_log(fact),) if fact else said(case)), Evidence("production", words, f"{section}.{key}")),
                "the file lies in the home of production's process",
                "set HOME in production to where the file is, or put the file there",
            )


def _told(case: Case) -> tuple[float, Fact | None, str]:
    if _NONE.search(case.text):
        return _UNKNOWN, None, "nothing tells the home of the process"
    here, there = (field(side.get("home"), "path") for side in case.items("process"))
    missing = {fact.link for fact in case.of("errno") if fact.value == "ENOENT"}
    for fact in case.of("path"):
        if fact.link not in missing:
            continue
        if fact.value.startswith("~"):
            return _LITERAL, fact, "~ stays as it is where no home is known"
        if isinstance(there, str) and here != there and _below(case, there, fact.value):
            return _BELOW, fact, f"{there} is the home of the process, and locally it is another"
    return 0.0, None, ""


def _below(case: Case, home: str, path: str) -> bool:
    """Whether a path is one of the home: not of a program that is deployed there, unless in a hidden directory."""
    if len(home) < 2 or above(home, path) is None:
        return False
    directory = field(case.items("process")[1].get("working_directory"), "path")
    program = isinstance(directory, str) and above(home, directory) is not None and above(directory, path) is not None
    return not program or path[len(home.rstrip("/")) + 1 :].startswith(".")
