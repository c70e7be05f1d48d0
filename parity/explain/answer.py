"""The answer to every failure of a log: which difference breaks the program, or why none of them is to blame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from parity.diff.model import Comparison
from parity.explain.case import Case
from parity.explain.causes import mechanisms
from parity.explain.elsewhere import Sign, kinds
from parity.explain.facts import facts
from parity.explain.headline import ordered
from parity.explain.model import Candidate, Category, Cause, Explanation, Failure, Log, Verdict
from parity.explain.rank import Ranked, causes, rank
from parity.explain.sources import parse
from parity.explain.sqlstates import state
from parity.policy.model import Findings, Sides

EXPLAINED = 0.5
"""The confidence from which a cause is named as the answer."""

BREAKS_ALONE = 0.9
"""The same without a log: only what must break the program by itself."""

SILENT = 0.5
"""What is left of that confidence where a log was read, and tells of no failure."""

LITTLE = 0.25
"""The likelihood below which no mechanism is taken to say anything of the failure."""

INNOCENT = 0.8
"""The strength of a sign from which no cause is named beside it."""


def explain(
    log: Log | None, comparison: Comparison, findings: Findings, sides: Sides, sources: Mapping[str, str]
) -> tuple[Explanation, ...]:
    """One explanation for each failure, the one to tell first in front (parity.explain.headline); without any failure,
    one of the differences.

    `sources`: {path in the repository: text} of the program's own files that the log names.
    """
    trees = parse(sources)
    if log is not None and log.lines and not log.failures:
        return (quiet(log, answer(Case(None, (), comparison, findings, sides, trees))),)
    failures: Iterable[Failure | None] = log.failures if log is not None and log.failures else (None,)
    return ordered(
        [answer(Case(one, facts(one) if one else (), comparison, findings, sides, trees)) for one in failures]
    )


def answer(case: Case) -> Explanation:
    """The explanation of one failure."""
    candidates = _candidates(case, last=False)
    if all(one.likelihood < LITTLE for one in candidates):
        candidates += _candidates(case, last=True)
    signs = [(one.category, sign) for one in kinds().values() for sign in one.read(case)]
    signs.sort(key=lambda pair: -pair[1].strength)
    elsewhere = signs[0][1].strength if signs else 0.0
    named = causes(_weighed(case, candidates, elsewhere))
    verdict, reasons = _verdict(case, named, [sign for _, sign in signs])
    if verdict == "not-environment" and elsewhere >= INNOCENT:
        named = ()
    return Explanation(verdict, _category(case, verdict, named, signs), case.failure, case.facts, named, reasons)


def quiet(log: Log, answered: Explanation) -> Explanation:
    """The answer to a log that tells of no failure: what differs could break something, and nothing shows that it does.

    `answered` is the answer without a log.
    """
    causes = tuple(replace(one, confidence=round(one.confidence * SILENT, 2)) for one in answered.causes)
    reasons = [f"no failure found in this log ({_span(log)})"]
    failed, all_of_them = log.responses.get("5xx", 0), sum(log.responses.values())
    if failed:
        told = f"{failed:,} of the {all_of_them:,} requests that it tells of were answered with 5xx"
        reasons.append(f"{told}: what the program said of them stands in another log")
    if causes:
        reasons.append("of what differs these are the likeliest to break something, and nothing in the log shows it")
    return replace(answered, verdict="undetermined", causes=causes, reasons=tuple(reasons))


def _span(log: Log) -> str:
    lines = "1 line" if log.lines == 1 else f"{log.lines:,} lines"
    return f"{lines}, from {log.first_time} to {log.last_time}" if log.first_time and log.last_time else lines


def _weighed(case: Case, candidates: list[Candidate], elsewhere: float) -> tuple[Ranked, ...]:
    ranked = rank(case, candidates, elsewhere)
    if case.failure is not None:
        return ranked
    # One failure has one cause; without one, each difference breaks the program or does not, whatever the others do.
    return tuple(replace(one, share=one.score) for one in ranked)


def _candidates(case: Case, *, last: bool) -> list[Candidate]:
    """What the mechanisms say, those that show something of the failure or those that are heard `last`."""
    asked = {name: one for name, one in mechanisms().items() if one.last is last}
    return [each for name, one in asked.items() for each in _named(name, one.weigh(case))]


def _named(name: str, candidates: Iterable[Candidate]) -> Iterable[Candidate]:
    return (one for one in candidates if one.kind == name and one.likelihood > 0)


def _verdict(case: Case, named: tuple[Cause, ...], signs: list[Sign]) -> tuple[Verdict, tuple[str, ...]]:
    best = named[0].confidence if named else 0.0
    if best >= (EXPLAINED if case.failure is not None else BREAKS_ALONE):
        return "explained", ()
    unseen = tuple(_unseen(case))
    if signs and signs[0].strength >= max(best, 0.5):
        return "not-environment", tuple(dict.fromkeys(sign.words for sign in signs if sign.strength >= 0.5))
    if unseen:
        return "not-compared", unseen
    if case.failure is None:
        if not named:
            return "undetermined", ("no failure was read, and no difference is known to break the program",)
        return "undetermined", ("no failure was read: these differences are the likeliest to break the program",)
    return "undetermined", tuple(f"{one.label}: {one.refuted_by}" for one in named[:3] if one.refuted_by)


def _unseen(case: Case) -> Iterable[str]:
    """What the log speaks of and was not compared, and how to get it."""
    spoken = {fact.kind for fact in case.facts}
    for section, kinds_of_facts in _SPEAKS_OF.items():
        unknown = case.unknown(section)
        if unknown is not None and spoken & kinds_of_facts:
            side = "" if unknown.side.value == "both" else f" of {unknown.side.value}"
            yield f"the log speaks of {section}, and that section{side} is {unknown.status}: {unknown.reason}"
    yield from _unseen_schema(case)


def _unseen_schema(case: Case) -> Iterable[str]:
    """What migrations make, where neither side tells which of them it has had."""
    if any(key.partition(".")[0] == "migrations" for side in case.items("database") for key in side):
        return
    for fact in case.of("sqlstate"):
        known = state(fact.value)
        if known is not None and known.of == "schema" and all(case.items("database")):
            compare = "compare the migrations that were applied, or what pg_dump --schema-only writes of each"
            yield f"{known.words} ({fact.value}, line {fact.at}), and tables are not part of a snapshot: {compare}"
            return


_SPEAKS_OF: Mapping[str, frozenset[str]] = {
    "database": frozenset(
        {"sqlstate", "relation", "column", "function", "extension", "database_setting", "database_message"}
    ),
    "environment": frozenset({"variable"}),
    "executables": frozenset({"executable"}),
    "libraries": frozenset({"soname", "symbol", "symbol_version"}),
    "limits": frozenset({"memory", "signal"}),
    "locale": frozenset({"locale", "codec"}),
    "network": frozenset({"host"}),
    "packages": frozenset({"missing_module", "requirement", "distribution"}),
    "time": frozenset({"zone"}),
    "tls": frozenset({"tls"}),
    "volumes": frozenset({"path"}),
}
"""{section: kinds of facts that speak of it}."""


def _category(case: Case, verdict: Verdict, named: tuple[Cause, ...], signs: list[tuple[Category, Sign]]) -> Category:
    if verdict == "not-environment" and signs:
        return signs[0][0]
    if named and case.failure is None:
        return _BY_SECTION.get(named[0].label.partition(".")[0], "environment")
    if named:
        return mechanisms()[named[0].kind].category
    return _BY_FACT.get(next((fact.kind for fact in case.facts if fact.kind in _BY_FACT), ""), "code")


_BY_FACT: Mapping[str, Category] = {
    "sqlstate": "database",
    "database_message": "database",
    "variable": "variable",
    "http_status": "upstream",
    "host": "upstream",
    "memory": "resources",
    "signal": "resources",
}
"""The category of a failure for which no cause is named, by the first fact that tells."""

_BY_SECTION: Mapping[str, Category] = {
    "database": "database",
    "environment": "variable",
    "source": "code",
    "network": "upstream",
    "tls": "upstream",
    "volumes": "permission",
    "process": "permission",
    "limits": "resources",
    "cpu": "resources",
}
"""The category of what a difference breaks, without a failure to tell it by; of the other sections, environment."""
