"""The limits that the engine sets a container, as its record tells them: the `limits` section of one that does not run.

Docker Engine API, "Inspect a container" (HostConfig): 0 is no limit of the container's own, and what is above it may
still set one, so that only limits that are set are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from parity.probe.limits import cpulist
from parity.profile import Section, Status
from parity.profile.model import Item

_ULIMITS = {
    "nofile": "nofile",
    "nproc": "processes",
    "stack": "stack",
    "core": "core",
    "data": "data",
    "as": "address_space",
    "memlock": "memlock",
    "fsize": "file_size",
}
"""{ulimit: key}, as getrlimit(2) has them."""

_NANO = 1_000_000_000
_PERIOD = 100_000
"""Microseconds, where the engine is told no period."""


def of_record(container: Mapping[str, Any], why: str) -> Section:
    """What of the limits the record tells; unavailable where it tells of none. `why` is why nothing more is known."""
    host = container.get("HostConfig") or {}
    items: dict[str, Item] = {**dict(_groups(host)), **dict(_resources(host.get("Ulimits")))}
    if not items:
        return Section(Status.UNAVAILABLE, f"{why}, and files do not tell")
    return Section(Status.PARTIAL, f"{why}: these are the limits that the engine sets", items, hidden=("*",))


def _groups(host: Mapping[str, Any]) -> Iterator[tuple[str, Item]]:
    memory, both = _number(host.get("Memory")), host.get("MemorySwap")
    if memory:
        yield "memory", memory
        # Without a word of it, as much may be swapped out again as there is memory.
        yield "swap", "unlimited" if both == -1 else max(0, (_number(both) or 2 * memory) - memory)
    nano, quota = _number(host.get("NanoCpus")), _number(host.get("CpuQuota"))
    if nano or quota:
        yield "cpu", round(nano / _NANO if nano else quota / (_number(host.get("CpuPeriod")) or _PERIOD), 3)
    if pids := _number(host.get("PidsLimit")):
        yield "pids", pids
    if (shared := _number(host.get("ShmSize"))) and host.get("IpcMode") in ("", "private", "shareable"):
        yield "shm", shared
    if affinity := cpulist.count(str(host.get("CpusetCpus") or "")):
        yield "affinity", affinity


def _resources(ulimits: object) -> Iterator[tuple[str, Item]]:
    for one in ulimits if isinstance(ulimits, list) else ():
        key = _ULIMITS.get(str(one.get("Name")))
        if key is not None:
            yield key, _bound(one.get("Soft"))
        if key == "nofile":
            yield "nofile_hard", _bound(one.get("Hard"))


def _bound(value: object) -> Item:
    return value if isinstance(value, int) and value >= 0 else "unlimited"


def _number(value: object) -> int:
    """A number that limits, else 0."""
    return value if isinstance(value, int) and value > 0 else 0
