"""The report for a person: errors first, then warnings, then a count of the rest, and at the end the verdict.

One sentence of explanation stands over everything that it explains, and is not repeated. In 80 columns it
stands above the two sides; on a wide screen, beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from parity import sections
from parity.diff.model import Kind
from parity.policy.model import Finding, Severity
from parity.policy.steps import step
from parity.profile.model import Profile
from parity.report.agreed import standing_apart
from parity.report.base import Report, Screen
from parity.report.closing import closing
from parity.report.layout import Cell, Line, Style, packed, painted, paragraph, row, width_of, wrapped
from parity.report.values import MISSING, sentence, sides, target
from parity.text import safe

FORMAT = "terminal"
SUMMARY = "text for a person"

WIDE = 110
"""Columns from which the explanation stands beside the two sides."""
_PACKED = 5
"""From so many items that only one side has, and that share an explanation, they stand in columns."""
_EVIDENCE = 3

_SAYS_NOTHING = frozenset({"set", "there", "yes"})
"""Of an item that one side has: that it has it."""

_TITLES: dict[Severity, tuple[str, Style]] = {
    Severity.ERROR: ("ERRORS", "error"),
    Severity.WARNING: ("WARNINGS", "warning"),
    Severity.INFO: ("INFO", "info"),
}


def render(report: Report, screen: Screen) -> str:
    """The whole text. Nothing of it is cut off; `everything` also lists what is `info`."""
    return painted(_lines(report, screen), screen)


def _lines(report: Report, screen: Screen) -> Iterator[Line]:
    yield from _head(report, screen)
    listed = [one for one in report.open if screen.everything or one.severity is not Severity.INFO]
    apart = list(standing_apart(report.findings)) if screen.everything else []
    columns = _Columns([*listed, *(one for _, group in apart for one in group)], screen)
    for severity, group in groupby(listed, key=lambda one: one.severity):
        yield ()
        yield from columns.findings(*_TITLES[severity], list(group))
    for title, members in apart:
        yield ()
        yield from columns.findings(title, "bold", sorted(members, key=lambda one: one.section))
    if not screen.everything:
        yield from _folded([one for one in report.open if one.severity is Severity.INFO], screen)
    yield from closing(report, screen)


def _head(report: Report, screen: Screen) -> Iterator[Line]:
    for side, profile in (("local", report.local), ("production", report.production)):
        yield from paragraph(_title(profile), screen.width, lead=f"{side:12}")
    if report.declared is not None:
        yield from paragraph(_repository(report.declared), screen.width, lead=f"{'declared':12}")


def _repository(profile: Profile) -> str:
    commit = profile.identity.get("commit")
    return target(profile.target) + (f" at {commit[:12]}" if commit else "")


def _title(profile: Profile) -> str:
    named = "" if profile.name in (profile.target.reference, profile.target.kind) else f"{profile.name}, "
    return f"{named}{target(profile.target)}, taken {profile.captured_at[:16].replace('T', ' ')} UTC"


def _folded(findings: Sequence[Finding], screen: Screen) -> Iterator[Line]:
    if not findings:
        return
    counts = Counter(one.section for one in findings)
    words = ", ".join(f"{section} {count}" for section, count in sorted(counts.items()))
    yield ()
    lead = f"And {len(findings)} more of no known consequence: "
    yield from paragraph(f"{lead}{words}. List them with --all.", screen.width, style="dim")


class _Columns:
    """Findings in columns whose widths hold for the whole report."""

    def __init__(self, findings: Sequence[Finding], screen: Screen) -> None:
        width = screen.width
        self.explain = screen.explain
        self.width = max(width, 40)
        self.wide = width >= WIDE
        self.indent = 2 if self.wide else 4
        keys = max((width_of(safe(one.key)) for one in findings), default=0)
        room = self.width - self.indent - 4
        if self.wide:
            self.key = min(max(keys, 12), room // 4)
            self.side = room // 6
            self.why = room - 2 - self.key - 2 * self.side
        else:
            self.key = min(max(keys, 12), room * 2 // 5)
            self.side = (room - self.key) // 2
            self.why = self.width - 2
        self.left = self.indent + self.key + 2 * self.side + 4

    def findings(self, title: str, style: Style, findings: Sequence[Finding]) -> Iterator[Line]:
        """Everything under one heading, by section."""
        yield from self._row(f"{title} ({len(findings)})", "local", "production", style, "dim", -self.indent)
        for section, group in groupby(findings, key=lambda one: one.section):
            yield ((safe(section), "bold"),)
            shared: dict[tuple[str, str], list[Finding]] = {}
            for one in group:
                shared.setdefault((one.id, sentence(one)), []).append(one)
            for (rule, why), members in shared.items():
                yield from self._group(rule, why, members)

    def _group(self, rule: str, why: str, members: Sequence[Finding]) -> Iterator[Line]:
        items = list(self._items(members))
        if not self.wide:
            yield from paragraph(f"{why} [{rule}]", self.width, 2, "dim")
            yield from items
            return
        for item, text in zip_longest(items, wrapped(f"{why} [{rule}]", self.why)):
            line = item or ()
            blank = " " * (self.left + 2 - sum(width_of(part) for part, _ in line))
            yield (*line, (blank, ""), (text, "dim")) if text else line

    def _items(self, members: Sequence[Finding]) -> Iterator[Line]:
        one_sided = all(one.kind is not Kind.CHANGED for one in members)
        if one_sided and len(members) >= _PACKED and not any(map(self._more, members)):
            yield from packed([_brief(one) for one in members], self.left if self.wide else self.width, self.indent)
            return
        for one in members:
            local, production = sides(one)
            yield from self._row(one.key, local, production)
            for fact in self._told(one):
                yield from paragraph(fact, self.left if self.wide else self.width, self.indent + 2, "dim")

    def _more(self, one: Finding) -> bool:
        """Whether something stands under a finding."""
        return any(True for _ in self._told(one))

    def _told(self, one: Finding) -> Iterator[str]:
        """What stands under a finding: its evidence, what the policy says, and asked for, why and what next."""
        if self.explain:
            yield f"why: {_matters(one.section)}"
            yield from (f"evidence: {fact}" for fact in one.evidence or ("the two profiles alone",))
        elif _has_evidence(one):
            rest = len(one.evidence) - _EVIDENCE
            # The line that counts one more has room for it.
            yield from one.evidence if rest <= 1 else (*one.evidence[:_EVIDENCE], f"and {rest} more")
        if one.note is not None:
            yield one.note
        if self.explain:
            yield f"next: {step(one)}"

    def _row(
        self, key: str, local: str, production: str, style: Style = "", sides_style: Style = "", shift: int = 0
    ) -> Iterator[Line]:
        cells = [
            Cell(key, self.key - shift, style),
            Cell(local, self.side, sides_style or _tone(local)),
            Cell(production, self.side, sides_style or _tone(production)),
        ]
        yield from row(cells, self.indent + shift)


def _matters(section: str) -> str:
    declared = sections.declared(section)
    return declared.why if declared else "this version of parity does not know the section"


def _has_evidence(one: Finding) -> bool:
    """Whether a finding's evidence is shown: an error's, and what the repository alone tells above `info`."""
    return bool(one.evidence) and (
        one.severity is Severity.ERROR or (one.kind is None and one.severity is Severity.WARNING)
    )


def _tone(text: str) -> Style:
    return "dim" if text == MISSING else ""


def _brief(one: Finding) -> str:
    local, production = sides(one)
    words = production if one.kind is Kind.EXTRA else local
    return one.key if words in _SAYS_NOTHING else f"{one.key} {words}"
