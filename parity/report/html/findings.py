"""The differences side by side: by severity, then section, then the sentence that explains several of them.

A table holds one section. Under each sentence stand the items that it is about, one row each, and under an item its
evidence and what the policy says of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from parity import sections
from parity.policy.model import Finding
from parity.policy.steps import step
from parity.policy.words import plural
from parity.report.base import Report
from parity.report.html.markup import Html, element, together
from parity.report.parts import Part, parts
from parity.report.values import MISSING, sentence, sides

LIMIT = 10_000
"""Findings on one page: a browser lays out so many in a moment."""

_MANY = 500
"""Findings from which a browser lays out only the tables that are in sight."""

ANCHORS = {"error": "errors", "warning": "warnings", "info": "info"}
"""{severity: the name that leads to its part of the page}."""

_MEANS = {
    "error": "A program that works locally is likely to fail in production.",
    "warning": "It may behave differently.",
    "info": "Different, and that alone has not been seen to matter.",
    "waived": "Somebody answers for these, for a time.",
    "expected": "Stated in the policy as meant to be so.",
    "adopted": "Was there when the baseline was made.",
}
_FOLDED = frozenset({"info", "waived", "expected", "adopted"})


class Shown(NamedTuple):
    """What of the findings is on the page."""

    parts: tuple[Part, ...]
    left_out: int


def shown(report: Report) -> Shown:
    """The findings by part, the weightiest first, and how many there is no room for."""
    return _limited(parts(report))


def _limited(parts: Sequence[Part]) -> Shown:
    kept, room = [], LIMIT
    for part in parts:
        kept.append(part._replace(findings=part.findings[:room]))
        room -= len(kept[-1].findings)
    left_out = sum(len(one.findings) for one in parts) - (LIMIT - room)
    return Shown(tuple(one for one in kept if one.findings), left_out)


def findings(report: Report, these: Shown) -> Html:
    """The part of the page that holds them."""
    inner = [_part(one) for one in these.parts] or [element("p", "No differences were found.", class_="none")]
    if these.left_out:
        words = (
            f"{plural(these.left_out, 'finding')} more: a page holds {LIMIT:,}. All of them: parity diff --format json."
        )
        inner.append(element("p", words, class_="left-out"))
    many = sum(len(one.findings) for one in these.parts) > _MANY
    return element("div", together(inner, "\n"), id="findings", tabindex="-1", class_="many" if many else None)


def _part(part: Part) -> Html:
    heading = element("h2", part.title, " ", element("span", f"{len(part.findings):,}", class_="count"))
    means = element("p", _MEANS[part.name], class_="means")
    body = together(_sections(part), "\n")
    if part.name in _FOLDED:
        inner = element("details", element("summary", heading), means, body)
    else:
        inner = together([heading, means, body])
    name = ANCHORS.get(part.name, part.name)
    return element("section", inner, id=name, class_=f"part {part.name}", data_severity=_filtered(part))


def _filtered(part: Part) -> str:
    """Under which word of the filter a part stands: everything that does not count is one."""
    return part.name if part.name in ANCHORS else "apart"


def _sections(part: Part) -> Iterator[Html]:
    for section, group in groupby(part.findings, key=lambda one: one.section):
        members = list(group)
        declared = sections.declared(section)
        heading = [
            section,
            *([" ", element("small", declared.title)] if declared and _says_more(declared.title, section) else []),
        ]
        yield element(
            "div", element("h3", *heading), _table(part, section, members), class_="block", data_section=section
        )


def _says_more(title: str, section: str) -> bool:
    return title.lower().replace(" ", "_") != section


def _table(part: Part, section: str, members: Sequence[Finding]) -> Html:
    shared: dict[tuple[str, str], list[Finding]] = {}
    for one in members:
        shared.setdefault((one.id, sentence(one)), []).append(one)
    head = element("tr", *(element("th", title, scope="col") for title in ("Item", "Local", "Production")))
    return element(
        "table",
        element("caption", f"{part.title} in {section}"),
        element("thead", head),
        together((_group(rule, why, group) for (rule, why), group in shared.items()), "\n"),
    )


def _group(rule: str, why: str, members: Sequence[Finding]) -> Html:
    first = members[0]
    said = element(
        "th",
        element("span", element("b", first.why), why.removeprefix(first.why), class_="why"),
        element("span", "Next: ", step(first), ". ", element("code", rule, class_="rule"), class_="next"),
        scope="rowgroup",
        colspan=3,
    )
    return element("tbody", element("tr", said, class_="said"), *map(_rows, members))


def _rows(one: Finding) -> Html:
    local, production = sides(one)
    row = element(
        "tr",
        element("th", element("code", one.key), scope="row"),
        _cell("local", local),
        _cell("production", production),
        class_="item",
    )
    told = [*one.evidence, *([one.note] if one.note is not None else []), *_weight(one)]
    if not told:
        return row
    facts = element("ul", *(element("li", fact) for fact in told))
    return together([row, element("tr", element("td", facts, colspan=3), class_="told")])


def _cell(side: str, words: str) -> Html:
    return element("td", element("span", words, class_=MISSING if words == MISSING else None), class_=side)


def _weight(one: Finding) -> list[str]:
    return [] if one.was in (None, one.severity) else [f"{one.was.value} before the policy"]
