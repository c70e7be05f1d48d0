"""A variable that production lacks, has empty, or has with another value, and that the program reads on its way.

By name where the log names it. Else by what the source says: read by the function that fails, with the very default
that the log complains of, or behind the setting that a framework finds empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence, Fact
from parity.explain.sources import enclosing
from parity.policy.model import field

TITLE = "A variable that the program reads"
CATEGORY = "variable"
NEEDS = ("environment",)

_READERS = (
    "getenv",
    "environ.get",
    "environ.setdefault",
    "config",
    "env",
    "env.str",
    "env.int",
    "env.bool",
    "env.list",
)
_UNREADABLE = "production's process has the variable, not empty, when it fails"


def weigh(case: Case) -> Iterator[Candidate]:
    """Variables by name, by the setting that they fill, by their default, and by where they are read."""
    for fact in case.of("variable"):
        difference = _lacking(case, fact.value)
        if difference is not None:
            likelihood = 0.98 if difference.kind is Kind.MISSING or _emptied(difference) else 0.7
            yield _candidate(case, difference, likelihood, (in_log(fact),))
    for fact in case.of("setting"):
        yield from _setting(case, fact)
    yield from _default(case)
    yield from _read_there(case)


def _lacking(case: Case, name: str) -> Difference | None:
    difference = case.difference("environment", name)
    if difference is None:
        # Settings classes read names whatever their case.
        found = [one for one in case.differences("environment") if one.key.upper() == name.upper()]
        difference = found[0] if found else None
    return difference if difference is not None and difference.kind is not Kind.EXTRA else None


def _emptied(difference: Difference) -> bool:
    return field(difference.production, "state") == "empty"


def _setting(case: Case, fact: Fact) -> Iterator[Candidate]:
    """A framework names its setting; the variable that fills it has that name, or ends in it, more often than not."""
    for difference in case.differences("environment"):
        name, wanted = difference.key.upper(), fact.value.upper()
        if difference.kind is Kind.EXTRA or not (name == wanted or name.endswith("_" + wanted)):
            continue
        likelihood = 0.96 if difference.kind is Kind.MISSING or _emptied(difference) else 0.6
        yield _candidate(
            case, difference, likelihood if _read_at(case, difference.key) else likelihood * 0.9, (in_log(fact),)
        )


def _default(case: Case) -> Iterator[Candidate]:
    """The log complains of a value that stands in the source as a variable's default."""
    facts = case.of("host", "port", "path", "relation", "executable", "zone", "codec", "locale")
    for source in case.sources.values():
        for call in source.calls():
            if not call.literals or not call.name.endswith(_READERS):
                continue
            difference = _lacking(case, call.literals[0])
            if difference is None or difference.kind is not Kind.MISSING:
                continue
            for fact in facts:
                if any(_means(default, fact.value) for default in call.literals[1:]):
                    words = f"without it {call.literals[1]!r} is used at {call.file}:{call.line}"
                    evidence = (in_log(fact), Evidence("source", words, f"{call.file}:{call.line}"))
                    yield _candidate(case, difference, 0.92, evidence)


def _means(default: str, value: str) -> bool:
    loopback = {"localhost", "127.0.0.1", "::1"}
    return bool(default) and (
        default == value or (default in loopback and value in loopback) or f"//{value}" in default
    )


def _read_there(case: Case) -> Iterator[Candidate]:
    """Variables that the functions on the failing path read, and those that their files read."""
    near = {call.literals[0] for call in case.calls if call.literals and call.name.endswith(_READERS)}
    lines = {(source.file, line) for frame, source in case.own for line in _lines(case, source.file, frame.function)}
    files = {source.file for _, source in case.own}
    for difference in case.differences("environment"):
        places = _read_at(case, difference.key)
        if difference.kind is Kind.EXTRA or not places:
            continue
        split = [place.rpartition(":") for place in places]
        within = difference.key in near or any((file, line) in lines for file, _, line in split)
        if not within and not any(file in files for file, _, _ in split):
            continue
        likelihood = _weight(case, difference) * (1.0 if within else 0.6)
        words = f"read at {places[0]}, " + ("by a function on the failing path" if within else "by a file on it")
        yield _candidate(case, difference, likelihood, (Evidence("source", words, places[0]),))


def _weight(case: Case, difference: Difference) -> float:
    if difference.kind is Kind.MISSING or _emptied(difference):
        use = case.sides.use
        return 0.75 if use is not None and use.required(difference.key) else 0.55
    return 0.4


def _lines(case: Case, file: str, function: str) -> Iterator[str]:
    source = case.sources[file]
    node = enclosing(source.tree, function, None) if function not in ("", "<module>") else None
    if node is not None:
        yield from (str(line) for line in range(node.lineno, (node.end_lineno or node.lineno) + 1))  # type: ignore[attr-defined]


def _read_at(case: Case, name: str) -> tuple[str, ...]:
    return case.sides.use.read_at(name) if case.sides.use is not None else ()


def _candidate(case: Case, difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    places = _read_at(case, difference.key)
    read = (Evidence("source", f"read at {places[0]}", places[0]),) if places else ()
    known = {one.at for one in evidence}
    return candidate(
        __name__,
        difference,
        likelihood,
        (*evidence, *(one for one in read if one.at not in known)),
        _UNREADABLE,
        f"set {difference.key} in production",
    )
