"""The failures of a log while it is read: each once, with how often, when first and when last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from parity.explain.log.stamps import utc
from parity.explain.log.trouble import Weight
from parity.explain.model import Failure, FailureKind, Line, Moment, Raised
from parity.explain.scrub import scrub

AROUND = 40
REQUESTS = 10
ONE_LINE = 1_000
"""Characters of a failure's own line."""

WIDTH = 500
"""Characters of a line beside a failure."""


@dataclass(slots=True)
class Entry:
    """One failure while the log is read."""

    kind: FailureKind
    chain: tuple[Raised, ...]
    message: str
    weight: Weight
    first: tuple[int, str | None]
    """(line, time as written)."""
    last: tuple[int, str | None]
    count: int = 1
    around: dict[str, int] = field(default_factory=dict)
    """{text: number of its line}; scrubbed when the entry is told, which few are."""
    requests: Counter[str] = field(default_factory=Counter)
    raw: bytes = b""
    """The last line as it stands in the log, where its time was not read."""

    def beside(self, lines: Iterable[tuple[int, str]]) -> None:
        """Keep lines that stand beside it."""
        for number, text in lines:
            if len(self.around) >= AROUND:
                return
            self.around.setdefault(text[:WIDTH], number)

    def frozen(self) -> Failure:
        """The failure."""
        return Failure(
            kind=self.kind,
            chain=self.chain,
            message=scrub(self.message),
            count=self.count,
            first=Moment(self.first[0], utc(self.first[1])),
            last=Moment(self.last[0], utc(self.last[1])),
            around=tuple(Line(number, scrub(text)) for text, number in sorted(self.around.items(), key=_by_number)),
            requests=tuple(
                name for name, _ in sorted(self.requests.items(), key=lambda one: (-one[1], one[0]))[:REQUESTS]
            ),
            grave=self.weight >= Weight.LOGGED,
        )


def _by_number(line: tuple[str, int]) -> int:
    return line[1]


class Tally:
    """Entries by what makes them the same, at most `keep` of them (and while reading four times as many)."""

    def __init__(self, keep: int) -> None:
        self.keep = keep
        self.dropped = 0
        self._entries: dict[Hashable, Entry] = {}

    def known(self, identity: Hashable) -> Entry | None:
        """The entry that is already there."""
        return self._entries.get(identity)

    def again(self, entry: Entry, number: int, time: str | None) -> None:
        """It happened once more."""
        entry.count += 1
        entry.last = (number, time)

    def add(self, identity: Hashable, entry: Entry) -> Entry:
        """A new one; room is made by the lightest and oldest."""
        if len(self._entries) >= 4 * self.keep:
            ranked = sorted(self._entries.items(), key=lambda one: (one[1].weight, one[1].last[0]))
            for name, _ in ranked[: 2 * self.keep]:
                del self._entries[name]
            self.dropped += 2 * self.keep
        self._entries[identity] = entry
        return entry

    def retract(self, identity: Hashable) -> None:
        """It was no failure of its own after all, this last time."""
        entry = self._entries.get(identity)
        if entry:
            entry.count -= 1
            if not entry.count:
                del self._entries[identity]

    def ranked(self) -> list[Entry]:
        """The weightiest first, then the newest."""
        found = [entry for entry in self._entries.values() if entry.weight > Weight.MENTIONED]
        found.sort(key=lambda entry: (-entry.weight, -entry.last[0]))
        self.dropped += max(len(found) - self.keep, 0)
        return found[: self.keep]
