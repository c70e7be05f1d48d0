"""Examples of `limit`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, Example

FILES = trace("OSError: [Errno 24] Too many open files: '/app/x'", "app.py:3 f: open(p)")
SOCKETS = trace(
    "far.exceptions.ConnectionError: Pool(host='a', port=80): Failed to establish a new connection: [Errno 24] Too"
    " many open files'))",
    "~far/adapters.py:3 send: raise ConnectionError(e)",
)
THREAD = trace(
    "RuntimeError: can't start new thread", "^threading.py:971 start: _start_new_thread(self._bootstrap, ())"
)
POOL = trace("ValueError: Number of processes must be at least 1", "app.py:5 f: Pool(n)")
CPUS = {"app.py": "def f():\n    n = os.cpu_count() // 2\n\n\n    return Pool(n)\n"}
MUCH = {"limits.nofile": 65536, "limits.pids": "unlimited", "limits.shm": 1 << 28, "limits.affinity": 8}
LITTLE = {"limits.nofile": 256, "limits.pids": 40, "limits.shm": 1 << 22, "limits.affinity": 1}

LATE = trace(
    "multiprocessing.context.TimeoutError",
    "app.py:3 <module>: pool.apply_async(build).get(timeout=5)",
    "^multiprocessing/pool.py:770 get: raise TimeoutError",
)
WORK = {"app.py": "import multiprocessing\n\npool.apply_async(build).get(timeout=5)\n"}
ASKED = {"app.py": "import httpx\n\npool.apply_async(build).get(timeout=5)\n"}

EXAMPLES = [
    Example("work of its own that is late", LATE, {"limits.cpu": 2.0}, {"limits.cpu": 0.1}, {"limits.cpu": (0.8, 0.9)},
            WORK),
    Example("no less than the half of a processor", LATE, {"limits.cpu": 2.0}, {"limits.cpu": 1.5},
            {"limits.cpu": (0.1, 0.3)}, WORK),
    Example("a deadline for what another service answers", LATE, {"limits.cpu": 2.0}, {"limits.cpu": 0.1}, {}, ASKED),
    Example("open files", FILES, MUCH, LITTLE, {"limits.nofile": NAMED}),
    Example("open files, of sockets that a library wraps", SOCKETS, MUCH, LITTLE, {"limits.nofile": NAMED}),
    Example("threads", THREAD, MUCH, LITTLE, {"limits.pids": NAMED}),
    Example("shared memory", "Bus error (core dumped)", MUCH, LITTLE, {"limits.shm": NAMED}),
    Example("a pool of the half of one CPU", POOL, MUCH, LITTLE, {"limits.affinity": NAMED}, CPUS),
    Example("a pool of none, and no CPUs are counted", POOL, MUCH, LITTLE, {"limits.affinity": FITS}),
    Example("production has more", FILES, LITTLE, MUCH),
    Example("another failure", trace("ValueError: bad", "app.py:3 f: x"), MUCH, LITTLE),
    Example(
        "a path that has pool in it, and a status that is not zero",
        trace("CalledProcessError: Command '/var/spool/x' returned non-zero exit status 1.", "app.py:3 f: run()"),
        {"limits.cpu": 2.0},
        {"limits.cpu": 1.5},
    ),
]  # fmt: skip
