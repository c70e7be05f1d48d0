"""One process, as the kernel shows it in /proc.

Its uid, limits and mounts are readable to everybody; its environment, executable and working directory only to the
same uid, or to a tracer. What was refused stays `None` with the reason beside it, so that the host can ask again as
that uid.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import why
from parity.probe.process import mountinfo

PYTHON_NAME = re.compile(r"^(python|pypy)[0-9.]*t?d?(\.exe)?$")
"""What an interpreter's file is called: python, python3, python3.13t, pypy3."""

STARTERS = frozenset(["circusd", "honcho", "supervisord"])
"""Programs in Python that only start others: a Python below them is the one that serves."""

READ_LIMIT = 16 << 20

OVERWRITTEN = "the process has overwritten it, as one does that renames itself"


class Process:
    """One process, read once from /proc.

    pid        in the target's own PID namespace
    environ    {name: value} in memory only, or None when it could not be read (`refused` says why)
    argv       list of str, [] when the process is a zombie or a kernel thread
    exe, cwd   paths, or None when refused
    status     {field: text} of /proc/PID/status; {} where there is no /proc
    refused    {"environ" | "exe" | "cwd" | ...: reason}
    python     whether it is a Python
    inferred   None, or why this process is only our best guess of what serves
    serves     False where nothing serves and this is the process that a person looks from
    looker     whether it runs on the machine of the person who looks, as that person
    runs       False for one that is only configured, or where there is none at all: its pid is 0
    source     where its environment was read: "process", or what else configures it
    root       None, or the path by which its own root file system can be reached
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
        self.serves = True
        self.looker = False
        self.runs = pid != 0
        self.source = "process"
        self.root = None
        self._mounts = None

    @property
    def python(self):
        # The name in `status` is the one of the three that everybody may read and a renamed server often keeps.
        names = [self.exe or "", self.argv[0] if self.argv else "", self.status.get("Name", "")]
        return any(PYTHON_NAME.match(os.path.basename(name)) for name in names)

    @property
    def private(self):
        """Whether its home and its user are those of the person who looks, and are not to be told."""
        return self.looker or not self.serves

    @property
    def starter(self):
        """Whether it is a Python that only starts other programs."""
        return any(os.path.basename(word) in STARTERS for word in self.argv[:3])

    @property
    def opaque(self):
        """Whether it may be a Python that renamed itself ("gunicorn: master [app]") and hides its executable."""
        return "exe" in self.refused and bool(self.argv) and (" " in self.argv[0] or ":" in self.argv[0])

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
    def capabilities(self):
        """The effective ones as a bit mask, or None where the kernel does not tell."""
        text = self.status.get("CapEff")
        return int(text, 16) if text else None

    @property
    def parent(self):
        return int(self.status.get("PPid", "0") or 0)

    @property
    def mounts(self):
        """What it sees mounted (mountinfo.Table), or None where the kernel does not tell."""
        if self._mounts is None:
            text = _bytes("/proc/%d/mountinfo" % self.pid, self.refused, "mountinfo")
            self._mounts = None if text is None else mountinfo.parse(text)
        return self._mounts

    @property
    def namespace(self):
        """A number that is the same for processes that see the same mounts, or None."""
        root = self.mounts.root if self.mounts else None
        return root.identifier if root else None

    def variable(self, name, default=None):
        """A variable of its environment, for computing typed facts; never to be recorded as it is."""
        return (self.environ or {}).get(name, default)


def pids():
    """Of every process that /proc shows."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def glance(pid):
    """The process without its environment and working directory: enough to tell what it is."""
    refused = {}
    status = {}
    base = "/proc/%d" % pid
    for line in (_bytes(base + "/status", refused, "status") or b"").decode("utf-8", "replace").splitlines():
        field, _, value = line.partition(":")
        status[field] = value.strip()
    argv = [os.fsdecode(part) for part in (_bytes(base + "/cmdline", refused, "cmdline") or b"").split(b"\0")]
    while argv and not argv[-1]:
        argv.pop()
    return Process(pid, argv=argv, exe=_link(base + "/exe", refused, "exe"), status=status, refused=refused)


def read(pid):
    """Everything the kernel shows of one process. Never raises: what is refused is said so."""
    process = glance(pid)
    if pid == os.getpid() and "status" in process.refused:
        return _self_without_proc()
    base = "/proc/%d" % pid
    process.cwd = _link(base + "/cwd", process.refused, "cwd")
    block = _bytes(base + "/environ", process.refused, "environ")
    if block is not None and overwritten(block):
        process.refused["environ"] = OVERWRITTEN
    elif block is not None:
        process.environ = parse_environ(block)
    return process


def overwritten(block):
    """Whether a server has written its title over its environment (setproctitle, PostgreSQL's way).

    What is left of the block then is NULs, perhaps after the end of a long title; a true one has single NULs
    only. Read as an environment it would say, wrongly, that every variable is missing.
    """
    return b"\0\0" in block or block == b"\0"


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
    try:
        cwd = os.getcwd()
    except OSError:
        cwd = None
    return Process(
        os.getpid(), environ=dict(os.environ), argv=[sys.executable], exe=sys.executable, cwd=cwd, status=status
    )


def _bytes(path, refused, what):
    try:
        with open(path, "rb", buffering=0) as stream:
            return _drain(stream)
    except OSError as error:
        refused[what] = why(error)
        return None


def _drain(stream):
    parts, left = [], READ_LIMIT
    while left > 0:
        part = stream.read(min(left, 1 << 16))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _link(path, refused, what):
    try:
        return os.readlink(path)
    except OSError as error:
        refused[what] = why(error)
        return None
