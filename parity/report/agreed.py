"""What a policy did, for a person: the findings that do not count, and what of the policy asks for attention."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from parity.policy.agreed import Applied, Waiver
from parity.policy.model import Finding
from parity.policy.words import listed, some
from parity.report.base import Screen
from parity.report.layout import Line, Style, paragraph

TITLES = {"waived": "WAIVED", "expected": "EXPECTED", "adopted": "ADOPTED"}
"""{standing of what does not count: its heading}, in the order in which they are told."""


def standing_apart(findings: tuple[Finding, ...]) -> Iterator[tuple[str, list[Finding]]]:
    """(heading, findings) of those that do not count."""
    order = list(TITLES)
    apart = sorted((one for one in findings if one.standing in TITLES), key=lambda one: order.index(one.standing))
    for standing, group in groupby(apart, key=lambda one: one.standing):
        yield TITLES[standing], list(group)


def policy(applied: Applied, screen: Screen) -> Iterator[Line]:
    """The lines about it, before the verdict."""
    for sentence in not_counted(applied):
        words = f"{sentence}{'' if screen.everything else ' List them with --all.'}"
        yield from paragraph(words, screen.width, style="dim")
    for words, style in (*attention(applied), (judged_by(applied), "")):
        yield from paragraph(words, screen.width, style=style)


def not_counted(applied: Applied) -> Iterator[str]:
    """How many findings do not count, and as what; nothing where all do."""
    counts = {standing: applied.count(standing) for standing in TITLES}
    words = [f"{count} {_WORDS[standing]}" for standing, count in counts.items() if count]
    if words:
        yield f"Not counted: {listed(words)}."


def attention(applied: Applied) -> Iterator[tuple[str, Style]]:
    """(sentence, style) of what in the policy somebody should look at."""
    for waiver in applied.ran_out:
        yield f"{_named(waiver)} ran out on {waiver.expires.isoformat()} and waives nothing any more.", "warning"
    for waiver in applied.unused:
        yield f"{_named(waiver)} waives nothing that differs: take it out.", "warning"
    if applied.gone:
        names = some([f"{one.section}.{one.key}" for one in applied.gone])
        verb = "is" if len(applied.gone) == 1 else "are"
        yield f"{len(applied.gone)} of the baseline {verb} gone ({names}): parity baseline update.", "dim"


def judged_by(applied: Applied) -> str:
    """Whose policy and baseline it is, in a sentence."""
    files = [name for name in (applied.origin, applied.baseline) if name]
    return f"Judged by {listed(files)}." if files else "Judged without a policy: there is none here."


_WORDS = {"waived": "waived", "expected": "expected", "adopted": "in the baseline"}


def _named(waiver: Waiver) -> str:
    return f"The waiver of {waiver.owner} for {waiver.match} ({waiver.place})"
