"""What the failing path reads of the environment, where exactly that differs between the two sides.

A use (parity.explain.uses) that a row of the data is about (parity.explain.calls), a fact that the row says it reads,
and a failure that looks as the row says: how near the use is to the failure times how much it depends on the fact is
how likely the difference is the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from parity.diff.model import Difference, Kind
from parity.explain import calls
from parity.explain.calls import Row, compiled
from parity.explain.case import Case
from parity.explain.flow import statement
from parity.explain.model import Evidence

SAID, LOOKS, UNSAID = 1.0, 0.9, 0.45
"""How well a failure fits that says what it leads to; one that only looks so; and where it would have said so."""
_ASIDE = 0.35
"""Of a likelihood, for the further facts that one row reads beside the first of them that differs."""
_VERSION = 0.4
"""Of a likelihood, where both sides have it, in other versions: what a call needs is that it is there."""
_LEAST = 0.1
_LONGEST = 4_000
"""Characters of a statement that are looked at."""
_PRESENCE = frozenset({"packages", "system_packages", "libraries"})

_STATEMENT = re.compile(
    r"\s*(?:/\*.*?\*/\s*)?(?:select|insert|update|delete|merge|with|create|alter|drop|copy|call|do|values|truncate|set"
    r"|show|listen|lock|refresh|explain|execute|prepare|begin|start|commit|grant|comment|declare|fetch)\b",
    re.IGNORECASE | re.DOTALL,
)
_LOGGED = re.compile(r"(?:\[sql: |statement:\s+|\bline \d+: )([^\n]{6,2000})")
"""Where SQLAlchemy, PostgreSQL's own log and libpq quote a statement."""

_NOTHING = re.compile(
    r"nonetype|\bnone\b|index out of range|empty (?:sequence|iterable|list|result)|iterable argument is empty"
    r"|not enough values to unpack|not found|no such|does ?n[o']t exist|no row|norows|no result|keyerror|stopiteration"
    r"|indexerror|doesnotexist|missing|\bempty\b|lookuperror|unknown|must not be null|zerodivision|division by zero"
)
_VALUE = re.compile(
    r"valueerror|assertionerror|typeerror(?!.{0,200}nonetype)|keyerror|invalid|decimal|does not match|unexpected"
    r"|jsondecodeerror|parse\w{0,5}error"
    r"|mismatch|could not convert|not in list|validationerror|lookuperror|not supported between|overflow"
)
_TEXT = re.compile(
    r"unicode\w*error|codec can't|surrogates not allowed|invalid byte sequence|charmap|no equivalent in encoding"
)
_VIOLATION = re.compile(r"violation|violates|integrityerror|constraint")
_ORDER = re.compile(r"keyerror|assertionerror|valueerror|unboundlocal|nameerror|sorted|\border")
_REFUSED = re.compile(
    r"oserror|permission|errno|refused|not permitted|timeout|notfound|could not|cannot|can't|unable|unavailable"
    r"|not available|backend|failed|\b\w+\.error\b|importerror|no such|unsupported|not supported|operationalerror"
)
_BY_LOOKS = {"nothing": _NOTHING, "value": _VALUE, "text": _TEXT, "violation": _VIOLATION, "order": _ORDER,
             "refused": _REFUSED}  # fmt: skip
