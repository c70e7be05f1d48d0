"""How a report for a person ends: what is unknown, the verdict, and what was compared and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Compared, Comparison, Side
from parity.policy.words import listed, plural, some
from parity.report.agreed import policy
from parity.report.base import Report, Screen
from parity.report.layout import Line, Style, paragraph
from parity.text import safe

_STYLES: dict[str, Style] = {"parity": "good", "drift": "error", "incomplete": "warning"}


def closing(report: Report, screen: Screen) -> Iterator[Line]:
    """The last lines."""
    yield from _unknown(report, screen)
    yield ()
    if report.applied is not None:
        yield from policy(report.applied, screen)
    verdict = report.verdict
    lead = f"{verdict.verdict.upper()}  "
    yield from paragraph(_counted(report), screen.width, lead=lead, lead_style=_STYLES[verdict.verdict])
    for reason in verdict.reasons if verdict.verdict == "incomplete" else ():
        yield from paragraph(reason, screen.width, indent=2)
    yield from paragraph(" ".join(coverage(report.comparison)), screen.width)
    if report.declared is None and report.findings:
        reason = f" ({report.unread})" if report.unread else ""
        yield from paragraph(f"No source was read{reason}: severities follow categories alone.", screen.width)


def _counted(report: Report) -> str:
    counts = [plural(count, severity.value) for severity, count in report.counts().items() if count]
    return listed(counts) or "no differences"


def _unknown(report: Report, screen: Screen) -> Iterator[Line]:
    # Keys that could not be seen for one and the same reason are told together.
    keys: dict[tuple[str, Side, str], list[str]] = {}
    for one in report.comparison.unknown:
        if one.key is not None:
            keys.setdefault((one.section, one.side, one.reason), []).append(one.key)
    if keys:
        yield ()
        yield ((f"UNKNOWN ({sum(map(len, keys.values()))})", "warning"),)
    for (section, side, reason), names in keys.items():
        where = "on either side" if side is Side.BOTH else f"on {side.value}"
        sentence = f"{some(names)}: could not be told {where}, {reason}"
        yield ((safe(section), "bold"),)
        yield from paragraph(sentence, screen.width, indent=2, style="dim")


def coverage(comparison: Comparison) -> Iterator[str]:
    """What was compared and what was not, and why: one sentence each."""
    names = [_named(one) for one in comparison.compared]
    yield f"Compared {listed(names)}." if names else "Nothing was compared."
    apart = [(one.section, _where(one.side, one.status), one.reason) for one in comparison.unknown if one.key is None]
    apart += [(one.section, _where(one.side, "skipped"), one.reason) for one in comparison.skipped]
    # Sections left out for one and the same reason are told together.
    together: dict[tuple[str, str], list[str]] = {}
    for name, where, reason in sorted(apart):
        together.setdefault((where, reason), []).append(name)
    if together:
        told = (f"{listed(names)} ({where}: {reason})" for (where, reason), names in together.items())
        yield f"Not compared: {'; '.join(told)}."


def _where(side: Side, status: str) -> str:
    if status == "incomparable":
        return status
    return status if side is Side.BOTH else f"{status} on {side.value}"


def _named(one: Compared) -> str:
    notes = [
        f"{status.value} on {side}"
        for side, status in (("local", one.local), ("production", one.production))
        if status.value != "ok"
    ]
    if len(notes) == 2 and one.local is one.production:
        notes = [f"{one.local.value} on both"]
    if not one.known:
        notes.append("unknown to this version, compared exactly")
    return f"{one.section} ({', '.join(notes)})" if notes else one.section
