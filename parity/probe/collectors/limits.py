"""What the process that serves may use: its resource limits, its control group's, and room where it writes.

    nofile, nofile_hard, processes     numbers, or "unlimited" (getrlimit(2), the soft limit; nofile_hard the hard one)
    stack, core, data, address_space, memlock, file_size     bytes, or "unlimited"
    memory, swap                       bytes, or "unlimited": the tightest of its control group and those above
    cpu                                CPUs' worth of time, or "unlimited"
    pids                               processes and threads, or "unlimited"
    affinity                           CPUs that it may run on
    shm                                bytes of /dev/shm; not there without one
    volatile: memory_used, memory_peak, oom_kills, pids_used, and the room that is left: free./tmp, free./dev/shm,
    free.HOME, free.CWD, free.PATH of every --path

Floor: Python 3.8, standard library only.
"""

import os

from parity.probe.kit import Section, Unavailable, View, why
from parity.probe.limits import cgroup, cpulist, rlimits
from parity.probe.process import access, accounts, home, mountinfo, proc

TITLE = "Limits"
WHY = "a limit that is lower in production ends the program when it first needs more"
COMPARED = {
    "nofile": "exact",
    "nofile_hard": "exact",
    "processes": "exact",
    "stack": "exact",
    "core": "exact",
    "data": "exact",
    "address_space": "exact",
    "memlock": "exact",
    "file_size": "exact",
    "memory": "exact",
    "swap": "exact",
    "cpu": "exact",
    "pids": "exact",
    "affinity": "exact",
    "shm": "exact",
}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ()

_RLIMITS_BOUND = 16 << 10
_OF_GROUPS = {
    "memory": (("memory", cgroup.memory), ("swap", cgroup.swap)),
    "cpu": (("cpu", cgroup.cpu),),
    "pids": (("pids", cgroup.pids),),
}


def collect(view):
    process = view.process
    if process is None or not process.runs:
        raise Unavailable("it takes a running process")
    if not process.status:
        raise Unavailable(process.refused.get("status", "the kernel does not tell"))
    section = Section()
    # What the kernel tells is read from the kernel, whatever the files of the process are read through.
    kernel = view if view.live else View()
    _rlimits(section, kernel, process)
    _groups(section, kernel, process)
    affinity = cpulist.count(process.status.get("Cpus_allowed_list", ""))
    if affinity:
        section.items["affinity"] = affinity
    else:
        section.hide("affinity", "the kernel does not tell which CPUs it may run on")
    _room(section, view)
    return section


def _rlimits(section, kernel, process):
    try:
        found = rlimits.parse(kernel.text("/proc/%d/limits" % process.pid, _RLIMITS_BOUND))
        reason = "the kernel does not tell all of it"
    except OSError as error:
        found, reason = {}, why(error)
    for key in rlimits.NAMES.values():
        if key in found:
            section.items[key] = found[key][0]
        else:
            section.hide(key, reason)
    if "nofile" in found:
        section.items["nofile_hard"] = found["nofile"][1]
    else:
        section.hide("nofile_hard", reason)


def _groups(section, kernel, process):
    own = process if process.pid == os.getpid() else proc.glance(os.getpid())
    groups, reason = cgroup.find(kernel, process, own.mounts)
    for name, facts in _OF_GROUPS.items():
        for key, fact in facts:
            if name in groups:
                section.items[key] = fact(groups[name])
            else:
                section.hide(key, reason)
    section.volatile.update(cgroup.used(groups))


def _room(section, view):
    process = view.process
    own_home = home.directory(process, accounts.read(view))[0] if process.environ is not None else None
    places = {"/tmp": "/tmp", "HOME": own_home, "CWD": process.cwd, mountinfo.SHARED_MEMORY: mountinfo.SHARED_MEMORY}
    places.update(home.asked(view, own_home))
    places = {key: path for key, path in places.items() if path}
    found, reasons = access.look(view, list(places.values()))
    for key, path in places.items():
        facts = found.get(path, {})
        left = {"available_bytes": facts.get("space"), "available_inodes": facts.get("inodes")}
        left = {name: count for name, count in left.items() if count is not None}
        if left:
            section.volatile["free." + key] = left
    _shared_memory(section, process.mounts, found, reasons)


def _shared_memory(section, table, found, reasons):
    mount = table.holding(mountinfo.SHARED_MEMORY) if table else None
    if mount is None:
        section.hide("shm", "what is mounted is not known")
    elif mountinfo.SHARED_MEMORY in reasons:
        section.hide("shm", reasons[mountinfo.SHARED_MEMORY])
    elif mount.filesystem in mountinfo.MEMORY and found[mountinfo.SHARED_MEMORY].get("size"):
        # shm_open(3) and sem_open(3) take no other file system.
        section.items["shm"] = found[mountinfo.SHARED_MEMORY]["size"]
