"""A call of the failing path that reads what differs: a table of the system, a name of the host, a library, a limit.

Which calls read what is data (parity/explain/data/calls.json, calls_libraries.json, calls_children.json) from the
documentation of Python, of the libraries and of the programs that are started; how near a call is to the failure says
how likely it is the cause (parity.explain.depends).
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._reads import kind, read
from parity.explain.model import Candidate

TITLE = "A call that reads what differs"
CATEGORY = "environment"
NEEDS = ("environment", "packages", "system_packages", "libraries", "executables", "process", "limits", "network")


def weigh(case: Case) -> Iterator[Candidate]:
    """Every difference that is read, but those of which other files name the sides."""
    yield from read(__name__, case, lambda one: kind(one) == "")
