"""Several logs as one, in the order of their times, as the command that shows them all would have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from heapq import merge

_TIME = re.compile(rb"(?:\[[^\]]{1,512}\] |[\w.-]{1,256} \| )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)")


def lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Each line of parts of whole lines, with its end."""
    for part in parts:
        yield from part.splitlines(keepends=True) if b"\r" not in part else _split(part)


def by_time(logs: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """The lines of several logs, each in its own order, whose lines begin with a time in UTC after their program's
    name. A line without one stays with the line before it."""
    timed = [_timed(place, log) for place, log in enumerate(logs)]
    yield from (line for _, _, line in merge(*timed, key=lambda one: one[:2]))


def _timed(place: int, log: Iterable[bytes]) -> Iterator[tuple[bytes, int, bytes]]:
    last = b""
    for line in log:
        found = _TIME.match(line)
        # A clock that went back would bring its later lines before the lines of others, and their own order with it.
        last = max(last, _comparable(found[1])) if found else last
        yield last, place, line


def _comparable(time: bytes) -> bytes:
    """With nine digits of a second: engines leave zeros at the end out."""
    whole, _, fraction = time[:-1].partition(b".")
    return whole + b"." + fraction.ljust(9, b"0")


def _split(part: bytes) -> Iterator[bytes]:
    # Of the ends that splitlines knows, a carriage return alone is none: progress bars write it.
    start = 0
    while start < len(part):
        end = part.find(b"\n", start) + 1 or len(part)
        yield part[start:end]
        start = end
