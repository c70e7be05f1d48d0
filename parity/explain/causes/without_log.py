"""No log: which differences break this program by themselves, and which are likely to.

By themselves: what it imports without a way out and production cannot provide, a variable that it does not go on
without, a library that a module which it imports needs and production does not find. The others stand by how much
their findings weigh, which follows from the program's use of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate
from parity.explain.causes.python_version import removal, without
from parity.explain.model import Candidate, Evidence
from parity.explain.places import Providers, provides
from parity.policy.model import Finding, Severity
from parity.policy.steps import step
from parity.profile.item import field

TITLE = "A difference that breaks the program whatever its log says"
CATEGORY = "environment"
NEEDS = ("packages", "environment", "libraries")

BREAKS = 0.95
"""The likelihood of what must break it by itself."""

_NEEDED = "needed by "
_LIKELY = {Severity.ERROR: 0.45, Severity.WARNING: 0.15}


def weigh(case: Case) -> Iterator[Candidate]:
    """Nothing where there is a failure: then it tells more."""
    if case.failure is not None:
        return
    imported = _Imported(case)
    for one in case.findings:
        if one.standing != "open" or one.severity is Severity.INFO:
            continue
        must = imported.lacks(one) or _unset(case, one) or imported.unloadable(one)
        if must is not None:
            evidence, refuted = must
            yield candidate(__name__, one, BREAKS, (evidence,), refuted, _step(case, one))
        else:
            known = tuple(Evidence("source", fact, _place(fact)) for fact in one.evidence[:2])
            yield candidate(__name__, one, _LIKELY[one.severity], known, "", _step(case, one))


class _Imported:
    """What the program imports outside of any `try`, by its repository, against what production has."""

    def __init__(self, case: Case) -> None:
        self.use = case.sides.use
        self.local, production = case.items("packages")
        self.production = production
        self.providers = Providers((production,))

    def lacks(self, one: Finding) -> tuple[Evidence, str] | None:
        """A package that no other of production's stands in for."""
        if one.section != "packages" or one.kind is not Kind.MISSING:
            return None
        place = self.at(one.key)
        names = provides(one.key, self.local.get(one.key))
        if place is None or any(self.providers.all(name) for name in names):
            return None
        name = names[0].replace("/", ".")
        words = f"imported at {place}, with no way around it, and nothing in production provides it"
        return Evidence("source", words, place), f'python -c "import {name}" works in production'

    def unloadable(self, one: Finding) -> tuple[Evidence, str] | None:
        """A library that a module of an imported package needs."""
        if one.id not in ("libraries.unresolved", "libraries.symbols"):
            return None
        known = {name for key, item in self.production.items() if self.at(key) for name in provides(key, item)}
        for module in _needing(one):
            name = module.replace("/", ".")
            top = next((held for held in known if name == held or name.startswith(f"{held}.")), None)
            if top is not None:
                words = f"needed by {module}, of what the program imports as {top}"
                return Evidence("production", words, f"{one.section}.{one.key}"), (
                    f'python -c "import {name}" works in production'
                )
        return None

    def at(self, distribution: str) -> str | None:
        """Where the program imports it. A repository that declares no distribution for an import has it by its name."""
        if self.use is None:
            return None
        item = self.production.get(distribution, self.local.get(distribution))
        names = (name.replace("_", "-").lower() for name in provides(distribution, item))
        for key in (distribution, *names):
            if field(self.use.item("packages", key), "used") == "program" and self.use.imported_at(key):
                return self.use.imported_at(key)[0]
        return None


def _step(case: Case, one: Finding) -> str:
    """What to do about it; a module that a release took away comes with no build of it."""
    module = one.key.removeprefix("stdlib.") if one.id == "python.module-missing" else ""
    gone = removal(case, module) if module else None
    return without(module, gone) if gone else step(one)


def _unset(case: Case, one: Finding) -> tuple[Evidence, str] | None:
    """A variable that production does not set, and the program does not go on without."""
    use = case.sides.use
    if one.section != "environment" or one.kind is not Kind.MISSING or use is None or not use.required(one.key):
        return None
    place = next(iter(use.read_at(one.key)), None)
    if place is None:
        return None
    words = f"read at {place} without a default: the program stops there"
    return Evidence("source", words, place), f"production's process has {one.key} when that line runs"


def _needing(one: Finding) -> Iterator[str]:
    """The modules that a finding about a library names: "psycopg2/_psycopg"."""
    yield from (fact.removeprefix(_NEEDED) for fact in one.evidence if fact.startswith(_NEEDED))


def _place(fact: str) -> str:
    """The file and line that a fact of a finding ends in, "" where it names none."""
    word = next((word for word in fact.split() if ".py:" in word), "")
    return word.strip(",;")
