"""What a path is, and what the process that serves may do there, without ever waiting for a hung mount.

A network mount whose server is gone holds every look at it, uninterruptibly. So each path on such a mount
is looked at in a child of its own, the rest together in one, all at once, and what has not answered by the
deadline is left behind. The children become the user of the process first, where the kernel lets them: then
its answer counts access control lists and read-only mounts as the process would meet them. Where no mount at all
may hang, and there is no other user to become, no child is needed.

Floor: Python 3.8, standard library only.
"""

import json
import os
import stat
import time

from parity.probe import children
from parity.probe.kit import why
from parity.probe.process import mountinfo, proc

PATIENCE = 1.0
"""Seconds that any look may take."""

RISKY_LIMIT = 16
"""Children for paths that may hang; beyond it paths are not looked at."""

ELSEWHERE = "it is in another mount namespace"
NO_ANSWER = "it did not answer in time"
AUTOMOUNT = "an automount is not touched, so that nothing is mounted"

# Capabilities by which the mode of a file does not count: capabilities(7).
_DAC_OVERRIDE = 1 << 1
_DAC_READ_SEARCH = 1 << 2

_READ, _WRITE, _SEARCH = 4, 2, 1


def look(view, paths):
    """({path: facts}, {path: reason why it could not be looked at}) for absolute paths.

    facts: {"exists": False}, or exists, directory, mode (permission bits), uid, gid, readable, writable, and of its
    file system the size in bytes, and the space and inodes that are left (None where it does not count them).
    """
    process = view.process
    own = process if process.pid == os.getpid() else proc.glance(os.getpid())
    root = _root(process, own)
    if root is None:
        return {}, dict.fromkeys(paths, ELSEWHERE)
    table = process.mounts or mountinfo.Table([])
    reasons = {}
    together, alone = [], []
    for path in dict.fromkeys(paths):
        trail = table.trail(path)
        if any(mount.kind == "automount" for mount in trail):
            reasons[path] = AUTOMOUNT
        elif not any(mount.risky for mount in trail):
            together.append(path)
        elif len(alone) < RISKY_LIMIT:
            alone.append([path])
        else:
            reasons[path] = "more than %d mounts may hang" % RISKY_LIMIT
    if _harmless(table) and _alike(process, own):
        answers = ((path, _facts(_seen(root, path), _asked)) for path in together)
    else:
        groups = [group for group in [together] + alone if group]
        answers = _ask(groups, root, process, own, min(time.monotonic() + PATIENCE, view.deadline))
    found = {}
    for path, answer in answers:
        if isinstance(answer, dict):
            found[path] = answer
        else:
            reasons[path] = answer
    return found, reasons


def _harmless(table):
    """Whether no look can wait for ever: a link may lead into any mount, so that all of them count."""
    return table.root is not None and not table.unparsed and not any(mount.risky for mount in table.mounts)


def _root(process, own):
    """What to put before a path so that it is looked at where the process sees it, or None."""
    if process.pid == own.pid or process.namespace == own.namespace:
        return ""
    # A service with mounts of its own (systemd's PrivateTmp). The link is open to its user and to a tracer.
    root = "/proc/%d/root" % process.pid
    return root if os.access(root + "/", os.X_OK) else None


def _ask(groups, root, process, own, until):
    """Yield (path, facts or reason) for every path of the groups, a child for each group."""
    started = []
    for group in groups:

        def work(send, group=group):
            judge = _judge(process, own, may_become=True)
            for path in group:
                send(0.0, json.dumps(_facts(_seen(root, path), judge)).encode("ascii"))

        try:
            started.append((group, *children.start(work, until - time.monotonic() + PATIENCE)))
        except OSError:
            yield from _without_child(group, root, process, own)
    for group, pid, reader in started:
        for path in group:
            answer, problem = children.receive(reader, max(0.0, until - time.monotonic()))
            if answer is None:
                yield path, NO_ANSWER if problem == children.TIMEOUT else problem
            else:
                yield path, json.loads(answer[1])
        os.close(reader)
        children.end(pid)


