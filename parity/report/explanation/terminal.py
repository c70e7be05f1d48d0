"""The answer for a person at two in the morning: what broke it in the first lines, then what shows it, what would
refute it and what closes it; the other candidates in a line each, and what was not compared last."""

from __future__ import annotations

from collections.abc import Iterator

from parity.explain.categories import TITLES
from parity.explain.model import Cause, Evidence, Explanation, Failure, Verdict
from parity.policy.words import plural
from parity.report.base import Screen
from parity.report.closing import coverage
from parity.report.explained import Explained
from parity.report.layout import Line, Style, paragraph
from parity.report.layout import painted as as_text

FORMAT = "terminal"
SUMMARY = "text for a person"

_LEAD = 11
"""Columns of the word before a line: "refuted by "."""
_CAUSES = 5
_OTHERS = 3
_EVIDENCE = 6
_TOLD = 0.02
"""The confidence below which a candidate is only counted."""
_INNOCENT = 0.2
"""The same beside a sign that the environment is not to blame."""

_STYLES: dict[Verdict, Style] = {
    "explained": "error",
    "not-environment": "good",
    "not-compared": "warning",
    "undetermined": "warning",
}

_HEADLINES: dict[Verdict, str] = {
    "not-environment": "the environment is not to blame: it would fail the same way where it works",
    "not-compared": "the cause is likely to be in what was not compared",
    "undetermined": "no difference is certain to be the cause",
}

_WORDS = ((0.9, "almost certain"), (0.7, "likely"), (0.5, "more likely than not"), (0.2, "possible"), (0.0, "unlikely"))

_SOURCES = {"log": "log", "knowledge": "known", "local": "local", "production": "production"}


def render(explained: Explained, screen: Screen) -> str:
    """The whole text; `everything` also lists every candidate and every other failure."""
    return as_text(_lines(explained, screen), screen)


def _lines(explained: Explained, screen: Screen) -> Iterator[Line]:
    first = explained.explanations[0]
    yield from _answer(first, explained, screen)
    yield from _candidates(first, screen)
    yield from _reach(explained, screen)
    yield from _commands(explained, first, screen)
    yield from _other_failures(explained, screen)
    yield from _closing(explained, screen)


def _answer(one: Explanation, explained: Explained, screen: Screen) -> Iterator[Line]:
    cause = one.causes[0] if one.causes and one.verdict == "explained" else None
    headline = f"{cause.label}, {_sure(cause)}" if cause else _headline(one)
    if _is_well(one, explained):
        headline = one.reasons[0]
    yield from paragraph(headline, screen.width, lead=f"{one.verdict.upper()}  ", lead_style=_STYLES[one.verdict])
    if cause:
        yield from _told("fix", cause.fix, screen, "good")
    if one.failure is not None:
        yield from _told("failure", _failed(one.failure), screen)
    elif _is_well(one, explained):
        for reason in one.reasons[1:]:
            yield from _told("because", reason, screen)
    elif explained.log is not None:
        yield from _told("failure", "; ".join(explained.log.notes), screen)
    else:
        yield from _told("failure", f"no log was read ({explained.unlogged}): the differences by themselves", screen)
    if cause:
        yield from _evidence(cause, screen)
        yield from _told("refuted by", cause.refuted_by, screen)
    elif one.verdict != "undetermined" or not (one.causes or _is_well(one, explained)):
        # What tells candidates apart stands beside each of them.
        for reason in one.reasons:
            yield from _told("because", reason, screen)
    if one.failure is not None:
        yield from _told("category", f"{one.category}: {TITLES[one.category]}", screen, "dim")


def _headline(one: Explanation) -> str:
    if one.verdict == "undetermined" and one.causes:
        return f"{_HEADLINES[one.verdict]}; the likeliest is {one.causes[0].label}, {_sure(one.causes[0])}"
    return _HEADLINES[one.verdict]


def _is_well(one: Explanation, explained: Explained) -> bool:
    """Whether a log was read, and tells of no failure."""
    return one.failure is None and explained.log is not None and explained.log.lines > 0


def _sure(cause: Cause) -> str:
    words = next(words for least, words in _WORDS if cause.confidence >= least)
    return f"{words} ({cause.confidence:.2f})"


def _failed(failure: Failure) -> str:
    line = _where(failure)
    times = f"once, {line}" if failure.count == 1 else f"{failure.count:,} times, the last on {line}"
    message = next((line for line in failure.message.splitlines() if line.strip()), failure.kind)
    return f"{message} ({times})"


def _where(failure: Failure) -> str:
    """The lines from where it begins to where it says what it is, the last time that it stands in the log."""
    begins = failure.last.line
    ends = begins + max([one.at for one in failure.chain], default=failure.first.line) - failure.first.line
    return f"lines {begins:,}-{ends:,}" if ends > begins else f"line {begins:,}"


