"""Another limit that production sets lower: open files, processes, CPUs, shared memory, stack.

Each is told by its errno or by the words that programs print for it. A number of CPUs has no error of its own: what a
program makes of it does (a pool of cpu_count() // 2 workers, and a deadline for work of its own), so there the failing
function tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.causes._words import at, candidate
from parity.explain.causes.memory import lower
from parity.explain.elsewhere.upstream import asks, imports_a_client
from parity.explain.model import Candidate, Evidence

TITLE = "A limit is lower"
CATEGORY = "resources"
NEEDS = ("limits", "cpu")
ASPECTS = True

_SAID = {
    "nofile": (r"too many open files|\bemfile\b|\benfile\b|errno 24\b|filedescriptor out of range", 0.95),
    "nofile_hard": (r"too many open files|\bemfile\b|errno 24\b|exceeds (?:the )?(?:hard|maximum) limit", 0.5),
    "processes": (
        r"can't start new thread|resource temporarily unavailable|errno 11\b|cannot fork|fork failed",
        0.85,
    ),
    "pids": (
        r"can't start new thread|resource temporarily unavailable|errno 11\b|cannot fork|could not fork|pthread_create",
        0.93,
    ),
    "shm": (
        r"bus error|sigbus|/dev/shm|shared[ _]memory|\bshm\b|exit(?:ed)?(?: with)?(?: code| status)?:? 135\b",
        0.94,
    ),
    "stack": (r"segmentation fault|sigsegv|stack overflow|\bexit(?:ed)?(?: code)?:? 139\b", 0.6),
    "file_size": (r"file too large|\befbig\b|sigxfsz|errno 27\b|file size limit", 0.95),
    "cpu": (r"sigxcpu|cpu time limit", 0.9),
    "memlock": (r"cannot lock memory|mlock|rlimit_memlock", 0.9),
    "core": (r"core dump", 0.1),
}
_CPUS = (("limits", "affinity"), ("limits", "cpu"), ("cpu", "count"))
"""What says how many processors there are, or how much of them, the surest first."""
_COUNTED = ("cpu_count", "sched_getaffinity", "process_cpu_count", "effective_n_jobs")
_WORKERS = re.compile(
    r"max_workers|num_workers|n_jobs|number of (?:processes|workers|threads)|workers? must be|at least 1"
    r"|must be greater than 0|\bpool\b.{0,40}(?<!non-)\b(?:zero|0)\b"
)

_LATE = re.compile(
    r"timeouterror|timeoutexpired|timed? ?out\b|deadline|too (?:long|slow)|time limit|did not (?:finish|complete|end)"
    r"|not (?:finished|done|ready|completed) (?:in|within|after)|\b(?:is|was|too) late\b|expired after"
)
_PEER = re.compile(r"errno 110\b|connect|socket|\bhttps?://|host=|read timeout|statement timeout|lock timeout")
_SHARES = ((0.25, 0.85), (0.5, 0.65), (1.0, 0.2))
"""(of local's CPUs production has no more than this share, likelihood that what was late there is late for it)."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The limits that the log's words are about, and the CPUs where the program counts them."""
    for key, (pattern, likelihood) in _SAID.items():
        difference = case.difference("limits", key)
        files = "\n".join(frame.file for frame in case.frames[:4]) if key == "shm" else ""
        found = re.search(pattern, f"{case.text}\n{files}")
        if difference is None or found is None or not lower(difference):
            continue
        yield candidate(
            __name__,
            difference,
            likelihood,
            (Evidence("log", f"it says {found[0]!r}", at(case)),),
            f"the process is far below its limit of {key} when it fails",
            f"raise the limit of {key} in production",
        )
    yield from _cpus(case)
    yield from _late(case)


def _late(case: Case) -> Iterator[Candidate]:
    """Work of the program's own that is not done in the time that the program gives it."""
    types = "\n".join(one.type for one in case.failure.chain) if case.failure else ""
    found = _LATE.search(f"{types}\n{case.text}".lower())
    if found is None or _PEER.search(case.text) or asks(case) or imports_a_client(case):
        return
    for section, key in _CPUS:
        difference = case.difference(section, key)
        local, production = (difference.local, difference.production) if difference else (None, None)
        if difference is None or not isinstance(production, int | float) or not lower(difference):
            continue
        whole = local if isinstance(local, int | float) else case.items("cpu")[0].get("count")
        share = production / whole if isinstance(whole, int | float) and whole else 1.0
        yield candidate(
            __name__,
            difference,
            next((likelihood for most, likelihood in _SHARES if share <= most), 0.1),
            (
                Evidence("log", f"it says {found[0]!r}, of work of its own", at(case)),
                Evidence("production", f"it has {share:.0%} of local's processor", f"{section}.{key}"),
            ),
            "the same work takes as long in production as it does locally",
            "give production more of a processor, or the work more time",
        )


def _cpus(case: Case) -> Iterator[Candidate]:
    counted = next((call for call in case.calls if call.name.rpartition(".")[2] in _COUNTED), None)
    said = _WORKERS.search(case.text)
    if counted is None and said is None:
        return
    likelihood = 0.95 if counted and said else 0.6 if said else 0.45
    evidence = (
        [Evidence("source", f"the CPUs are counted at {counted.file}:{counted.line}", f"{counted.file}:{counted.line}")]
        if counted
        else []
    )
    evidence += [Evidence("log", f"it says {said[0]!r}", at(case))] if said else []
    for section, key in _CPUS:
        difference = case.difference(section, key)
        if difference is not None and lower(difference):
            yield candidate(
                __name__,
                difference,
                likelihood * (1.0 if key != "cpu" else 0.85),
                tuple(evidence),
                "the program computes the same number of workers on both sides",
                "give production as many CPUs, or let the program use at least one worker",
            )
