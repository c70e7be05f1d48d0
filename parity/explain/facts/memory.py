"""Memory and processes that ran out, as the allocator, the kernel or the parent tells it."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Told, told
from parity.explain.model import Fact, Failure

_FORMS = (
    ("allocation", re.compile(r"(?i)\bunable to allocate [\d.]{1,12} ?[KMGTP]?i?B|\bcannot allocate memory|\bstd::bad_alloc|(?<!perhaps )\bout of memory\b(?!: kill)"
                              r"|\bmemory allocation of \d+ bytes failed|\bfailed to allocate\b|\bDefaultCPUAllocator: (?:can't|not enough)")),
    ("oom", re.compile(r"(?i)\bperhaps out of memory\b|\bOOMKilled\b|\bout of memory: kill|\boom-kill|\boom_reaper|\bmemory quota\b|\bkilled by the OOM killer")),
    ("worker", re.compile(r"(?i)\bprocess in the process pool was terminated abruptly|\bworker exited prematurely|\bA worker process managed by the executor was unexpectedly terminated"
                          r"|\bDataLoader worker \(pid[^\n]{1,60}\) (?:is killed|exited unexpectedly)")),
    ("threads", re.compile(r"(?i)\bcan't start new thread|\bfork: (?:retry: )?resource temporarily unavailable|\bpthread_create failed|\bcould not fork\b")),
    ("shm", re.compile(r"(?i)\bshared memory segment[^\n]{0,80}(?:no space|failed)|\binsufficient shared memory \(shm\)|\bout of shared memory")),
)  # fmt: skip
_BY_TYPE = {"MemoryError": "allocation", "_ArrayMemoryError": "allocation", "OutOfMemoryError": "allocation"} | {
    "BrokenProcessPool": "worker",
    "TerminatedWorkerError": "worker",
    "WorkerLostError": "worker",
}


def read(failure: Failure) -> Iterator[Fact]:
    """`memory`."""
    for one in told(failure):
        for name, pattern in _FORMS:
            found = pattern.search(one.text)
            if found:
                yield one.fact("memory", name, found.start())
    for link, raised in enumerate(failure.chain):
        kind = _BY_TYPE.get(raised.type.rpartition(".")[2])
        if kind:
            yield Told(raised.message, raised.at, link, raised.type).fact("memory", kind)
