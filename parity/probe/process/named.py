"""A process that was asked for by its number or by its systemd unit.

Of one with a root file system of its own (a container's, a chroot's) the files are read through /proc/PID/root, and
nothing is run. Else, where the probe runs as root and the process as somebody else, the probe goes on as that user: it
then sees what the process sees, and nothing that the user owns is ever run as root.

Floor: Python 3.8, standard library only.
"""

import os

from parity.probe.kit import Unavailable
from parity.probe.process import descent, proc
from parity.probe.process.accounts import FIRST_PERSON
from parity.probe.process.mountinfo import below


class NotHere(Unavailable):
    """There is no such process to look at. `hint`: what to do next, or None."""

    def __init__(self, reason, hint=None):
        Unavailable.__init__(self, reason)
        self.hint = hint


def find(options):
    """The process of options["pid"] or options["unit"], or the Python below it. Raises NotHere.

    options["looker"] is the uid of the person who looks, where this is their machine.
    """
    process = _found(options)
    process.looker = process.uid == options.get("looker") and process.uid >= FIRST_PERSON and process.root is None
    return process


def _found(options):
    if options.get("unit"):
        process = _of_unit(options["unit"])
    else:
        process = _of_pid(int(options["pid"]))
    if _root(process.pid) != _root(os.getpid()):
        return _elsewhere(process)
    if _assume(process):
        again = proc.read(process.pid)
        again.inferred = process.inferred
        return again
    return process


def _elsewhere(process):
    """The process with the way to its root file system, and its paths as they are below it."""
    root = "/proc/%d/root" % process.pid
    try:
        place = os.readlink(root)
    except OSError:
        raise NotHere(
            "process %d has a root file system of its own, and only root or its user may look into it" % process.pid,
            "ask as root, or ask its container: docker://NAME or kubernetes://...",
        )
    process.root = root
    if place != "/":
        # A chroot in the file system that the probe sees: the kernel tells where it is there.
        process.exe, process.cwd = (
            (path[len(place) :] or "/") if path and below(path, place) else path for path in (process.exe, process.cwd)
        )
    return process


def _of_pid(pid):
    process = proc.read(pid)
    if not process.status or process.status.get("State", "")[:1] in ("Z", "X"):
        raise NotHere("there is no process %d, or it is hidden" % pid)
    if not process.argv:
        raise NotHere("process %d is one of the kernel's and runs no program" % pid)
    if process.python and not process.starter:
        return process
    # Parity itself may have been started below it, from a shell.
    own = descent.ancestry(os.getpid())
    others = _glances(one for one in proc.pids() if one not in own)
    return descent.foremost(descent.generations({**others, pid: process}, [pid]))


def _of_unit(unit):
    """What serves among the unit's processes: looked for from its main one downwards."""
    members = _members(unit)
    if not members:
        raise NotHere("no process of that unit runs", "`systemctl status %s` may tell why" % unit)
    processes = _glances(members)
    tops = [pid for pid in processes if processes[pid].parent not in processes]
    return descent.foremost(descent.generations(processes, sorted(tops, key=_started)))


def _glances(pids):
    processes = {pid: proc.glance(pid) for pid in pids}
    return {pid: process for pid, process in processes.items() if process.argv}


def _members(unit):
    """The processes below the unit's control group: the system's own unit, else the asking user's."""
    found = {}
    for pid in proc.pids():
        place = _place(pid, unit)
        if place is not None:
            found.setdefault(place, []).append(pid)
    own = "user-%d.slice" % os.getuid()
    places = sorted(found, key=lambda place: ("user.slice" in place, own not in place, len(place)))
    if len(places) > 1 and "user.slice" in places[0] and own not in places[0]:
        raise NotHere("a unit of that name runs for several users")
    return found[places[0]] if places else []


def _place(pid, unit):
    """The control group of the unit, as a tuple of names, when the process is in it or below."""
    try:
        with open("/proc/%d/cgroup" % pid, "rb") as stream:
            lines = os.fsdecode(stream.read(1 << 16)).splitlines()
    except OSError:
        return None
    for line in lines:
        number, controllers, path = (line.split(":", 2) + ["", ""])[:3]
        names = path.split("/")
        # systemd's tree: the one of version 2, or the one of version 1 that is named after it.
        if (number == "0" or controllers == "name=systemd") and unit in names:
            return tuple(names[: names.index(unit) + 1])
    return None


def _started(pid):
    """When it was started, in ticks since the machine's start: pids wrap around, and this does not."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as stream:
            return int(stream.read(4096).rpartition(b")")[2].split()[19])
    except (OSError, IndexError, ValueError):
        return 1 << 63


def _root(pid):
    """(device, directory of it) that the process has as /, or None: services have mounts of their own on one root."""
    found = None
    try:
        with open("/proc/%d/mountinfo" % pid, "rb") as stream:
            for line in stream:
                words = line.split(b" ", 5)
                if len(words) > 4 and words[4] == b"/":
                    found = (words[2], words[3])
    except OSError:
        pass
    return found


def _assume(process):
    """Whether this process, root until now, goes on with the rights of `process`."""
    if os.geteuid() != 0 or not process.uid or process.gid is None:
        return False
    try:
        os.setgroups(process.groups)
        os.setresgid(process.gid, process.gid, process.gid)
        os.setresuid(process.uid, process.uid, process.uid)
    except OSError as error:
        raise NotHere("the probe could not go on as the user of the process") from error
    return True
