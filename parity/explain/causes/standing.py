"""What is rarely innocent among all that differs, where no mechanism says anything of this failure.

A failure in the program's own words, or a result that is merely wrong, may leave nothing to join with a difference.
Then what differs stands by itself: by how seldom a difference of its kind is innocent in a program that runs, and by
how near to the failing file it is used. None of this shows that it is the cause, so no likelihood here comes near to an
answer: it is an order in which to look.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.flow import own_source
from parity.explain.model import Candidate, Evidence
from parity.explain.sources import Source
from parity.policy.model import Finding

TITLE = "What differs and is rarely innocent"
CATEGORY = "environment"
NEEDS = ()
LAST = True
VOICE = "on_the_path"

SHOWN = 5
"""Candidates that are named: an order in which to look is of no use when it is long."""

_FILE, _BESIDE, _SOURCE = 1.0, 0.85, 0.6
"""What is left of a weight: used in a file on the failing path, in one that those import, anywhere in the source."""
_FOR_IT = "imports it where it is there"
_REQUIRES = "required by "


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of finding."""

    finding: str
    """Its id, a pattern (fnmatch)."""
    weight: float
    """How seldom it is innocent, 0 to 1; never near to what a mechanism would say that shows something."""
    why: str
    used: str = ""
    """How the program must use it: "imported" or "read" by its source, "behind" a package that it imports and which
    takes it or needs it, "placed" among its files; "" where the finding's own rule looks at the use."""


ROWS = (
    # Files of the program itself. Nothing but a deployment changes them, and the program is what it is made of.
    Row("source.shadows", 0.28, "code that only production has is found before other code", "placed"),
    Row("source.case", 0.28, "a name in another case is another file there", "placed"),
    Row("source.not-deployed", 0.28, "a file of the program was not deployed", "placed"),
    Row("source.stale-bytecode", 0.26, "bytecode is loaded in place of its source", "placed"),
    Row("source.changed", 0.24, "a file of the program is not the same", "placed"),
    Row("source.line-ends", 0.2, "a file of the program ends its lines in another way", "placed"),
    Row("source.not-executable", 0.2, "a file of the program cannot be executed", "placed"),
    # Packages. A library that takes another where it is there does otherwise without it, and says nothing.
    Row("packages.missing", 0.28, "what the program imports does otherwise without it", "behind"),
    Row("packages.missing*", 0.26, "the program imports it", "imported"),
    Row("packages.provider", 0.26, "another distribution provides what the program imports", "imported"),
    Row("packages.wheel-tag", 0.24, "its wheel was built for another platform", "imported"),
    Row("packages.major", 0.25, "the program imports it, and it is another major release", "imported"),
    Row("packages.broken-requirement", 0.2, "what a package requires is not met"),
    Row("packages.requirement", 0.2, "it is not what a package requires"),
    Row("packages.major", 0.13, "what the program imports requires it", "behind"),
    Row("packages.extra", 0.12, "what the program imports does otherwise with it", "behind"),
    Row("packages.minor", 0.1, "the program imports it, and it is another release", "imported"),
    # Variables. What the source reads decides what it does; Python itself reads a few.
    Row("environment.emptied", 0.27, "the program reads a variable that is empty", "read"),
    Row("environment.missing", 0.27, "the program reads a variable that is not set", "read"),
    Row("environment.near-miss", 0.27, "the program reads a variable of nearly this name"),
    Row("environment.shape", 0.26, "the program reads a variable of another form", "read"),
    Row("environment.undeclared", 0.14, "the program reads a variable that only production has", "read"),
    Row("environment.value", 0.14, "the program reads a variable of another value", "read"),
    Row("environment.maybe-read", 0.13, "a name like it is put together while the program runs"),
    # The interpreter, and what every string and date of a program goes through.
    Row("python.version-minor", 0.2, "another Python"),
    Row("python.implementation", 0.2, "another implementation of Python"),
    Row("executables.missing-used", 0.24, "the program starts it"),
    Row("libraries.unresolved", 0.18, "a module that is installed does not load"),
    Row("libraries.symbols", 0.18, "a module that is installed does not load"),
    Row("locale.encoding", 0.18, "text is read and written in another encoding"),
    Row("time.zone-missing", 0.18, "the zone that is asked for is not there"),
    Row("time.tzdata-missing", 0.18, "no zone can be asked for by name"),
    Row("locale.not-generated", 0.14, "the locale that is asked for is not there"),
    # The database. A setting is set for a reason, and each session has it.
    Row("database.extension-missing", 0.2, "the database lacks an extension that is used where it works"),
    Row("database.migrations", 0.2, "the schema is of another migration"),
    Row("database.schema", 0.2, "the schema is not the same"),
    Row("database.sql-mode", 0.15, "statements mean something else in this mode"),
    Row("database.privilege", 0.14, "the role may not do the same"),
    Row("database.older", 0.12, "the server is older"),
)  # fmt: skip
"""The first that fits a finding counts. What is not here is innocent in nearly every program that runs: patch releases,
sizes and limits, the kernel, the user, capabilities, mounts of the host, the zone and locale that nothing asks for, and
the shell's own variables."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The findings of the table, the likeliest first; nothing without a failure, whose differences have an order."""
    if case.failure is None:
        return
    near = _Near(case)
    best: dict[tuple[str, str], tuple[float, Row, Finding, str]] = {}
    for one in case.findings:
        for row in ROWS if one.kind is not None else ():
            if fnmatchcase(one.id, row.finding):
                nearness, place = near.of(one, row.used)
                key = (one.section, one.key)
                if nearness and (key not in best or best[key][0] < row.weight * nearness):
                    best[key] = (row.weight * nearness, row, one, place)
    # Findings are sorted the worst first, and so are those of one weight.
    for likelihood, row, one, place in sorted(best.values(), key=lambda each: -each[0])[:SHOWN]:
        facts = tuple(Evidence("source", fact, place) for fact in one.evidence[:1])
        why = Evidence("difference", f"{row.why}, and nothing in the log shows it", f"{one.section}.{one.key}")
        yield candidate(
            __name__, one, likelihood, (*said(case), why, *facts),
            f"the failure stays when {one.key} is in production what it is locally",
            f"make {one.section}.{one.key} the same on both sides",
        )  # fmt: skip


