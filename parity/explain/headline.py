"""Which failure of a log is told first: the weightiest, or one beside it that has the cause which that one lacks.

What ends a program is often not what went wrong: a supervisor tells an exit status, a parent that its child failed, a
library an error that follows from a warning before it. So where the weightiest failure has no cause of its own, one
that stands near it in the log, and has a sure one, goes before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parity.explain.log.trouble import CONSEQUENCES, ends
from parity.explain.model import Explanation, Failure, Log

NEAR = 120
"""Lines of the log between two failures that may be of one run."""

SURE = 0.8
"""The confidence from which a cause of another failure counts, where neither tells of the other."""

FOLLOWING = 0.5
"""The same where the weightiest is one that another failure leads to."""

_FOLLOWS = CONSEQUENCES | {"CalledProcessError", "ChildProcessError", "SubprocessError", "WorkerError"}


def ordered(explanations: Sequence[Explanation]) -> tuple[Explanation, ...]:
    """The explanations, the one to tell first in front; the others stay in their order."""
    if len(explanations) < 2 or explanations[0].verdict in ("explained", "not-environment"):
        return tuple(explanations)
    head, *others = explanations
    better = [one for one in others if _leads(one, head)]
    if not better:
        return tuple(explanations)
    first = max(better, key=lambda one: one.causes[0].confidence)
    why = f"what the log ends with, at line {_line(head)}, has no cause of its own; this stands beside it, and has one"
    return (replace(first, reasons=(*first.reasons, why)), head, *(one for one in others if one is not first))


def aligned(log: Log, explanations: Sequence[Explanation]) -> Log:
    """The log with its failures in the order of their explanations."""
    places = [next(at for at, one in enumerate(log.failures) if one is each.failure) for each in explanations
              if each.failure is not None]  # fmt: skip
    if len(places) < len(log.failures):
        return log
    now = {before: after for after, before in enumerate(places)}
    return replace(
        log,
        failures=tuple(log.failures[place] for place in places),
        newest=None if log.newest is None else now[log.newest],
        most_frequent=None if log.most_frequent is None else now[log.most_frequent],
    )


def _leads(one: Explanation, head: Explanation) -> bool:
    if (
        one.verdict != "explained"
        or one.failure is None
        or head.failure is None
        or not _near(one.failure, head.failure)
    ):
        return False
    confidence = one.causes[0].confidence
    if _follows(head.failure):
        return confidence >= FOLLOWING
    return confidence >= SURE and (one.failure.grave or _speaks_of(head.failure, one.causes[0].label))


def _near(one: Failure, head: Failure) -> bool:
    return any(-NEAR <= mine.line - its.line <= NEAR // 2 for mine in (one.first, one.last)
               for its in (head.first, head.last))  # fmt: skip


def _follows(failure: Failure) -> bool:
    """Whether it is one that another failure leads to, and says nothing of what that was."""
    if failure.kind == "exit" or ends(failure.message):
        return True
    return bool(failure.chain) and failure.chain[-1].type.rpartition(".")[2] in _FOLLOWS


def _speaks_of(failure: Failure, label: str) -> bool:
    """Whether the failing path, its files, its lines or its message, has the name of what differs in it."""
    name = label.partition(".")[2].lower()
    frames = [frame for raised in failure.chain for frame in raised.frames]
    told = [failure.message, *(text for frame in frames for text in (frame.file, frame.code))]
    return len(name) > 2 and any(each in text.lower() for text in told for each in {name, name.replace("-", "_")})


def _line(one: Explanation) -> int:
    return one.failure.last.line if one.failure is not None else 0
