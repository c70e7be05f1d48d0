"""What a run that failed ends with: the likeliest causes, and the differences that bear on it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.explain.model import Cause
from parity.policy.model import Findings
from parity.report.values import value
from parity.testing.bearing import Reach
from parity.testing.parity import Parity
from parity.text import safe

MOST = 10
"""Differences that are listed before the rest is counted."""
_EVIDENCE = 2


def lines(parity: Parity, bearing: Findings, reached: Reach, causes: Sequence[Cause], production: str) -> Iterator[str]:
    """The lines, without their ends."""
    yield from map(_told, causes)
    for one in bearing[:MOST]:
        sides = f"{value(one.local)} here, {value(one.production)} in production"
        yield f"{one.severity.value:<8} {safe(f'{one.section}.{one.key}')}: {safe(sides)}"
        yield f"         {safe(one.why)}"
        yield from (f"         - {safe(fact)}" for fact in one.evidence[:_EVIDENCE])
    if len(bearing) > MOST:
        yield f"{len(bearing) - MOST:,} more bear on it"
    yield from (f"unknown  {safe(sentence)}" for sentence in parity.unknown())
    count, every = len(bearing), len(parity.findings)
    modules = f"{len(reached.modules):,} modules of {len(reached.distributions):,} distributions"
    bears = "none bears" if not count else f"{count:,} {'bears' if count == 1 else 'bear'}"
    yield f"of {every:,} findings {bears} on what failed, which imports {modules}"
    yield f"all of them: parity diff local {safe(production)}"


def _told(cause: Cause) -> str:
    """What of the log speaks for it: what else does is worded for the place that works."""
    seen = next((one.words for one in cause.evidence if one.source == "log"), "")
    return f"cause    {safe(cause.label)} ({cause.confidence:.0%})" + (f": {safe(seen)}" if seen else "")
