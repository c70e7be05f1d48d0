"""What is mounted where, as the kernel tells one process.

Format: proc_pid_mountinfo(5). Nothing here touches a mounted path.

    36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
    (1)(2)(3)   (4)   (5)      (6)      (7)   (8) (9)   (10)         (11)

Floor: Python 3.8, standard library only.
"""

import os
import re

PSEUDO = frozenset(
    (  # noqa: SIM905 - as a list of one a line it would be a page
        "binder binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fuse.gvfsd-fuse "
        "fuse.lxcfs fuse.portal fusectl hugetlbfs mqueue nsfs proc pstore rpc_pipefs securityfs selinuxfs sysfs "
        "tracefs"
    ).split()
)
"""File systems that hold the kernel's or the desktop's own state and no program's files."""

NETWORK = frozenset(
    (  # noqa: SIM905 - as a list of one a line it would be a page
        "9p afs beegfs ceph cifs davfs fuse.blobfuse2 fuse.ceph fuse.gcsfuse fuse.glusterfs fuse.juicefs "
        "fuse.mount-s3 fuse.rclone fuse.s3fs fuse.sshfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 ocfs2 orangefs "
        "smb3 smbfs"
    ).split()
)
"""File systems whose server is elsewhere, so that a look may wait for ever."""

OVERLAY = frozenset(["aufs", "fuse.fuse-overlayfs", "fuse-overlayfs", "overlay", "overlayfs"])
MEMORY = frozenset(["ramfs", "tmpfs"])

CONTROLLERS = frozenset(["cpu", "cpuacct", "cpuset", "memory", "pids"])
"""Of a control group of version 1: what its options say it controls."""

_KERNELS = ("/proc", "/sys", "/dev")
"""Directories of the kernel: what is mounted below them (masked paths, devices) is the runtime's doing ..."""
SHARED_MEMORY = "/dev/shm"
"""... but for this one, which programs write to."""
_ENGINES = frozenset(["/etc/resolv.conf", "/etc/hosts", "/etc/hostname", "/run/.containerenv", "/.dockerenv"])
"""Files that every container engine mounts into every container."""

_SIZE = re.compile(r"size=([0-9]{1,15})([kmg]?)\Z")
_UNITS = {"": 0, "k": 10, "m": 20, "g": 30}
"""tmpfs(5); the kernel writes kibibytes."""

_OCTAL = re.compile(rb"\\([0-7]{3})")


class Mount:
    """One mount.

    path         its mountpoint, ready for a system call
    kind         "overlay", "bind", "volume", "tmpfs", "network", "automount", "fuse", "disk"
    filesystem   the kernel's name of its type
    read_only    whether the mount or the file system under it is; noexec, likewise
    root         the directory of the file system that is its root
    controllers  of a control group of version 1: those of CONTROLLERS that it has
    size         bytes that a tmpfs may hold by its options, None where they do not tell
    """

    def __init__(self, identifier, parent, root, path, flags, filesystem, super_flags):
        self.identifier = identifier
        self.parent = parent
        self.path = path
        self.root = root
        self.filesystem = filesystem
        # The options of the file system (the last column) may hold a password: what is known is looked for in
        # them, and nothing else of them is kept.
        self.read_only = "ro" in flags or "ro" in super_flags
        self.noexec = "noexec" in flags
        self.kind = _kind(root, filesystem, super_flags)
        self.controllers = CONTROLLERS.intersection(super_flags) if filesystem == "cgroup" else frozenset()
        self.size = _size(super_flags) if filesystem == "tmpfs" else None

    @property
    def risky(self):
        """Whether looking at a path on it may wait for ever, or start a mount."""
        return self.kind in ("network", "automount", "fuse")

    @property
    def pseudo(self):
        """Whether it is the kernel's, the runtime's or the desktop's own, and no place for a program's files."""
        if self.filesystem in PSEUDO or self.path in _ENGINES:
            return True
        return self.path != SHARED_MEMORY and any(below(self.path, place) for place in _KERNELS)