class _Near:
    """How near to the failing file the program uses what differs."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.use = case.sides.use
        self.files = tuple(dict.fromkeys(source.file for _, source in case.own))

    @cached_property
    def beside(self) -> frozenset[str]:
        """The program's own files that those on the failing path import, and so on."""
        found: dict[str, Source] = {}
        ahead = [source for _, source in self.case.own]
        while ahead:
            source = ahead.pop()
            for module in (*source.aliases.values(), *(name for name, _ in source.imports())):
                other = own_source(module, self.case.sources)
                if other is not None and other.file not in found:
                    found[other.file] = other
                    ahead.append(other)
        return frozenset(found)

    def of(self, one: Finding, used: str) -> tuple[float, str]:
        """(what is left of a weight, the place of its use): 0 where it is not used in this way."""
        if not used:
            return 1.0, ""
        if used == "placed":
            return self._placed(one.key), one.key
        if self.use is None:
            return 0.0, ""
        if used == "read":
            return self._nearest(self.use.read_at(one.key))
        if used == "imported":
            return self._nearest(self.use.imported_at(one.key))
        return self._behind(one)

    def _behind(self, one: Finding) -> tuple[float, str]:
        """By the package that takes it: the first word of the fact that says so."""
        for fact in one.evidence if self.use is not None else ():
            by = fact.partition(" ")[0] if fact.endswith(_FOR_IT) else ""
            if fact.startswith(_REQUIRES):
                by = fact.removeprefix(_REQUIRES).split(",")[0]
            if by and self.use is not None:
                return self._nearest(self.use.imported_at(by))
        return 0.0, ""

    def _nearest(self, places: tuple[str, ...]) -> tuple[float, str]:
        weighed = [(self._at(place.rpartition(":")[0]), place) for place in places]
        return max(weighed, key=lambda pair: pair[0], default=(0.0, ""))

    def _at(self, file: str) -> float:
        return _FILE if file in self.files else _BESIDE if file in self.beside else _SOURCE

    def _placed(self, key: str) -> float:
        """A file in the failing one's directory, or below it, is nearer than one elsewhere."""
        if key in self.files:
            return _FILE
        directories = {file.rpartition("/")[0] for file in self.files}
        return _BESIDE if any(key.startswith(f"{one}/" if one else "") for one in directories) else _SOURCE
