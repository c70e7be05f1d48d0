"""Annotations of GitHub Actions: workflow commands, one a line, and nothing else.

    ::error file=uv.lock,line=27,title=packages.major numpy::numpy: 2.1.0 locally, 1.26.4 in production

Commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. In a value the runner reads
%25, %0D and %0A, and in a property %3A and %2C, too. A step shows ten annotations of a type: what is more is counted.
What is `info` is counted only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from parity.policy.model import Severity
from parity.policy.words import plural
from parity.report.agreed import attention
from parity.report.base import Report, Screen
from parity.report.message import counted, covered, cut, explained, headline, lines
from parity.report.places import Place, place, profile
from parity.text import guard

FORMAT = "github"
SUMMARY = "annotations of GitHub Actions"

MOST = 10
"""Annotations of a type that a step shows."""
_MESSAGE = 4000
"""Characters; the runner cuts a message off at 4096."""
_TITLE = 200
"""Characters; the server takes 255."""


@dataclass(frozen=True, slots=True)
class _Annotation:
    type: Literal["error", "warning", "notice"]
    title: str
    lines: tuple[str, ...]
    place: Place | None = None

    def command(self) -> str:
        """The command's line."""
        known = {} if self.place is None else {"file": self.place.path, "line": str(self.place.line)}
        properties = {**known, "title": cut(self.title, _TITLE)}
        words = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        return f"::{self.type} {words}::{_data(lines(self.lines, _MESSAGE))}\n"


def render(report: Report, screen: Screen) -> str:
    """The commands. The screen plays no part in it."""
    annotations = [*_reasons(report), *_findings(report), *_policy(report)]
    return "".join(one.command() for one in (*_limited(annotations), _verdict(report)))


def _reasons(report: Report) -> Iterator[_Annotation]:
    for reason in report.verdict.reasons if report.verdict.verdict == "incomplete" else ():
        yield _Annotation("error", "parity: incomplete", (reason,), profile(report))


def _findings(report: Report) -> Iterator[_Annotation]:
    told: Counter[str] = Counter()
    for one in report.open:
        if one.severity is not Severity.INFO:
            type_: Literal["error", "warning"] = "error" if one.severity is Severity.ERROR else "warning"
            told[type_] += 1
            # Of those beyond the most of a type only the number is needed.
            words = (headline(one), *explained(one)) if told[type_] <= MOST else ()
            yield _Annotation(type_, f"{one.id} {one.key}", words, place(one, report) if words else None)


def _policy(report: Report) -> Iterator[_Annotation]:
    for sentence, style in attention(report.applied) if report.applied is not None else ():
        if style == "warning":
            yield _Annotation("warning", "parity: policy", (sentence,))


def _limited(annotations: Iterable[_Annotation]) -> Iterator[_Annotation]:
    """At most ten of a type: the tenth counts the rest where there are more."""
    annotations = list(annotations)
    all_of = Counter(one.type for one in annotations)
    told: Counter[str] = Counter()
    for one in annotations:
        told[one.type] += 1
        if told[one.type] < MOST or all_of[one.type] == MOST:
            yield one
        elif told[one.type] == MOST:
            more = plural(all_of[one.type] - MOST + 1, one.type)
            yield _Annotation(one.type, f"parity: {more} more", ("The report in the job's log or summary lists them.",))


def _verdict(report: Report) -> _Annotation:
    return _Annotation("notice", f"verdict: {report.verdict.verdict}", (f"{counted(report)}.", covered(report)))


def _data(text: str) -> str:
    return guard(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
