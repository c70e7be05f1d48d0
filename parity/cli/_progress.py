"""What a person sees while parity works, on standard error: one line that is wiped, and warnings that stay."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from shutil import get_terminal_size

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
            self._print(safe(words)[: get_terminal_size().columns - 1], end="")

    def warn(self, sentence: str) -> None:
        self._print(f"parity: warning: {safe(sentence)}", end="\n")

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