def _evidence(cause: Cause, screen: Screen) -> Iterator[Line]:
    shown = cause.evidence if screen.everything else cause.evidence[:_EVIDENCE]
    for place, one in enumerate(shown):
        yield from _told("evidence" if place == 0 else "", _one(one), screen)
    if len(shown) < len(cause.evidence):
        yield from _told("", f"and {len(cause.evidence) - len(shown)} more: --all", screen, "dim")


def _one(one: Evidence) -> str:
    where = f"{_SOURCES[one.source]} {one.at}" if one.source in _SOURCES else one.at
    said = one.words.removesuffix(f" at {one.at}") if one.at and one.source == "source" else one.words
    return f"{where.strip()}: {said}" if where.strip() else said


def _told(word: str, text: str, screen: Screen, style: Style = "") -> Iterator[Line]:
    if text:
        yield from paragraph(text, screen.width, indent=2, lead=word.ljust(_LEAD), style=style)


def _candidates(one: Explanation, screen: Screen) -> Iterator[Line]:
    others = one.causes[1:] if one.verdict == "explained" else one.causes
    least = _INNOCENT if one.verdict == "not-environment" else _TOLD
    shown = others if screen.everything else tuple(each for each in others if each.confidence >= least)[:_CAUSES]
    if not others:
        return
    yield ()
    if not shown:
        yield from paragraph(
            f"And {plural(len(others), 'unlikely candidate')}: --all lists them.", screen.width, style="dim"
        )
        return
    title = "OTHER CANDIDATES" if one.verdict == "explained" else "CANDIDATES"
    yield ((f"{title} ({len(others)})", "bold"),)
    for each in shown:
        yield from paragraph(f"{each.label}, {_sure(each)}", screen.width, indent=2, style="bold")
        said = [one for one in each.evidence if one.source != "difference"][:2]
        reasons = [*said, *[one for one in each.evidence if one.source == "difference"][:1]]
        yield from paragraph("; ".join(map(_one, reasons)), screen.width, indent=4, style="dim")
        if one.verdict == "undetermined" and each.refuted_by:
            yield from paragraph(f"refuted by: {each.refuted_by}", screen.width, indent=4)
    if len(shown) < len(others):
        yield from paragraph(f"{len(others) - len(shown)} more with --all.", screen.width, indent=2, style="dim")


def _reach(explained: Explained, screen: Screen) -> Iterator[Line]:
    reach = explained.reach[0]
    if reach is None:
        return
    yield ()
    yield (("REACH", "bold"),)
    for sentence in reach.words:
        yield from paragraph(sentence, screen.width, indent=2)


def _commands(explained: Explained, one: Explanation, screen: Screen) -> Iterator[Line]:
    if not explained.first_commands:
        return
    yield ()
    yield from paragraph(TITLES[one.category], screen.width, lead="RUN FIRST  ", style="dim")
    for each in explained.first_commands:
        yield from paragraph(each.tells, screen.width, indent=2, lead="# ", lead_style="dim", style="dim")
        # On one line, whatever its length, so that it can be copied.
        yield ("  ", ""), (each.command, "")


def _other_failures(explained: Explained, screen: Screen) -> Iterator[Line]:
    others = list(enumerate(explained.explanations))[1:]
    if not others:
        return
    log = explained.log
    flagged = {log.newest, log.most_frequent} if log is not None else set()
    shown = others if screen.everything else [one for one in others if one[0] in flagged or one[0] <= _OTHERS]
    yield ()
    yield ((f"OTHER FAILURES ({len(others)})", "bold"),)
    for place, each in shown:
        if each.failure is None:
            continue
        marks = [word for word, at in _marks(explained) if at == place]
        lead = f"{', '.join(marks)}: " if marks else ""
        yield from paragraph(lead + _failed(each.failure), screen.width, indent=2)
        best = f"{each.causes[0].label}, {_sure(each.causes[0])}" if each.causes else "no candidate"
        yield from paragraph(f"{each.verdict}: {best}", screen.width, indent=4, style="dim")
    if len(shown) < len(others):
        yield from paragraph(f"{len(others) - len(shown)} more with --all.", screen.width, indent=2, style="dim")


def _marks(explained: Explained) -> Iterator[tuple[str, int | None]]:
    if explained.log is not None:
        yield "the newest", explained.log.newest
        yield "the most frequent", explained.log.most_frequent


def _closing(explained: Explained, screen: Screen) -> Iterator[Line]:
    yield ()
    log = explained.log
    if log is not None:
        span = f", from {log.first_time} to {log.last_time}" if log.first_time and log.last_time else ""
        notes = "".join(f"; {note}" for note in log.notes)
        yield from paragraph(f"Read {plural(log.lines, 'line')} of log{span}{notes}.", screen.width)
    yield from paragraph(" ".join(coverage(explained.comparison)), screen.width)
    if explained.declared is None:
        reason = f" ({explained.unread})" if explained.unread else ""
        yield from paragraph(f"No source was read{reason}: --declared DIR makes the answer surer.", screen.width)
