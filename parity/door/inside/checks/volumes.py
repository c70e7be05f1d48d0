"""Paths that this very user must be able to write to, by the kernel's own word; nothing is written.

A mount whose server is gone holds whoever looks at it. So each path is looked at in a child, all of them at once, and
what has not answered in time is said not to.

Floor: Python 3.8, standard library only.
"""

import os
import stat
import time

from parity.probe import children

NEEDS = ("parity.probe.children",)

PATIENCE = 3.0
"""Seconds in which every path must have answered."""


def failures(asked, path):
    """asked: [absolute path, ...]"""
    until = time.monotonic() + PATIENCE
    started = [(place, _started(place)) for place in asked]
    for place, child in started:
        if child is None:
            yield place, "no process could be started to look at it"
            continue
        pid, reader = child
        answer, _ = children.receive(reader, max(0.0, until - time.monotonic()))
        os.close(reader)
        children.end(pid)
        problem = "it did not answer in time" if answer is None else answer[1].decode("ascii")
        if problem:
            yield place, problem


def _started(place):
    try:
        return children.start(lambda send: send(0.0, problem(place).encode("ascii")), PATIENCE)
    except OSError:
        return None


def problem(place):
    """Why this user cannot write there, "" where it can."""
    try:
        status = os.stat(place)
    except (FileNotFoundError, NotADirectoryError):
        return "not there"
    except OSError as error:
        return "cannot be looked at (%s)" % os.strerror(error.errno or 0).lower()
    wanted = os.W_OK | (os.X_OK if stat.S_ISDIR(status.st_mode) else 0)
    if os.access(place, wanted, effective_ids=os.access in os.supports_effective_ids):
        return ""
    if os.statvfs(place).f_flag & os.ST_RDONLY:
        return "on a file system that is read-only"
    owner = "owned by %d:%d, mode %04o" % (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode))
    return "not writable by uid %d (%s)" % (os.geteuid(), owner)
