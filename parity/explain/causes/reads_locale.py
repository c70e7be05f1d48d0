"""A call of the failing path that follows the locale, or the encoding that comes of it.

Which calls do is data (parity/explain/data/calls.json) from the documentation of Python and the C library.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._reads import kind, read
from parity.explain.model import Candidate

TITLE = "A call that follows the locale"
CATEGORY = "environment"
NEEDS = ("locale", "environment")
ASPECTS = True
VOICE = "locale"


def weigh(case: Case) -> Iterator[Candidate]:
    """The categories that the calls on the path ask for, and the variables that set them."""
    yield from read(__name__, case, lambda one: kind(one) == "locale")