_CHECKED = frozenset({"nothing", "value", "order", "checked"})
"""What a check of the program's own, which raises in words of its own, may have found."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """One difference that the failing path reads."""

    difference: Difference
    likelihood: float
    row: Row
    evidence: Evidence
    """Where it is read."""


def dependences(case: Case) -> tuple[Dependence, ...]:
    """The likeliest of each difference, the likeliest first."""
    if case.failure is None:
        return ()
    looks = looking(case)
    best: dict[tuple[str, str], Dependence] = {}
    for row, near, words, at, named in _met(case):
        fits = _fits(case, row, looks)
        for place, (difference, weight) in enumerate(_differing(case, row, named) if fits else ()):
            likelihood = near * weight * fits * (_ASIDE if place else 1.0)
            key = (difference.section, difference.key)
            if likelihood >= _LEAST and (key not in best or best[key].likelihood < likelihood):
                best[key] = Dependence(difference, likelihood, row, Evidence("source" if at else "log", words, at))
    return tuple(sorted(best.values(), key=lambda one: -one.likelihood))


def _met(case: Case) -> Iterator[tuple[Row, float, str, str, tuple[str, ...]]]:
    """(row, nearness, what uses it, where, the literals there) of everything on the path that a row is about."""
    for use, near in case.uses.names.items():
        for row in calls.of(use.name):
            if row.takes(use.texts, use.keywords):
                name = use.name.strip("<>").lstrip(".")
                yield row, near, f"{name} is what it depends on there", f"{use.file}:{use.line}", use.texts
    for (text, file, line), near in case.uses.texts.items():
        if _STATEMENT.match(text):
            yield from ((row, near, "a statement of the failing path depends on it", f"{file}:{line}", (text,))
                        for row in calls.statements() if row.asked_by(text[:_LONGEST]))  # fmt: skip
    for found in _LOGGED.finditer(case.text):
        if _STATEMENT.match(found[1]):
            yield from ((row, 1.0, "the statement that failed depends on it", "", (found[1],))
                        for row in calls.statements() if row.asked_by(found[1]))  # fmt: skip


def _differing(case: Case, row: Row, named: tuple[str, ...]) -> list[tuple[Difference, float]]:
    """What a row reads and differs, the surest first; of several of a kind, those first that the call names."""
    found: list[tuple[Difference, float]] = []
    for label, weight in row.reads:
        section, _, key = label.partition(".")
        if key == "*":
            found += [(one, weight) for one in case.differences(section) if _names(named, one.key)]
        elif "*" not in key:
            one = case.difference(section, key)
            found += [(one, weight)] if one is not None else []
        else:
            held = list(case.differences(section, key))
            found += [(one, weight if _names(named, one.key) else weight * 0.8) for one in held]
    weighed = [
        (one, weight * (_VERSION if one.section in _PRESENCE and one.kind is Kind.CHANGED else 1.0))
        for one, weight in found
    ]
    return sorted(weighed, key=lambda pair: -pair[1])


def _names(texts: tuple[str, ...], key: str) -> bool:
    told = re.sub(r"[^a-z0-9]", "", " ".join(texts).lower())
    return any(len(word) > 3 and word in told for word in re.split(r"[^a-z0-9]+", key.lower()))


def _fits(case: Case, row: Row, looks: frozenset[str]) -> float:
    if (row.refuted and compiled(row.refuted).search(case.text)) or not _through(case, row):
        return 0.0
    if row.says and compiled(row.says).search(_told(case)):
        return SAID
    return (UNSAID if row.says else LOOKS) if row.leads & looks else 0.0


def _through(case: Case, row: Row) -> bool:
    """Whether one of the facts by which the others of the row work differs, or both sides know none of them."""
    labels = [label.partition(".")[::2] for label in row.through]
    known = [(section, key) for section, key in labels if all(key in side for side in case.items(section))]
    return not known or any(case.difference(section, key) is not None for section, key in labels)


def _told(case: Case) -> str:
    types = [one.type for one in case.failure.chain] if case.failure else []
    return "\n".join([*types, case.text])


def looking(case: Case) -> frozenset[str]:
    """How a failure looks, in the words of the data."""
    chain = case.failure.chain if case.failure else ()
    told = "\n".join(f"{one.type}: {one.message}".lower() for one in chain) or case.text
    found = {name for name, pattern in _BY_LOOKS.items() if pattern.search(told)}
    return frozenset(found | _CHECKED) if _checks(case) else frozenset(found)


def _checks(case: Case) -> bool:
    """Whether the program itself raises it, by a statement of its own that says so."""
    if not case.own or not case.path or case.path[0].kind != "own":
        return False
    frame, source = case.own[0]
    found = statement(source.tree, frame.line) if frame.line else None
    return found is not None and type(found).__name__ in ("Raise", "Assert")
