"""A process whose uid has no account: what asks for a name, a home or a group of it fails.

Platforms that give each container a uid of its own (and `docker run --user 10001`) make such processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "A uid without an account"
CATEGORY = "environment"
NEEDS = ("process",)
ASPECTS = True

_SAID = re.compile(r"getpwuid|getpwnam|uid not found|cannot find name for user id|getgrgid|i have no name!")
_ROLE = re.compile(r"\b(?:role|user) \"")
_TELLING = (
    ("process", "user", 0.95),
    ("process", "uid", 0.94),
    ("process", "passwd_entry", 0.93),
    ("environment", "USER", 0.7),
    ("environment", "LOGNAME", 0.7),
    ("process", "home", 0.4),
    ("container", "user", 0.6),
)


_KNOWN = 0.3
"""Of a likelihood, where production's uid has an account."""


def weigh(case: Case) -> Iterator[Candidate]:
    """Who the process is, and the variables that would have told its name."""
    production = case.items("process")[1]
    own = {str(production.get("user")), str(production.get("uid"))}
    # A role of a database is no account; libpq takes the account's name for one where none is given.
    facts = tuple(one for one in case.of("user") if one.value in own or not _ROLE.search(one.words))
    if not facts and not _SAID.search(case.text):
        return
    for section, key, weight in _TELLING:
        likelihood = weight * (_KNOWN if production.get("passwd_entry") is True and not facts else 1.0)
        difference = case.difference(section, key)
        if difference is not None:
            evidence = (in_log(facts[0]),) if facts else ()
            words = "no account of the system has the uid of the process"
            yield candidate(
                __name__,
                difference,
                likelihood,
                (*evidence, Evidence("production", words, "process.user")),
                "`getent passwd UID` in production finds an entry",
                "add an account for that uid to the image, or set USER and HOME for the process",
            )
