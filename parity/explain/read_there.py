"""How likely the cause is something that differs and that the failing path reads, or asks for by name."""

from __future__ import annotations

from parity.explain.case import Case
from parity.explain.depends import dependences
from parity.explain.undeployed import asked_for

_READ = 0.5
"""The likelihood from which a difference that is read on the path speaks against an error in the data."""


def read_there(case: Case) -> float:
    """0 to 1; 0 where it is little."""
    read = [one.likelihood for one in case.once(dependences)[:1]]
    likeliest = max([*read, *(one.likelihood for one in case.once(asked_for))], default=0.0)
    return likeliest if likeliest >= _READ else 0.0
