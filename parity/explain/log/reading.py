"""One pass over a log: each line to its program's stream, tracebacks gathered there, the rest judged line by line."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Hashable

from parity.explain.log import identity, links
from parity.explain.log.access import access, mentioned
from parity.explain.log.block import Block, opens
from parity.explain.log.lines import LONGEST
from parity.explain.log.prefix import Peeled, peel
from parity.explain.log.record import Level, record
from parity.explain.log.streams import Heading, Source, Stream
from parity.explain.log.structured import Structured, structured
from parity.explain.log.tally import ONE_LINE, WIDTH, Entry, Tally
from parity.explain.log.traceback import Numbered, parse
from parity.explain.log.trouble import CONSEQUENCES, Trouble, Weight, failed, judge, raised
from parity.explain.model import Raised

STREAMS = 256
"""Streams that are told apart at one time; beyond them all are told as they stand and forgotten."""

BEFORE = 20
"""Lines of trouble that are remembered of each program."""

NEAR = 40
"""Lines of the log within which an answer to a request, or a line after a failure, is taken to belong to it."""

MEMORY = 20_000
"""Texts whose judgement is remembered."""


class Reading:
    """What was read so far. `open` says whether every line counts: a traceback or a line is not at its end."""

    def __init__(self, keep: int) -> None:
        self.tally = Tally(keep)
        self.responses: Counter[str] = Counter()
        self.open = 0
        self.named = False
        self.forgotten = 0
        self._streams: dict[str, Stream] = {}
        self._sources: dict[str, Source] = {}
        self._judged: dict[str, Trouble | None] = {}
        self._blocks: dict[int, tuple[Hashable, Entry]] = {}
        self._prefix = ("", Peeled(""))
        self.single: Entry | None = None
        """The failure that the last line was counted for, where it was one by itself."""
        self._deaths: deque[Numbered] = deque(maxlen=5)

    # Lines

    def line(self, number: int, text: str) -> bool:
        """Take one line in. False: it told of nothing, and another like it will not either."""
        self.single = None
        peeled = self._peeled(text)
        stream = self._stream(peeled)
        if stream.part:
            number, begun = stream.part
            peeled.text = (begun.text + peeled.text)[:LONGEST]
            stream.part = None
            self.open -= 1
        if peeled.partial:
            stream.part = (number, peeled)
            self.open += 1
            return True
        if "\n" in peeled.text:
            for one in peeled.text.split("\n"):
                self._one(number, one, peeled.time, stream)
            return True
        return self._one(number, peeled.text, peeled.time, stream)

    def _one(self, number: int, text: str, time: str | None, stream: Stream) -> bool:
        if stream.block:
            took = stream.block.takes(number, text)
            if took:
                return True
            if took is False:
                self._close(stream, goes_on=True)
        if text.startswith("{") and (found := structured(text)):
            return self._structured(number, found, time, stream)
        if opens(text):
            self._open(number, text, time, stream)
            return True
        return self._plain(number, text, time, stream)

    def _plain(self, number: int, text: str, time: str | None, stream: Stream) -> bool:
        answered = access(text)
        if answered:
            self._answer(number, *answered, stream.source)
            return True
        begun = record(text)
        message, level = (begun.message, begun.level) if begun else (text, None)
        if opens(message):
            stream.heading = Heading(number, "", level, None)
            self._open(number, message, time or (begun.time if begun else None), stream)
            return True
        if (level is None or level >= Level.ERROR) and raised(message):
            self._open(number, message, time or (begun.time if begun else None), stream)
            stream.level = level
            return True
        return self._message(number, message, level, time or (begun.time if begun else None), stream)

    def _message(self, number: int, message: str, level: Level | None, time: str | None, stream: Stream) -> bool:
        key = f"{level}{identity.alike(message)}"
        if key in self._judged:
            trouble = self._judged[key]
        else:
            if len(self._judged) >= MEMORY:
                self._judged.clear()
            trouble = self._judged[key] = judge(message[:ONE_LINE], level)
        source = stream.source
        if trouble is None:
            stream.heading = Heading(number, message, level, None)
            return False
        name: Hashable | None = None
        if trouble.weight > Weight.MENTIONED:
            name = (trouble.kind, key)
            self.single = self._single(name, number, message, time, trouble, source)
            if trouble.kind == "signal" and trouble.weight is Weight.FATAL:
                self._deaths.append((number, message[:WIDTH]))
        stream.heading = Heading(number, message, level, name)
        place = mentioned(message) if (level is not None and level >= Level.ERROR) or "Error: /" in message else None
        if place:
            self._beside(number, place, source)
        if source.after and source.after.last[0] < number <= source.until:
            source.after.beside([(number, message)])
        source.before.pop(key, None)
        source.before[key] = (number, message[:WIDTH])
        if len(source.before) > BEFORE:
            del source.before[next(iter(source.before))]
        return True

    def _single(
        self, name: Hashable, number: int, message: str, time: str | None, trouble: Trouble, source: Source
    ) -> Entry:
        entry = self.tally.known(name)
        if entry:
            self.tally.again(entry, number, time)
            return entry
        told = message[:ONE_LINE].partition("\n")[0]
        entry = Entry(trouble.kind, (), told, trouble.weight, (number, time), (number, time))
        self.tally.add(name, entry)
        self._surround(entry, number, source)
        return entry

    # Answers to requests

    def _answer(self, number: int, status: int, route: str, source: Source) -> None:
        self.responses[f"{status // 100}xx"] += 1
        if status >= 500:
            self._beside(number, route, source)

    def _beside(self, number: int, route: str, source: Source) -> None:
        if source.failed and number - source.failed[0] <= NEAR:
            entry = source.failed[1]
            if len(entry.requests) < 100 or route in entry.requests:
                entry.requests[route] += 1
            source.failed = None
        else:
            source.answered = (number, route)

    # Tracebacks

    def _open(self, number: int, text: str, time: str | None, stream: Stream) -> None:
        stream.block, stream.time, stream.level = Block(), time, None
        stream.block.add(number, text)
        stream.block.ended = not opens(text)
        self.open += 1
        stream.led = stream.heading if stream.heading and number - stream.heading.number <= 2 else None
        if stream.led:
            stream.level = stream.led.level

    def _close(self, stream: Stream, goes_on: bool) -> None:
        block, stream.block = stream.block, None
        self.open -= 1
        if block:
            # A warning that comes with a traceback was handled, and one just before the program's end was not.
            handled = goes_on and stream.level in (Level.WARNING, Level.DEBUG)
            self._told(block.all, stream.time, stream.level if handled else None, stream.led, stream)

    def _told(
        self,
        lines: list[Numbered],
        time: str | None,
        level: Level | None,
        heading: Heading | None,
        stream: Stream,
    ) -> None:
        """A whole traceback was read."""
        number = lines[0][0]
        alike = hash((level, tuple(text for _, text in lines)))
        known = self._blocks.get(alike)
        if known and self.tally.known(known[0]) is known[1]:
            name, entry = known
            self.tally.again(entry, number, time)
        else:
            chain = parse(lines)
            if not chain:
                return
            if not chain[-1].type and heading and raised(heading.message):
                chain = (*chain[:-1], links.completed(chain[-1], heading))
            found = self._chain(chain, number, time, level, of_logging=heading is not None and failed(heading.message))
            if len(self._blocks) >= MEMORY:
                self._blocks.clear()
            name, entry = self._blocks[alike] = found
        if (
            heading
            and heading.failure not in (None, name)
            and (heading.level is not Level.WARNING or level is Level.WARNING)
        ):
            self.tally.retract(heading.failure)
        stream.heading = (
            Heading(lines[-1][0], links.line(entry.chain), level, name) if links.bare(entry.chain) else None
        )
        if entry.count <= 3:
            self._surround(entry, number, stream.source, lines[-1][0])
            if heading and heading.message:
                entry.beside([(heading.number, heading.message)])
        self._failed(entry, number, lines[-1][0], stream.source)

    def _chain(
        self, chain: tuple[Raised, ...], number: int, time: str | None, level: Level | None, *, of_logging: bool = False
    ) -> tuple[Hashable, Entry]:
        name = ("exception", identity.of_chain(chain))
        entry = self.tally.known(name)
        if entry:
            self.tally.again(entry, number, time)
            return name, entry
        weight = Weight.HANDLED if level in (Level.WARNING, Level.DEBUG) else Weight.FATAL
        if weight is Weight.FATAL and of_logging:
            weight = Weight.LOGGED
        if weight is Weight.FATAL and chain[-1].type.rpartition(".")[2] in CONSEQUENCES:
            weight = Weight.AFTERMATH
        return name, self.tally.add(
            name, Entry("exception", chain, links.line(chain), weight, (number, time), (number, time))
        )

    def _failed(self, entry: Entry, first: int, last: int, source: Source) -> None:
        if source.answered and first - source.answered[0] <= NEAR:
            entry.requests[source.answered[1]] += 1
            source.answered = None
        else:
            source.failed = (last, entry)

    def _surround(self, entry: Entry, number: int, source: Source, last: int | None = None) -> None:
        entry.beside(source.before.values())
        entry.beside(one for one in self._deaths if number - one[0] <= NEAR)
        source.after, source.until = entry, (last or number) + NEAR

    # JSON records

    def _structured(self, number: int, found: Structured, time: str | None, stream: Stream) -> bool:
        time = time or found.time
        if found.traceback or found.exceptions:
            heading = Heading(number, found.message[:ONE_LINE], found.level, None)
            if found.traceback:
                lines = [(number, text) for text in found.traceback.replace("\r", "").split("\n")]
                self._told(lines[:3_000], time, found.level, heading, stream)
            else:
                chain = tuple(links.raised(found, number))
                _, entry = self._chain(chain, number, time, found.level)
                self._surround(entry, number, stream.source)
                entry.beside([(number, found.message)] if found.message else [])
                self._failed(entry, number, number, stream.source)
            return True
        if found.status is not None and found.route:
            from_access = f"{found.method} {found.route} {found.status}"
            answered = access(f" {from_access} ")
            if answered:
                self._answer(number, *answered, stream.source)
        if not found.message:
            return False
        if (found.level is None or found.level >= Level.ERROR) and raised(found.message):
            self._told([(number, found.message)], time, found.level, None, stream)
            return True
        return self._message(number, found.message, found.level, time, stream) or found.status is not None

    # Streams

    def _peeled(self, text: str) -> Peeled:
        before, last = self._prefix
        # Within a traceback the same prefix stands before each line, and what is indented after it has no other.
        if before and text.startswith(before) and text[len(before) : len(before) + 1] == " ":
            return Peeled(text[len(before) :], last.source, last.stream, last.time)
        peeled = peel(text, self.named)
        plain = not peeled.partial and text.endswith(peeled.text)
        self._prefix = (text[: len(text) - len(peeled.text)] if plain else "", peeled)
        return peeled

    def _stream(self, peeled: Peeled) -> Stream:
        stream = self._streams.get(peeled.stream)
        if stream is None:
            if len(self._streams) >= STREAMS:
                self._forget()
            source = self._sources.setdefault(peeled.source, Source())
            stream = self._streams[peeled.stream] = Stream(source)
        return stream

    def _forget(self) -> None:
        self.finish()
        self.forgotten += len(self._streams)
        self._streams.clear()
        self._sources.clear()

    def finish(self) -> None:
        """No more lines: what is still open is told as it stands."""
        for stream in self._streams.values():
            if stream.part:
                (number, part), stream.part = stream.part, None
                self._one(number, part.text, part.time, stream)
            if stream.block:
                self._close(stream, goes_on=False)
        self.open = 0
