"""Memory that production does not give: a cgroup's limit, a resource limit, or the kernel that ends the process.

The kernel ends a process with SIGKILL and says nothing to it: a worker is gone, a pool is broken, the exit status is
137. An allocation that is refused is a MemoryError, and that takes a resource limit, not a cgroup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, said
from parity.explain.causes.system_call import names
from parity.explain.model import Candidate, Evidence

TITLE = "Memory runs out"
CATEGORY = "resources"
NEEDS = ("limits",)
ASPECTS = True

_KILLED = re.compile(
    r"sigkill|oomkilled|out of memory|oom-kill|oom_kill|killed process|exit(?:ed)?(?: with)?(?: code| status)?:? 137"
    r"|brokenprocesspool|process pool was terminated abruptly|terminated abruptly|worker exited prematurely: signal 9"
    r"|workerlosterror|signal 9\b|^killed$|code=killed, status=9",
    re.MULTILINE,
)
_REFUSED = re.compile(
    r"memoryerror|unable to allocate|cannot allocate memory|std::bad_alloc|\[errno 12\]|enomem|failed to map segment"
    r"|mmap failed|can't allocate|could not allocate|out of memory"
)
_OTHER = frozenset({"shm", "threads"})
"""What runs out besides, and has a limit of its own."""
_LOCKED = 0.4
"""Of a likelihood, where what is refused is to lock memory, and less of that is allowed."""
_BY_CGROUP = {"memory": 0.94, "swap": 0.4}
_BY_RLIMIT = {"data": 0.94, "address_space": 0.94, "memory": 0.8, "memlock": 0.5, "stack": 0.35, "swap": 0.3}


def weigh(case: Case) -> Iterator[Candidate]:
    """The limits that are lower in production, by how the process met its end."""
    refused, killed = _REFUSED.search(case.text), _KILLED.search(case.text)
    facts = tuple(one for one in case.of("memory") if one.value not in _OTHER) or tuple(
        one for one in case.of("signal", "exit_status") if one.value in ("SIGKILL", "137")
    )
    if not (refused or killed or facts):
        return
    weights = _BY_RLIMIT if refused and not killed else _BY_CGROUP
    locks = names(case, "limits", "memlock")
    found = refused or killed
    evidence = tuple(in_log(one) for one in facts[:2]) or said(case, found[0] if found else None)
    for key, likelihood in weights.items():
        difference = case.difference("limits", key)
        if difference is None or not lower(difference):
            continue
        yield candidate(
            __name__,
            difference,
            likelihood * (_LOCKED if locks and key != "memlock" else 1.0),
            (*evidence, *_used(case, key)),
            "the same work with local's limit ends the same way",
            f"raise the limit of {key} in production, or do the work in smaller parts",
        )


def lower(difference: Difference) -> bool:
    """Whether production allows less; a limit that only production has is less than none."""
    if difference.kind is Kind.EXTRA:
        return True
    local, production = difference.local, difference.production
    if isinstance(local, int | float) and isinstance(production, int | float):
        return production < local
    return local == "unlimited" and isinstance(production, int | float)


def _used(case: Case, key: str) -> tuple[Evidence, ...]:
    if key != "memory":
        return ()
    _, production = case.volatile("limits")
    kills = production.get("oom_kills")
    if isinstance(kills, int) and kills > 0:
        return (
            Evidence("production", f"the kernel has ended {kills} of its processes for memory", "limits.oom_kills"),
        )
    return ()
