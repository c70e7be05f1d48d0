"""What a terminal shows while parity works: one line on standard error that is wiped at the end."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import get_terminal_size

from parity.snapshot.request import Progress
from parity.text import safe

_WIPE = "\r\x1b[2K"


@contextmanager
def progress() -> Iterator[Progress]:
    """A Progress that shows its last words on a terminal; a pipe, or TERM=dumb, sees nothing of it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda words: None
        return
    lock = threading.Lock()

    def show(words: str) -> None:
        with lock:
            width = get_terminal_size().columns - 1
            print(_WIPE + safe(words)[:width], end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print(_WIPE, end="", file=sys.stderr, flush=True)
