"""The short way of a line: what tells nothing, answers well, or repeats a known failure is not read again."""

from __future__ import annotations

from collections import Counter

from parity.explain.log.lines import text
from parity.explain.log.reading import Reading
from parity.explain.log.sieve import ANSWER, shape, worth
from parity.explain.log.tally import Entry

_SHAPES = 30_000
"""Shapes of lines that are remembered, of those that tell nothing and of those that are failures by themselves."""

_SHAPE = 500
"""Bytes of a shape that are kept: a longer one is never found again."""


class Sieved:
    """Lines before a reading, while none of its tracebacks is open."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._dull: set[bytes] = set()
        self._known: dict[bytes, Entry] = {}
        self._answered: Counter[bytes] = Counter()
        self._held: tuple[int, bytes, Entry] | None = None
        """A line that may lead to a traceback: counted when the next one shows that it does not."""

    def line(self, number: int, line: bytes) -> None:
        """Take one line in."""
        found = ANSWER.search(line) if b" HTTP/" in line else None
        if found and found[1] != b"5":
            self._answered[found[1]] += 1
            return
        alike = shape(line)
        if alike in self._dull:
            return
        known = self._known.get(alike)
        if self._held:
            self._settle(again=known is not None)
        if known:
            self._held = (number, line, known)
        elif not (found or worth(line)):
            self._forget(alike)
        else:
            told = self._reading.line(number, text(line))
            if self._reading.single and not self._reading.open and len(self._known) < _SHAPES:
                self._known[alike[:_SHAPE]] = self._reading.single
            elif not told:
                self._forget(alike)

    def finish(self) -> None:
        """No more lines."""
        if self._held:
            self._settle(again=False)
        for digit, times in self._answered.items():
            self._reading.responses[f"{digit.decode()}xx"] += times

    def _settle(self, again: bool) -> None:
        if self._held:
            number, line, entry = self._held
            self._held = None
            if again:
                entry.count += 1
                entry.last, entry.raw = (number, None), line
            else:
                self._reading.line(number, text(line))

    def _forget(self, alike: bytes) -> None:
        if len(self._dull) >= _SHAPES:
            self._dull.clear()
        self._dull.add(alike[:_SHAPE])
