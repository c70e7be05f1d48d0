"""A log's text into the failures that it tells of, in one pass and with bounded memory.

Lines of bytes come in as they stand in the log; what a collector wrote before them is taken off, lines of several
programs are told apart, and tracebacks are gathered for each. Nothing in a log can make this raise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from types import MappingProxyType

from parity.explain.log import lines as bytewise
from parity.explain.log.aftermath import folded
from parity.explain.log.prefix import by_compose, peel
from parity.explain.log.reading import Reading
from parity.explain.log.record import record
from parity.explain.log.sieved import Sieved
from parity.explain.log.stamps import utc
from parity.explain.log.structured import structured
from parity.explain.log.tally import Entry
from parity.explain.log.trouble import Weight
from parity.explain.model import Log

_SAMPLE = 20
"""Lines at each end of a log in which its first and last time are looked for."""


def read(lines: Iterable[bytes], *, keep: int = 50) -> Log:
    """What a log tells. `lines`: with or without their ends, in any encoding; `keep`: at most so many failures."""
    reading = Reading(keep)
    sieved = Sieved(reading)
    first: list[bytes] = []
    last: deque[bytes] = deque(maxlen=_SAMPLE)
    number = 0
    for number, line in enumerate(bytewise.lines(lines), 1):
        last.append(line)
        if number <= _SAMPLE:
            first.append(line)
            if number == 1:
                reading.named = by_compose(bytewise.text(line))
        if reading.open:
            reading.line(number, bytewise.text(line))
        else:
            sieved.line(number, line)
    sieved.finish()
    reading.finish()
    return _log(reading, number, first, list(last))


def _log(reading: Reading, count: int, first: list[bytes], last: list[bytes]) -> Log:
    entries = folded(reading.tally.ranked())
    for entry in entries:
        if entry.last[1] is None and entry.raw:
            entry.last = (entry.last[0], _time(entry.raw, reading.named))
    # Newest and most frequent of those that ended something, where there are any.
    grave = [at for at, entry in enumerate(entries) if entry.weight >= Weight.LOGGED] or list(range(len(entries)))
    return Log(
        failures=tuple(entry.frozen() for entry in entries),
        newest=max(grave, key=lambda at: entries[at].last[0], default=None),
        most_frequent=max(grave, key=lambda at: (entries[at].count, -at), default=None),
        lines=count,
        first_time=_first_time(first, reading.named),
        last_time=_first_time(reversed(last), reading.named),
        responses=MappingProxyType(dict(sorted(reading.responses.items()))),
        notes=tuple(_notes(reading, entries, count)),
    )


def _notes(reading: Reading, entries: list[Entry], count: int) -> Iterable[str]:
    if not count:
        yield "the log is empty"
    elif not entries:
        yield f"none of its {count:,} lines tells of a failure"
    if reading.tally.dropped:
        yield f"{reading.tally.dropped:,} lesser kinds of failure were left out"
    if reading.forgotten:
        yield f"lines of {reading.forgotten:,} streams are mixed: what was open was closed to make room"


def _first_time(lines: Iterable[bytes], named: bool) -> str | None:
    return next((time for time in (_time(line, named) for line in lines) if time), None)


def _time(line: bytes, named: bool) -> str | None:
    """When a line was written, in UTC."""
    peeled = peel(bytewise.text(line), named)
    begun = record(peeled.text)
    json = structured(peeled.text) if peeled.text.startswith("{") else None
    written = (peeled.time, begun.time if begun else None, json.time if json else None, peeled.text[:200])
    return next((time for time in map(utc, written) if time), None)
