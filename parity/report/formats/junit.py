"""JUnit XML: a suite for each section, a case for each finding, and one case for each section as a whole.

The document is valid by both schemas that its readers go by, which differ: Ant's
(https://github.com/windyroad/JUnit-Schema, JUnit.xsd), by which the root has no attributes, every suite has all of its
parts in one order and a case has no output of its own; and Jenkins' (https://github.com/jenkinsci/xunit-plugin,
junit-10.xsd), which refuses attributes that it does not know.

A finding that is drift fails its case; one that a policy waived, expects or adopted is skipped with its note; one that
does not weigh enough passes and tells itself in the suite's system-out. What is `info` and no drift is counted in the
suite's properties. A comparison that shows nothing is an error of the suite `parity`; a section that could not be
compared is skipped with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from parity.policy.model import Severity
from parity.policy.verdict import is_drift
from parity.policy.words import plural
from parity.report.base import Report, Screen
from parity.report.message import counted, covered, cut, explained, headline, lines
from parity.report.values import sentence
from parity.text import guard

FORMAT = "junit"
SUMMARY = "JUnit XML, a case for each finding"

_TEXT = 4000
_NAME = 300
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?=Z\Z)")
_NEVER = "1970-01-01T00:00:00"


@dataclass(frozen=True, slots=True)
class _Case:
    suite: str
    name: str
    outcome: str = ""
    """failure, error, skipped; nothing for one that passes."""
    type: str = ""
    message: str = ""
    lines: tuple[str, ...] = ()


def render(report: Report, screen: Screen) -> str:
    """The document. With `everything` each finding that is `info` has a case of its own, too."""
    cases = [*_whole(report), *_sections(report), *_findings(report, screen)]
    cases.sort(key=lambda one: (one.suite != "parity", one.suite))
    suites = [(name, list(group)) for name, group in groupby(cases, key=lambda one: one.suite)]
    text = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        "<testsuites>\n",
    ]
    left = {} if screen.everything else _left_out(report)
    for place, (name, group) in enumerate(suites):
        head = {
            "package": "parity",
            "name": name if name.strip() else "unnamed",
            "id": str(place),
            **_totals(group),
            **_taken(report),
        }
        text += _suite(head, group, left.get(name, 0))
    return "".join((*text, "</testsuites>\n"))


def _whole(report: Report) -> Iterator[_Case]:
    verdict = report.verdict
    reasons = verdict.reasons if verdict.verdict == "incomplete" else ()
    for reason in reasons:
        yield _Case("parity", f"something was shown: {reason}", "error", "incomplete", reason)
    if not reasons:
        told = (f"{verdict.verdict}: {counted(report)}", covered(report))
        yield _Case("parity", "something was shown", lines=told)


def _sections(report: Report) -> Iterator[_Case]:
    comparison = report.comparison
    for each in comparison.compared:
        yield _Case(each.section, "compared", lines=(plural(each.keys, "key"),))
    for one in comparison.unknown:
        where = f"{one.status} ({one.side.value}): {one.reason}"
        name = "compared" if one.key is None else f"{one.key} compared"
        yield _Case(one.section, name, "skipped", message=where)
    for skipped in comparison.skipped:
        yield _Case(skipped.section, "compared", "skipped", message=f"skipped ({skipped.side.value}): {skipped.reason}")


def _findings(report: Report, screen: Screen) -> Iterator[_Case]:
    for one in report.findings:
        told = (headline(one), *explained(one))
        name = f"{one.id} {one.key}"
        if one.standing != "open":
            yield _Case(one.section, name, "skipped", message=one.note or one.standing)
        elif is_drift(one, report.fail_on):
            yield _Case(one.section, name, "failure", one.id, f"{headline(one)}: {sentence(one)}", told)
        elif one.severity is not Severity.INFO or screen.everything:
            yield _Case(one.section, name, lines=(one.severity.value, *told))


def _left_out(report: Report) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in report.open:
        if one.severity is Severity.INFO and not is_drift(one, report.fail_on):
            counts[one.section] = counts.get(one.section, 0) + 1
    return counts


def _taken(report: Report) -> dict[str, str]:
    # A time without its zone, which is UTC; and the name of a host, which no profile has.
    found = _TIME.match(report.production.captured_at)
    return {"timestamp": found[0] if found else _NEVER, "hostname": "localhost"}


def _suite(head: Mapping[str, str], cases: list[_Case], left: int) -> Iterator[str]:
    yield f"  <testsuite{_attributes(head)}>\n"
    if left:
        told = _attributes({"name": "info", "value": str(left)})
        yield f"    <properties>\n      <property{told}/>\n    </properties>\n"
    else:
        yield "    <properties/>\n"
    for one in cases:
        yield from _case(one)
    passing = (_text((f"{one.name}:", *one.lines, "")) for one in cases if one.lines and not one.outcome)
    yield f"    <system-out>{''.join(passing)}</system-out>\n    <system-err/>\n  </testsuite>\n"


def _case(one: _Case) -> Iterator[str]:
    opened = f"    <testcase{_attributes({'classname': f'parity.{one.suite}', 'name': one.name, 'time': '0'})}"
    if not one.outcome:
        yield f"{opened}/>\n"
        return
    told = {"message": one.message} | ({"type": one.type} if one.type else {})
    yield f"{opened}>\n      <{one.outcome}{_attributes(told)}"
    text = _text(one.lines)
    yield f">{text}</{one.outcome}>\n    </testcase>\n" if text else "/>\n    </testcase>\n"


def _totals(cases: Iterable[_Case]) -> dict[str, str]:
    outcomes = [one.outcome for one in cases]
    counts = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    return {
        "tests": str(len(outcomes)),
        **{name: str(outcomes.count(one)) for name, one in counts.items()},
        "time": "0",
    }


def _text(told: Iterable[str]) -> str:
    # The module brings a client of HTTP along.
    from xml.sax.saxutils import escape

    return escape(guard(lines(told, _TEXT)))


def _attributes(values: Mapping[str, str]) -> str:
    from xml.sax.saxutils import quoteattr

    return "".join(f" {name}={quoteattr(guard(cut(value, _NAME)))}" for name, value in values.items())
