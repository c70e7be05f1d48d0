"""Which process serves, and what the kernel lets us see of it.

A snapshot is of the process that does the work (PID 1 of a container or its Python descendant), not of
the shell that asks. Its uid, limits and mounts are readable to everybody in /proc; its environment,
executable and working directory only to the same uid, or to a tracer. What was refused stays `None` with
the reason beside it, so that the host can ask again as that uid.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import why

PYTHON_NAME = re.compile(r"^(python|pypy)[0-9.]*t?d?(\.exe)?$")
"""What an interpreter's file is called: python, python3, python3.13t, pypy3."""


class Process:
    """One process, read once from /proc.

    pid        in the target's own PID namespace
    environ    {name: value} in memory only, or None when it could not be read (`refused` says why)
    argv       list of str, [] when the process is a zombie or a kernel thread
    exe, cwd   paths, or None when refused
    status     {field: text} of /proc/PID/status; {} where there is no /proc
    refused    {"environ" | "exe" | "cwd": reason}
    python     whether it is a Python
    inferred   None, or why this process is only our best guess of what serves
    """

    def __init__(self, pid, environ=None, argv=(), exe=None, cwd=None, status=None, refused=None):
        self.pid = pid
        self.environ = environ
        self.argv = list(argv)
        self.exe = exe
        self.cwd = cwd
        self.status = status or {}
        self.refused = refused or {}
        self.inferred = None

    @property
    def python(self):
        names = [self.exe or "", self.argv[0] if self.argv else ""]
        return any(PYTHON_NAME.match(os.path.basename(name)) for name in names)

    @property
    def uid(self):
        """The effective uid, or None where there is no /proc and the process is not this one."""
        return self._credential("Uid")

    @property
    def gid(self):
        return self._credential("Gid")

    def _credential(self, field):
        values = self.status.get(field, "").split()
        return int(values[1]) if len(values) > 1 else None

    @property
    def groups(self):
        return sorted({int(value) for value in self.status.get("Groups", "").split()})

    @property
    def parent(self):
        return int(self.status.get("PPid", "0") or 0)

    def variable(self, name, default=None):
        """A variable of its environment, for computing typed facts; never to be recorded as it is."""
        return (self.environ or {}).get(name, default)


def find(options):
    """The process that serves, by what the host asked for.

    options["pid"] names one; options["container"] looks below PID 1; otherwise it is this process,
    which is right for a script that a person runs by hand where the program runs.
    """
    if options.get("pid"):
        return read(int(options["pid"]))
    if options.get("container"):
        return _below_init()
    return read(os.getpid())


def _below_init():
    first = read(1)
    if first.python:
        return first
    children = {}
    processes = {}
    own = _ancestry(os.getpid())
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) not in own:
            process = read(int(name))
            processes[process.pid] = process
            children.setdefault(process.parent, []).append(process.pid)
    generation = [1]
    seen = set(generation)
    while generation:
        for pid in sorted(generation):
            if pid in processes and processes[pid].python:
                return processes[pid]
        generation = [child for pid in generation for child in children.get(pid, []) if child not in seen]
        seen.update(generation)
    first.inferred = "no Python process runs there; the interpreter is the first on the PATH of PID 1"
    return first


def _ancestry(pid):
    """This process and those above it, up to but without PID 1: the probe is not what serves."""
    found = set()
    while pid > 1 and pid not in found:
        found.add(pid)
        pid = read(pid).parent
    return found


def read(pid):
    """Everything the kernel shows of one process. Never raises: what is refused is said so."""
    base = "/proc/%d" % pid
    refused = {}
    status = {}
    for line in (_bytes(base + "/status", refused, "status") or b"").decode("utf-8", "replace").splitlines():
        field, _, value = line.partition(":")
        status[field] = value.strip()
    block = _bytes(base + "/environ", refused, "environ")
    argv = [os.fsdecode(part) for part in (_bytes(base + "/cmdline", refused, "cmdline") or b"").split(b"\0")]
    while argv and not argv[-1]:
        argv.pop()
    if pid == os.getpid() and block is None and "status" in refused:
        return _self_without_proc()
    return Process(
        pid,
        environ=None if block is None else parse_environ(block),
        argv=argv,
        exe=_link(base + "/exe", refused, "exe"),
        cwd=_link(base + "/cwd", refused, "cwd"),
        status=status,
        refused=refused,
    )


def parse_environ(block):
    """{name: value} of a NUL-separated block. Splitting on newlines would turn a PEM into names."""
    pairs = {}
    for entry in block.split(b"\0"):
        name, separator, value = entry.partition(b"=")
        if separator:
            pairs.setdefault(os.fsdecode(name), os.fsdecode(value))
    return pairs


def _self_without_proc():
    # macOS and hardened containers: what the interpreter itself knows of this process.
    import sys

    umask = os.umask(0o077)
    os.umask(umask)
    ids = {"Uid": os.getuid(), "Gid": os.getgid()}
    status = {field: "\t".join([str(value)] * 4) for field, value in ids.items()}
    status["Groups"] = " ".join(str(group) for group in os.getgroups())
    status["Umask"] = "%04o" % umask
    return Process(
        os.getpid(), environ=dict(os.environ), argv=[sys.executable], exe=sys.executable, cwd=os.getcwd(), status=status
    )


def _bytes(path, refused, what):
    try:
        with open(path, "rb") as stream:
            return stream.read(16 << 20)
    except OSError as error:
        refused[what] = why(error)
        return None


def _link(path, refused, what):
    try:
        return os.readlink(path)
    except OSError as error:
        refused[what] = why(error)
        return None
