"""A package that another one imports where it is there: it works otherwise with it than without.

Which ones is what the packages on the failing path offer behind extras that nobody asked for, and what is known of
those that say it in no metadata. One that only production has is the likelier where the failure speaks of it: its
exception, its type in the message, its frame innermost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate, requires, said
from parity.explain.model import Candidate, Evidence
from parity.explain.places import provides
from parity.policy.known_packages import development, implicit
from parity.profile.item import field

TITLE = "A package that is used where it is there"
CATEGORY = "environment"
NEEDS = ("packages",)

_SPOKEN_OF, _INNERMOST, _CONTENT = 0.9, 0.7, 0.25
_OF_CONTENT = re.compile(r"(?:Decode|Parse|Syntax|Validation|EOF|Read)(?:Error|Exception)\Z")
"""What another of its kind would say of the same content, in an exception of its own."""
_OFFERED = {Kind.EXTRA: 0.3, Kind.MISSING: 0.4}
_BY_REQUIRED = 0.8
"""Of a likelihood, where not the package on the path offers it, and one that it requires does."""
_REACH = 6
"""Packages of the path that are looked at, the innermost first."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The packages of one side only that the failure shows, then those that the failing path would use."""
    if case.failure is None:
        return
    for difference in case.differences("packages"):
        if difference.kind is Kind.EXTRA:
            yield from _shown(case, difference)
    for name, (by, weight) in _offered(case).items():
        offered = case.difference("packages", name)
        if offered is not None and offered.kind in _OFFERED and development(name) is None:
            words = f"{by} imports it where it is there, and is on the failing path"
            yield _candidate(case, offered, _OFFERED[offered.kind] * weight, words)


def _shown(case: Case, difference: Difference) -> Iterator[Candidate]:
    names = {name.replace("/", ".") for name in provides(difference.key, difference.production)}
    types = [raised.type for raised in case.failure.chain] if case.failure else []
    told = "\n".join([*types, *(raised.message for raised in case.failure.chain)]) if case.failure else ""
    for name in sorted(names):
        if re.search(rf"(?<![\w./]){re.escape(name)}\.[A-Za-z_]", told):
            about = _CONTENT if types and _OF_CONTENT.search(types[0]) else _SPOKEN_OF
            yield _candidate(case, difference, about, f"the failure speaks of what is of {name}")
            return
    innermost = next((place for place in case.path if place.kind in ("own", "package")), None)
    if innermost is not None and innermost.distribution == difference.key:
        yield _candidate(case, difference, _INNERMOST, "it is raised there, and local does not have it")


def _offered(case: Case) -> dict[str, tuple[str, float]]:
    """{distribution: (who imports it where it is there, how near that is)}."""
    found: dict[str, tuple[str, float]] = {}
    for name in (*case.on_path, *case.values("server"))[:_REACH]:
        for by, weight in ((name, 1.0), *((other, _BY_REQUIRED) for other in requires(case, name))):
            sides = [field(side.get(by), "optional") for side in case.items("packages")]
            known = [other for held in sides if isinstance(held, tuple) for other in held]
            for other in (*known, *implicit(by)):
                found.setdefault(other, (by, weight))
    return found


def _candidate(case: Case, difference: Difference, likelihood: float, words: str) -> Candidate:
    extra = difference.kind is Kind.EXTRA
    return candidate(
        __name__,
        difference,
        likelihood,
        (*said(case), Evidence("production" if extra else "local", words, f"packages.{difference.key}")),
        f"the failure stays when production {'does not have' if extra else 'has'} {difference.key}",
        f"uninstall {difference.key} in production, or declare it, so that local has it, too"
        if extra
        else f"declare {difference.key} among the program's own requirements, and install it in production",
    )
