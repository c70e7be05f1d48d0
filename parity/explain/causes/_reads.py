"""How a difference that the failing path reads becomes a candidate. Support of the files beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.depends import Dependence, dependences
from parity.explain.model import Candidate, Evidence

ZONE = frozenset({"TZ", "TZDIR", "PYTHONTZPATH"})
LOCALE = frozenset({"LANG", "LANGUAGE", "PYTHONUTF8", "PYTHONIOENCODING", "PYTHONCOERCECLOCALE"})


def kind(difference: Difference) -> str:
    """Whose sides a difference is one of: "database", "zone", "locale"; "" for one that stands for itself."""
    section, key = difference.section, difference.key
    if section == "database":
        return "database"
    if section == "time" or (section == "environment" and key in ZONE) or key.startswith("tzdata"):
        return "zone"
    if section == "locale" or (section == "environment" and (key in LOCALE or key.startswith("LC_"))):
        return "locale"
    return ""


def read(module: str, case: Case, wanted: Callable[[Difference], bool]) -> Iterator[Candidate]:
    """A candidate for each dependence on what is wanted."""
    for one in case.once(dependences):
        if wanted(one.difference):
            yield _candidate(module, case, one)


def _brought(difference: Difference) -> str:
    """What production is to be given, a clause in the imperative."""
    if difference.section == "network" and difference.key.startswith("hosts."):
        return f"add {difference.key.removeprefix('hosts.')} to production's hosts file (--add-host)"
    return f"bring {difference.key} to production"


def _candidate(module: str, case: Case, one: Dependence) -> Candidate:
    difference = one.difference
    missing = difference.kind is Kind.MISSING
    return candidate(
        module,
        difference,
        min(one.likelihood, 0.95),
        (*said(case), one.evidence, Evidence("knowledge", one.row.words, one.row.source)),
        f"the program fails the same way with {difference.key} as it is locally",
        f"{_brought(difference)}, or do without it"
        if missing
        else f"make {difference.key} the same on both sides, or ask for what is needed in the call itself",
    )
