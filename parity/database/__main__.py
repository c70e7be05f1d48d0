"""The child that asks the database: a question on standard input, a section's envelope on standard output.

Run as `python -I -B .../parity/database/__main__.py`, with the DSN's parameters on standard input alone. Started by
path, so that nothing in the working directory is imported; the asking process's own `sys.path` comes with the
question.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from contextlib import suppress

MEMORY = 1 << 30
"""Bytes of address space: libpq makes room for whatever size of row a server announces."""


def main() -> None:
    """Answer one question: {"path": [...], "reader": name, "parameters": {...}, "until": `time.monotonic()`}."""
    # macOS knows the limit and refuses to have it set.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    question = json.load(sys.stdin)
    sys.path[:] = question["path"]
    from parity.database.readers import named

    reader = named(question["reader"])
    json.dump(reader.read(question["parameters"], question["until"] - time.monotonic()), sys.stdout)


if __name__ == "__main__":
    main()