def _without_child(group, root, process, own):
    table = process.mounts or mountinfo.Table([])
    judge = _judge(process, own, may_become=False)
    for path in group:
        risky = table.risky(path)
        yield path, "no process could be started to look at it" if risky else _facts(_seen(root, path), judge)


def _seen(root, path):
    """`path` of the process as this one reaches it: the kernel would follow an absolute link from its own root."""
    if not root:
        return path
    from parity.probe.rooted import RootedView

    return root + RootedView(root).real(path)


def _facts(path, judge):
    """The facts of one path, or the reason why the kernel does not tell."""
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return {"exists": False}
    except OSError as error:
        return why(error)
    directory = stat.S_ISDIR(status.st_mode)
    try:
        readable, writable = judge(path, directory)
    except OSError as error:
        return why(error)
    facts = {
        "exists": True,
        "directory": directory,
        "mode": stat.S_IMODE(status.st_mode),
        "uid": status.st_uid,
        "gid": status.st_gid,
        "readable": readable,
        "writable": writable,
    }
    try:
        space = os.statvfs(path)
    except OSError:
        return facts
    facts["size"] = space.f_blocks * space.f_frsize or None
    facts["space"] = space.f_bavail * space.f_frsize if space.f_blocks else None
    facts["inodes"] = space.f_favail if space.f_files else None
    return facts


def _judge(process, own, may_become):
    """The function of (path, whether a directory) that tells (readable, writable) for the process."""
    if _alike(process, own) or (may_become and not _override(process) and process.uid and _become(process)):
        return _asked
    return lambda path, directory: _computed(process, path, directory)


def _alike(process, own):
    """Whether the kernel answers this process as it would answer that one."""
    same = (process.uid, process.gid, process.groups) == (own.uid, own.gid, own.groups)
    return same and _override(process) == _override(own)


def _override(process):
    return (process.capabilities or 0) & (_DAC_OVERRIDE | _DAC_READ_SEARCH)


def _become(process):
    try:
        os.setgroups(process.groups)
        os.setresgid(process.gid, process.gid, process.gid)
        os.setresuid(process.uid, process.uid, process.uid)
    except OSError:
        return False
    return True


def _asked(path, directory):
    search = os.X_OK if directory else 0
    return os.access(path, os.R_OK | search), os.access(path, os.W_OK | search)


def _computed(process, path, directory):
    """The same from owners and modes alone, where the probe can be no other user: path_resolution(7)."""
    # Through the root of another process the kernel alone can resolve links.
    real = path if path.startswith("/proc/") else os.path.realpath(path)
    parent = os.path.dirname(real)
    reachable = True
    while reachable:
        reachable = permits(process, os.stat(parent), _SEARCH)
        if parent == "/":
            break
        parent = os.path.dirname(parent)
    search = _SEARCH if directory else 0
    status = os.stat(real)
    read_only = bool(os.statvfs(real).f_flag & os.ST_RDONLY)
    readable = reachable and permits(process, status, _READ | search)
    return readable, reachable and not read_only and permits(process, status, _WRITE | search)


def permits(process, status, wanted):
    """Whether the mode of a file, as `status` tells, gives the process all of `wanted` (4 read, 2 write,
    1 search)."""
    capabilities = process.capabilities or 0
    directory = stat.S_ISDIR(status.st_mode)
    if capabilities & _DAC_OVERRIDE and (directory or not wanted & _SEARCH or status.st_mode & 0o111):
        return True
    if capabilities & _DAC_READ_SEARCH and not wanted & _WRITE and (directory or not wanted & _SEARCH):
        return True
    if process.uid == status.st_uid:
        bits = status.st_mode >> 6
    elif status.st_gid == process.gid or status.st_gid in process.groups:
        bits = status.st_mode >> 3
    else:
        bits = status.st_mode
    return bits & wanted == wanted
