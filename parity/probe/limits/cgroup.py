"""What the control groups of a process allow it, and how much of that is used: versions 1 and 2, and both at once.

Formats: cgroups(7), the kernel's admin-guide/cgroup-v1 and cgroup-v2. A limit holds for all that is below it, so the
tightest from the process's own group up to the top that can be seen is what counts.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import why
from parity.probe.limits.rlimits import UNLIMITED

CONTROLLERS = ("memory", "cpu", "pids")

LIMIT = 64 << 10
DEEPEST = 64
"""Bytes of one file, and groups above one another, that are read."""

_NUMBER = re.compile(r"[0-9]{1,20}")
_NOT_LIMITED = 1 << 60
"""Bytes of memory that nobody has: version 1 writes the largest multiple of a page for `unlimited`."""


class Group:
    """One control group, and those above it that can be seen.

    version      1 or 2
    directories  its own first, then upwards
    """

    def __init__(self, view, version, directories):
        self._view = view
        self.version = version
        self.directories = directories

    def own(self, name):
        """The text of a file of the group itself, None where it has none."""
        return self._text(self.directories[0], name)

    def each(self, name):
        """The texts of a file in the group and in each above it, those that have it."""
        texts = (self._text(directory, name) for directory in self.directories)
        return [text for text in texts if text is not None]

    def tightest(self, name):
        """The least number that a file holds here or above, or "unlimited"."""
        return tightest(number(text) for text in self.each(name))

    def _text(self, directory, name):
        try:
            return self._view.text(directory + "/" + name, LIMIT).strip()
        except OSError:
            # The root group has no limits, and a controller that is off has no files.
            return None


def find(view, process, mounts):
    """({controller: Group} for those of CONTROLLERS; why there is none of the others, or None).

    `view` reads the kernel's files, `mounts` is the mountinfo.Table of who reads: paths in /proc/PID/cgroup are told
    from the reader's own control group namespace, as the roots of its mounts are.
    """
    try:
        lines = view.text("/proc/%d/cgroup" % process.pid, LIMIT).splitlines()
    except OSError as error:
        return {}, why(error)
    second, first = None, {}
    for line in lines:
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" and not controllers:
            second = path
        else:
            first.update((name, path) for name in controllers.split(","))
    groups = {}
    for name in CONTROLLERS:
        # Where both versions are mounted, the first has the controllers that it names, and the second the rest.
        version, path = (1, first[name]) if name in first else (2, second)
        directories = [] if path is None else _directories(view, mounts, path, name if version == 1 else None)
        if directories:
            groups[name] = Group(view, version, directories)
    return groups, None if len(groups) == len(CONTROLLERS) else "its control group cannot be seen"


def _directories(view, mounts, path, controller):
    """The directory of a group and those above it, the way down to which is mounted; [] where none is."""
    for mount in reversed(mounts.visible() if mounts else []):
        fits = controller in mount.controllers if controller else mount.filesystem == "cgroup2"
        below = _below(path, mount.root) if fits else None
        if below is None:
            continue
        own = os.path.normpath(mount.path + "/" + below)
        if not view.exists(own):
            continue
        directories = [own]
        while directories[-1] != mount.path and len(directories) < DEEPEST:
            directories.append(os.path.dirname(directories[-1]))
        return directories
    return []


def _below(path, root):
    """`path` as it is below `root`, or None where it is not in it."""
    if ".." in path.split("/") or ".." in root.split("/"):
        return None
    base = root.rstrip("/")
    return path[len(base) :].lstrip("/") if path == base or path.startswith(base + "/") else None


def number(text):
    """The number of a file, "unlimited" for what means that, None for what is none."""
    if text in ("max", "-1"):
        return UNLIMITED
    if not _NUMBER.fullmatch(text or ""):
        return None
    return int(text) if int(text) < _NOT_LIMITED else UNLIMITED


def tightest(limits):
    """The least of numbers, "unlimited" where there is none among them."""
    return min((limit for limit in limits if isinstance(limit, (int, float))), default=UNLIMITED)


def memory(group):
    """Bytes that may be used, or "unlimited"."""
    if group.version == 2:
        return group.tightest("memory.max")
    # Version 1 tells of the groups above that cannot be seen, too.
    above = number(fields(group.own("memory.stat")).get("hierarchical_memory_limit", ""))
    return tightest([above, group.tightest("memory.limit_in_bytes")])


def swap(group):
    """Bytes that may be swapped out, or "unlimited"; a kernel that does not count them limits none."""
    if group.version == 2:
        return group.tightest("memory.swap.max")
    both, alone = group.tightest("memory.memsw.limit_in_bytes"), memory(group)
    return UNLIMITED if UNLIMITED in (both, alone) else max(0, both - alone)


def cpu(group):
    """CPUs' worth of time, or "unlimited"."""
    if group.version == 2:
        pairs = [(text.split() + ["", ""])[:2] for text in group.each("cpu.max")]
    else:
        pairs = zip(group.each("cpu.cfs_quota_us"), group.each("cpu.cfs_period_us"))
    return tightest(_share(number(quota), number(period)) for quota, period in pairs)


def _share(quota, period):
    if not isinstance(quota, int) or not isinstance(period, int) or period <= 0:
        return None
    return round(quota / period, 3)


def pids(group):
    """Processes and threads that there may be, or "unlimited"."""
    return group.tightest("pids.max")


def used(groups):
    """{name: number} of what changes by itself, as far as the kernel tells it."""
    found = {}
    if "memory" in groups:
        group = groups["memory"]
        first = group.version == 1
        found["memory_used"] = number(group.own("memory.usage_in_bytes" if first else "memory.current"))
        found["memory_peak"] = number(group.own("memory.max_usage_in_bytes" if first else "memory.peak"))
        events = fields(group.own("memory.oom_control" if first else "memory.events"))
        found["oom_kills"] = number(events.get("oom_kill", ""))
    if "pids" in groups:
        found["pids_used"] = number(groups["pids"].own("pids.current"))
    return {name: count for name, count in found.items() if isinstance(count, int)}


def fields(text):
    """{name: value} of lines `name value`."""
    pairs = (line.split() for line in (text or "").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
