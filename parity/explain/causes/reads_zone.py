"""A call of the failing path that asks for the local time, or for a zone's data.

Which calls do is data (parity/explain/data/calls.json) from the documentation of Python and of the libraries.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._reads import kind, read
from parity.explain.model import Candidate

TITLE = "A call that asks for the local time"
CATEGORY = "environment"
NEEDS = ("time", "environment")
ASPECTS = True
VOICE = "zone"


def weigh(case: Case) -> Iterator[Candidate]:
    """The zone in force, the variables that set it, and the data of the zones."""
    yield from read(__name__, case, lambda one: kind(one) == "zone")
