"""What the process may use. A lower limit is met only when the program first needs more than it allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf

from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.words import amount
from parity.profile.model import Item

RULES = {
    "lower": Rule(Severity.WARNING, "production allows less than local, of something that programs run out of"),
    "no-shared-memory": Rule(Severity.WARNING, "there is shared memory locally and none in production"),
    "minor": Rule(Severity.INFO, "production allows less than local, and more than programs ask for as a rule"),
    "host": Rule(Severity.INFO, "the machines are of another size, and no limit is set"),
    "higher": Rule(Severity.INFO, "production allows more than local"),
    "other": Rule(Severity.INFO, "only one side tells of it"),
}

_KIB, _MIB, _GIB = 1 << 10, 1 << 20, 1 << 30

_ENOUGH: Mapping[str, float] = {
    "memory": _GIB,
    "data": inf,
    "address_space": inf,
    "file_size": inf,
    "cpu": 1,
    "affinity": inf,
    "nofile": 4_096,
    "nofile_hard": 4_096,
    "processes": 1_024,
    "pids": 200,
    "shm": _GIB,
    "stack": 8 * _MIB,
    "memlock": 64 * _KIB,
}
"""{key: from here on a lower limit is met by few programs}: the kernel's and the engines' own defaults, a whole CPU,
or, of processes and files, what a server with a pool of threads for each CPU takes. What is not listed is met by hardly
any. What nobody sets but on purpose, such as `data`, counts however high it is."""

_BYTES = frozenset({"address_space", "core", "data", "file_size", "memlock", "memory", "shm", "stack", "swap"})

_THEN = {
    "memory": "the kernel kills the process when it needs more, with no exception and exit status 137",
    "data": "an allocation beyond it raises MemoryError",
    "address_space": "an allocation or a thread's stack beyond it raises MemoryError or RuntimeError",
    "file_size": "a file that grows beyond it raises OSError (EFBIG), or ends the program by SIGXFSZ",
    "cpu": "the same work takes longer there, up to timeouts, however many CPUs os.cpu_count() tells",
    "affinity": "pools that are made for os.cpu_count() have more workers than CPUs to run on",
    "nofile": "one file, socket or pipe more raises OSError (EMFILE)",
    "nofile_hard": "a program that raises its own limit beyond it gets ValueError",
    "processes": "one process or thread more of that user raises BlockingIOError or RuntimeError",
    "pids": "one process or thread more raises BlockingIOError, or RuntimeError: can't start new thread",
    "shm": "what shares more between processes ends by SIGBUS or with OSError (ENOSPC)",
    "stack": "recursion in compiled code ends with a segmentation fault sooner",
    "memlock": "locking memory or registering it for I/O raises OSError (ENOMEM)",
    "swap": "what does not fit into its memory is not swapped out, and the kernel kills the process",
}


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each limit."""
    lower = {one.key for one in differences if _lower(one, sides)}
    for one in differences:
        if one.key == "shm" and one.kind is Kind.MISSING:
            why = "production has no /dev/shm: multiprocessing's locks, queues and shared memory raise OSError there"
            yield finding("no-shared-memory", one, Severity.WARNING, why)
        elif _number(one.local) is None or _number(one.production) is None:
            yield finding("other", one, Severity.INFO, "only one side tells of it")
        elif one.key == "affinity" and not (_restricted(sides, 0) or _restricted(sides, 1)):
            yield finding("host", one, Severity.INFO, "the machines have another number of CPUs")
        elif one.key in lower:
            yield _less(one, lower, sides)
        else:
            yield finding("higher", one, Severity.INFO, "production allows as much as local has, or more")


def _less(one: Difference, lower: set[str], sides: Sides) -> Finding:
    there = _shown(one.key, one.production)
    # Of the two limits on open files the one in force is met first.
    peak = _peak(one, sides)
    if peak is not None:
        why = f"production allows {there}, and local has had {amount(peak)} in use: {_THEN[one.key]}"
        return finding("lower", one, Severity.WARNING, why)
    if one.key == "core":
        why = "production writes a smaller core file, or none: of a crash there is less to look into"
        return finding("minor", one, Severity.INFO, why)
    if not (_met(one) or _swaps(one, lower, sides)) or (one.key == "nofile_hard" and "nofile" in lower):
        return finding("minor", one, Severity.INFO, f"production allows {there}, which is less and hardly ever met")
    why = f"production allows {there}, and local {_shown(one.key, one.local)}: {_THEN[one.key]}"
    return finding("lower", one, Severity.WARNING, why)


def _peak(one: Difference, sides: Sides) -> float | None:
    """The memory that local has had in use, where production allows less than that."""
    section = sides.local.sections.get("limits") if one.key == "memory" else None
    used = [_number(section.volatile.get(name)) or 0 for name in ("memory_peak", "memory_used")] if section else [0]
    return max(used) if max(used) > (_number(one.production) or 0) else None


def _met(one: Difference) -> bool:
    # Where both sides set a number for what they start, somebody has thought of it.
    if one.key == "pids" and _number(one.local) != inf:
        return True
    return (_number(one.production) or 0) < _ENOUGH.get(one.key, 0)


def _swaps(one: Difference, lower: set[str], sides: Sides) -> bool:
    """Whether memory is scarce, as much there as here: then swap is what makes the difference."""
    memory = _number(sides.items("limits")[1].get("memory"))
    return one.key == "swap" and "memory" not in lower and memory is not None and memory < _ENOUGH["memory"]


def _lower(one: Difference, sides: Sides) -> bool:
    local, production = _number(one.local), _number(one.production)
    if local is None or production is None:
        return False
    if one.key == "cpu":
        # A quota of as many CPUs as local has to run on takes nothing away.
        local = min(local, _number(sides.items("limits")[0].get("affinity")) or inf)
    return production < local


def _restricted(sides: Sides, side: int) -> bool:
    """Whether the process may run on fewer CPUs than there are."""
    affinity, count = (_number(sides.items(section)[side].get(key)) for section, key in _CPUS)
    return affinity is not None and count is not None and affinity < count


_CPUS = (("limits", "affinity"), ("cpu", "count"))


def _number(item: Item) -> float | None:
    if item == "unlimited":
        return inf
    return item if isinstance(item, (int, float)) and not isinstance(item, bool) else None


def _shown(key: str, item: Item) -> str:
    number = _number(item)
    if number is None or number == inf:
        return "any amount"
    return amount(number) if key in _BYTES else f"{number:g}" if key == "cpu" else f"{number:,.0f}"