def _kind(root, filesystem, super_flags):
    if filesystem == "autofs":
        return "automount"
    if filesystem in NETWORK:
        return "network"
    if filesystem.startswith("fuse") and filesystem not in OVERLAY:
        return "fuse"
    # Docker and Podman keep a named volume in .../volumes/NAME/_data. The directory itself is the host's
    # business and is not kept. On btrfs the root of a whole mount is its subvolume.
    if root != "/" and "subvol=" + root not in super_flags:
        parts = root.split("/")
        return "volume" if parts[-1] == "_data" and "volumes" in parts else "bind"
    if filesystem in OVERLAY:
        return "overlay"
    return "tmpfs" if filesystem in MEMORY else "disk"


def _size(super_flags):
    for flag in super_flags:
        found = _SIZE.match(flag)
        if found:
            return int(found.group(1)) << _UNITS[found.group(2)]
    return None


class Table:
    """The mounts of one process.

    mounts     in the kernel's order
    unparsed   how many lines were none
    root       the lowest mount on /, or None; its identifier tells one mount namespace from another
    """

    def __init__(self, mounts, unparsed=0):
        self.mounts = mounts
        self.unparsed = unparsed
        self._children = {(mount.parent, mount.path): mount for mount in mounts}
        self.root = self._root()

    def _root(self):
        # The parent of the root mount is outside of what the process sees, or is the mount itself.
        identifiers = {mount.identifier for mount in self.mounts}
        tops = [mount for mount in self.mounts if mount.path == "/"]
        for mount in tops:
            if mount.parent not in identifiers or mount.parent == mount.identifier:
                return mount
        return tops[0] if tops else None

    @property
    def contained(self):
        """Whether an engine made them, for a container."""
        return any(mount.path in _ENGINES for mount in self.mounts)

    def trail(self, path):
        """The mounts that a walk from / to `path` passes through; the last one holds it. [] without a root."""
        if self.root is None:
            return []
        trail = [self.root]
        parts = [part for part in path.split("/") if part]
        for depth in range(len(parts) + 1):
            prefix = "/" + "/".join(parts[:depth])
            # Mounts stack: the one mounted last on the same point hides those below it.
            while (trail[-1].identifier, prefix) in self._children:
                step = self._children[trail[-1].identifier, prefix]
                if step in trail:
                    break
                trail.append(step)
        return trail

    def holding(self, path):
        """The mount that holds `path`, or None."""
        trail = self.trail(path)
        return trail[-1] if trail else None

    def risky(self, path):
        """Whether a look at `path` may wait for ever."""
        return any(mount.risky for mount in self.trail(path))

    def visible(self):
        """The mounts that can be reached: what a later mount hides is left out."""
        return [mount for mount in self.mounts if self.holding(mount.path) is mount]


def below(path, directory):
    """Whether `path` is `directory` or in it."""
    return path == directory or path.startswith(directory.rstrip("/") + "/")


def parse(text):
    """The Table of a mountinfo file, given as bytes."""
    mounts, unparsed = [], 0
    for line in text.split(b"\n"):
        if not line:
            continue
        mount = _mount(line.split(b" "))
        if mount is None:
            unparsed += 1
        else:
            mounts.append(mount)
    return Table(mounts, unparsed)


def _mount(words):
    try:
        dash = words.index(b"-", 6)
        identifier, parent = int(words[0]), int(words[1])
        root, path = _path(words[3]), _path(words[4])
        flags = words[5].decode("ascii").split(",")
        filesystem = words[dash + 1].decode("ascii")
        super_flags = os.fsdecode(words[dash + 3] if len(words) > dash + 3 else b"").split(",")
    except (ValueError, IndexError):
        return None
    return Mount(identifier, parent, root, path, flags, filesystem, super_flags)


def _path(word):
    # Space, tab, newline and backslash stand as octal escapes.
    return os.fsdecode(_OCTAL.sub(lambda match: bytes([int(match.group(1), 8) & 0xFF]), word))
