"""The document, within a limit: what stands on top and at the end always has room, findings as far as it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from parity.policy.words import listed, plural
from parity.report.agreed import attention, judged_by, not_counted
from parity.report.base import Report
from parity.report.markdown.inline import code, prose
from parity.report.markdown.rows import FINDINGS, NOT_COMPARED, finding, headers, not_compared
from parity.report.parts import Part, parts

MARKER = "<!-- parity report -->"
"""The first line. It is not shown; what posts the report finds by it the comment that it is to replace."""

_OPEN = frozenset({"error", "warning"})
_SHARE = 8
"""No list beside the findings takes more than this part of the whole."""
_NOTE = 400
"""Room for the sentence that says what was left out."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a document may be."""

    size: int
    measure: Callable[[str], int]
    """The size of a text: its characters, or its bytes."""


@dataclass(slots=True)
class _Room:
    """What is left of a limit."""

    limit: Limit
    left: int

    def takes(self, text: str, beside: str = "") -> bool:
        """Whether a text fits, with another one kept free; then it is taken."""
        size = self.limit.measure(text)
        if size + self.limit.measure(beside) > self.left:
            return False
        self.left -= size
        return True


def document(report: Report, limit: Limit) -> str:
    """The whole text, ending in a newline and within the limit."""
    top, end = _top(report), _end(report, limit)
    room = _Room(limit, limit.size - limit.measure(top + end) - _NOTE)
    every = parts(report)
    written, shown = [], 0
    for part in every:
        text, count = _part(part, room)
        written.append(text)
        shown += count
        if count < len(part.findings):
            break
    total = sum(len(part.findings) for part in every)
    return "".join([top, _cut(shown, total), *written, end])


def _top(report: Report) -> str:
    verdict = report.verdict
    counts = [plural(count, severity.value) for severity, count in report.counts().items() if count]
    reasons = verdict.reasons if verdict.verdict == "incomplete" else ()
    lines = [
        MARKER,
        f"## {verdict.verdict.capitalize()}: {listed(counts) or 'no differences that count'}",
        "",
        *(f"- {prose(reason)}" for reason in reasons[:_SHARE]),
        *([f"- and {len(reasons) - _SHARE} more"] if len(reasons) > _SHARE else []),
        *([""] if reasons else []),
    ]
    return "\n".join(lines) + "\n" + headers(report)


def _cut(shown: int, total: int) -> str:
    if shown == total:
        return ""
    return (
        f"\n**Cut to fit:** {shown} of {plural(total, 'finding')} are listed, the worst first. "
        "All of them: `--format html=parity.html` or `--format json=parity.json`.\n"
    )


def _part(part: Part, room: _Room) -> tuple[str, int]:
    """The text of a part, and how many of its findings are in it."""
    title = f"{part.title} ({len(part.findings)})"
    if part.name in _OPEN:
        head, foot = f"\n### {title}\n\n{FINDINGS}", ""
    else:
        head, foot = f"\n<details>\n<summary>{title}</summary>\n\n{FINDINGS}", "\n</details>\n"
    first = finding(part.findings[0])
    if not room.takes(head + foot, beside=first):
        return "", 0
    rows = _fitting(map(finding, part.findings), room)
    return head + "".join(rows) + foot, len(rows)


def _fitting(rows: Iterable[str], room: _Room) -> list[str]:
    fitting = []
    for row in rows:
        if not room.takes(row):
            break
        fitting.append(row)
    return fitting


def _end(report: Report, limit: Limit) -> str:
    """What was compared and what was not, and what the policy did."""
    comparison = report.comparison
    share = limit.size // _SHARE
    names = _few([code(one.section) for one in comparison.compared], _Room(limit, share))
    blocks = [f"Compared {names}." if names else "**Nothing was compared.**"]
    rows = list(not_compared(comparison))
    if rows:
        shown = _fitting(rows, _Room(limit, share))
        more = f"\nand {len(rows) - len(shown)} more\n" if len(shown) < len(rows) else ""
        head = f"<details>\n<summary>Not compared ({len(rows)})</summary>\n\n{NOT_COMPARED}"
        blocks.append(f"{head}{''.join(shown)}{more}\n</details>")
    if report.declared is None and report.findings:
        reason = f" ({prose(report.unread)})" if report.unread else ""
        blocks.append(f"No source was read{reason}: severities follow categories alone.")
    if report.applied is not None:
        sentences = [*not_counted(report.applied), *(words for words, _ in attention(report.applied))]
        sentences.append(judged_by(report.applied))
        kept = _fitting((f"- {prose(one)}\n" for one in sentences), _Room(limit, share))
        more = f"- and {len(sentences) - len(kept)} more\n" if len(kept) < len(sentences) else ""
        blocks.append("".join([*kept, more]).rstrip("\n"))
    return "".join(f"\n{block}\n" for block in blocks)


def _few(names: list[str], room: _Room) -> str:
    shown = _fitting(names, room)
    return listed([*shown, *([f"{len(names) - len(shown)} more"] if len(shown) < len(names) else [])])
