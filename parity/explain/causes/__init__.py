"""One file a kind of cause: a mechanism by which a difference breaks a program. The directory is the registry.

    TITLE             what a person calls it
    CATEGORY          the category of a failure that it causes (parity.explain.model.Category)
    NEEDS             sections that it looks at: where one was not compared, and the log speaks of it, that is said
    weigh(case)       -> Iterator[Candidate]

and, where what it names is one cause seen from several sides (a zone, and the variable that sets it), which then do not
compete with each other,

    ASPECTS           True

and, where another file reads the same signs (a server's version by what the statement uses, its settings by what it
answers), the name that they share, by which both are one voice about one label,

    VOICE             "database"

and, where it shows nothing of the failure and only says what is left to look at where the others say little,

    LAST              True

`weigh` looks at the facts of the log (`case.of`), at what differs (`case.difference`, `case.differences`) and at the
failing path (`case.path`, `case.calls`). It yields a candidate for each difference that could have broken the program
*by this mechanism*, with a likelihood as if nothing else differed:

    0.95 and more   the log names the thing, and production lacks it or has it otherwise
    0.7 to 0.9      the log shows the mechanism, and the difference is the one that triggers it
    0.4 to 0.6      the mechanism fits, and other differences would do as well
    0.1 to 0.3      it is on the failing path, and could matter

and nothing at all for a difference that the mechanism does not touch. Ranking is elsewhere (parity.explain.rank).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from parity.explain.case import Case
from parity.explain.model import Candidate, Category


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One file of the directory, as a value."""

    title: str
    category: Category
    needs: tuple[str, ...]
    weigh: Callable[[Case], Iterator[Candidate]]
    aspects: bool = False
    """Whether the labels that it names are sides of one cause."""
    voice: str = ""
    """What it counts as beside others that read the same signs: its own name, unless it shares one."""
    last: bool = False
    """Whether it is heard only where the others say little."""


@cache
def mechanisms() -> Mapping[str, Mechanism]:
    """{name: mechanism}, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    return {
        name: Mechanism(
            one.TITLE,
            one.CATEGORY,
            one.NEEDS,
            one.weigh,
            getattr(one, "ASPECTS", False),
            getattr(one, "VOICE", name),
            getattr(one, "LAST", False),
        )
        for name, one in modules.items()
    }
