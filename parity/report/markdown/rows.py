"""Findings, sections and sides as rows of tables. A row is one line and ends in a newline."""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Comparison, Side
from parity.policy.model import Finding
from parity.profile.model import Profile
from parity.report.base import Report
from parity.report.markdown.inline import code, prose
from parity.report.values import MISSING, sentence, sides, target

_EVIDENCE = 3
_PIPE = "\\|"


def table(*titles: str) -> str:
    """The head of a table."""
    return row(*titles) + row(*("---" for _ in titles))


def row(*cells: str) -> str:
    """One row of finished cells.

    A pipe ends a cell even inside a code span; its escape is taken off when a row is divided, before spans are read
    (https://github.github.com/gfm/#example-200).
    """
    return f"| {' | '.join(cell.replace('|', _PIPE) for cell in cells)} |\n"


FINDINGS = table("Section", "Item", "Local", "Production", "Why")
"""The head over what `finding` gives."""


def finding(one: Finding) -> str:
    """One finding: where, what each side has, and why it matters with the evidence for it."""
    local, production = sides(one)
    rest = len(one.evidence) - _EVIDENCE
    told = [prose(fact) for fact in (one.evidence if rest <= 1 else one.evidence[:_EVIDENCE])]
    told += [f"and {rest} more"] if rest > 1 else []
    told += [prose(one.note)] if one.note is not None else []
    why = "<br>".join([f"{prose(sentence(one))} ({code(one.id)})", *told])
    return row(code(one.section), code(one.key), _value(local), _value(production), why)


def _value(words: str) -> str:
    return words if words in {"", MISSING} else code(words)


def headers(report: Report) -> str:
    """The two sides and the repository, a row each."""
    rows = [_header("local", report.local), _header("production", report.production)]
    rows += [_header("declared", report.declared)] if report.declared is not None else []
    return table("Side", "Name", "From", "Taken (UTC)") + "".join(rows)


def _header(side: str, profile: Profile) -> str:
    taken = profile.captured_at[:16].replace("T", " ")
    return row(side, code(profile.name), code(target(profile.target)), code(taken))


NOT_COMPARED = table("Section", "Item", "Where", "Why")
"""The head over what `not_compared` gives."""


def not_compared(comparison: Comparison) -> Iterator[str]:
    """What was not compared, whole sections first."""
    for one in sorted(comparison.unknown, key=lambda one: one.key is not None):
        item = "all" if one.key is None else code(one.key)
        yield row(code(one.section), item, f"{_where(one.side)} ({code(one.status)})", prose(one.reason))
    for each in comparison.skipped:
        yield row(code(each.section), "all", f"{_where(each.side)} (`skipped`)", prose(each.reason))


def _where(side: Side) -> str:
    return "both sides" if side is Side.BOTH else side.value
