"""A finding in the words of a machine's report: one line that names it, and the lines that explain it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parity.policy.model import Finding
from parity.policy.steps import step
from parity.policy.words import listed, plural
from parity.report.base import Report
from parity.report.closing import coverage
from parity.report.values import sentence, sides
from parity.text import visible


def headline(one: Finding) -> str:
    """requests: 2.32.3 locally, missing in production."""
    local, production = sides(one)
    if not local and not production:
        return one.key
    return f"{one.key}: {local} locally, {production} in production"


def explained(one: Finding) -> Iterator[str]:
    """Why it matters, what that stands on, what the policy says, and what to do next: a sentence each."""
    yield sentence(one)
    yield from one.evidence
    if one.note is not None:
        yield one.note
    yield f"next: {step(one)}"


def counted(report: Report) -> str:
    """2 errors, 1 warning and 14 info."""
    words = [plural(count, severity.value) for severity, count in report.counts().items() if count]
    return listed(words) or "no differences"


def covered(report: Report) -> str:
    """What was compared and what was not, and why."""
    return " ".join(coverage(report.comparison))


def lines(texts: Iterable[str], most: int) -> str:
    """The texts on a line each, with nothing else invisible in them; at most so many characters in all."""
    return _short("\n".join(map(visible, texts)), most)


def cut(text: str, most: int) -> str:
    """One text with nothing invisible in it, at most so many characters."""
    return _short(visible(text), most)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
