"""What a person sees while parity works, on standard error: one line that is wiped, and warnings that stay."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from parity.errors import OutputError
from parity.output import as_it_is, emit
from parity.text import safe

_WIPE = "\r\x1b[2K"


class Shown:
    """A Progress on standard error. A pipe, or TERM=dumb, sees the warnings only."""

    def __init__(self) -> None:
        self.live = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._lock = threading.Lock()

    def __call__(self, words: str) -> None:
        if self.live:
            from shutil import get_terminal_size

            self._print(safe(words)[: get_terminal_size().columns - 1], end="")

    def warn(self, sentence: str) -> None:
        self._print(f"parity: warning: {safe(sentence)}", end="\n")

    def fail(self, message: str, hint: str | None) -> None:
        """One of several things that were asked for came to nothing; the others go on."""
        self._print(f"parity: {safe(message)}" + (f"\n  {safe(hint)}" if hint else ""), end="\n")

    def wipe(self) -> None:
        if self.live:
            self._print("", end="")

    def _print(self, text: str, end: str) -> None:
        with self._lock, suppress(OutputError, BrokenPipeError):
            emit((_WIPE if self.live else "") + text + end, sys.stderr, disarm=as_it_is)


@contextmanager
def progress() -> Iterator[Shown]:
    """Shown until the block is left."""
    shown = Shown()
    try:
        yield shown
    finally:
        shown.wipe()


class Tally:
    """Many looks on that one line: how many are done, and what one of the others is at."""

    def __init__(self, shown: Shown, names: Sequence[str]) -> None:
        self._shown = shown
        self._total = len(names)
        self._waiting = dict.fromkeys(names, "")
        """{name: what that look said last}, of those that have not ended."""
        self._lock = threading.Lock()

    def part(self, name: str) -> Part:
        """The Progress of one look."""
        return Part(self, name)

    def done(self, name: str) -> None:
        """That look has ended."""
        with self._lock:
            self._waiting.pop(name, None)
            first = next(iter(self._waiting.items()), None)
        self._shown(self._line(*first) if first else f"{self._total}/{self._total} done")

    def at(self, name: str, words: str) -> None:
        """That look is at something."""
        with self._lock:
            if name in self._waiting:
                self._waiting[name] = words
        self._shown(self._line(name, words))

    def warn(self, name: str, sentence: str) -> None:
        """A warning of that look."""
        self._shown.warn(f"{name}: {sentence}")

    def _line(self, name: str, words: str) -> str:
        said = words.removeprefix(f"{name}: ")
        done = self._total - len(self._waiting)
        return f"{done}/{self._total} done, waiting for {name}" + (f": {said}" if said else "")


class Part:
    """A Progress that is told of as a part of the whole."""

    def __init__(self, tally: Tally, name: str) -> None:
        self._tally = tally
        self._name = name

    def __call__(self, words: str) -> None:
        self._tally.at(self._name, words)

    def warn(self, sentence: str) -> None:
        self._tally.warn(self._name, sentence)
