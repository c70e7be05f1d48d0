"""Examples of `memory`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example

KILLED = "[2026-03-01 12:00:00 +0000] [7] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?"
POOL = trace(
    "concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the"
    " future was running or pending.",
    "app.py:3 f: future.result()",
)
REFUSED = trace("numpy.exceptions._ArrayMemoryError: Unable to allocate 763. MiB for an array", "app.py:3 f: zeros(n)")
LARGE, SMALL = (
    {"limits.memory": 2 << 30, "limits.data": "unlimited"},
    {"limits.memory": 1 << 28, "limits.data": 1 << 28},
)

EXAMPLES = [
    Example("the server says that a worker was killed", KILLED, LARGE, SMALL, {"limits.memory": NAMED}),
    Example("a pool breaks", POOL, LARGE, SMALL, {"limits.memory": NAMED}),
    Example("an allocation is refused", REFUSED, LARGE, SMALL, {"limits.data": NAMED, "limits.memory": (0.6, 0.9)}),
    Example("production has more", KILLED, SMALL, LARGE),
    Example("nothing runs out", trace("ValueError: bad", "app.py:3 f: x"), LARGE, SMALL),
    Example(
        "threads, which have a limit of their own",
        trace("RuntimeError: can't start new thread", "^threading.py:3 start: _start_new_thread()"),
        {"limits.memory": 4 << 30},
        {"limits.memory": 1 << 29},
    ),
]
