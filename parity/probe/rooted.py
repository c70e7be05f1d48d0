"""The files below a directory, as a process would see them whose root file system it is.

Every link is resolved here, component by component and below the directory: an absolute one begins at it, `..` ends
at it, and none is ever followed by the kernel. Directories are held open while they are walked, so that a file system
which changes underneath (a hostile process in it) leads nowhere else either. What is below /proc, /sys and /dev is the
kernel's own, and is refused: a link there is more than its text, and reading some of it does something.

Floor: Python 3.8, standard library only.
"""

import errno
import os
import stat as stat_module

from parity.probe.kit import NotRegular, View

MOST_LINKS = 40
"""Links that are followed on the way to one path, as many as Linux follows."""

LONGEST = 4096
"""Characters of a path; DEEPEST, of its components."""
DEEPEST = 256

MOST_HELD = 64
"""Directories that are held open at once."""

_KERNELS = frozenset(["proc", "sys", "dev"])
_SEARCH = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class RootedView(View):
    """A View of the directory `root`, a path of this machine, links in it followed.

    locate  what looks for the executable when it is first asked for, view -> (its path, why that is a guess), or None
    """

    live = False

    def __init__(self, root, options=None, deadline=None):
        self._held = {}
        self._owner = None
        View.__init__(self, options, deadline)
        self._located = False
        self.locate = None
        self.root = root

    def close(self):
        """Let go of the directories that are held open; they are opened again where they are needed."""
        held, self._held = self._held, {}
        for descriptor in held.values() if self._owner == os.getpid() else ():
            os.close(descriptor)

    __del__ = close

    @property
    def executable(self):
        # Lazy as well: it is looked for in the files, which may hang.
        if not self._located and self.locate is not None:
            self.executable, self.guess = self.locate(self)
        return self._executable

    @executable.setter
    def executable(self, path):
        self._executable, self._located = path, True

    def names(self, path):
        parts = self._resolve(path, True)
        name = parts[-1] if parts else "."
        descriptor = os.open(name, _READ | os.O_DIRECTORY, dir_fd=self._directory(parts[:-1]))
        try:
            return os.listdir(descriptor)
        finally:
            os.close(descriptor)

    def stat(self, path, follow=True):
        parts = self._resolve(path, follow)
        if not parts:
            return os.fstat(self._directory(()))
        return os.stat(parts[-1], dir_fd=self._directory(parts[:-1]), follow_symlinks=False)

    def link(self, path):
        parts = self._resolve(path, False)
        if not parts:
            raise _error(errno.EINVAL)
        return os.readlink(parts[-1], dir_fd=self._directory(parts[:-1]))

    def real(self, path):
        try:
            return "/" + "/".join(self._resolve(path, True))
        except OSError:
            pass
        # Like os.path.realpath: as far as it goes, and the rest as it is written.
        known, rest = os.path.normpath(path[:LONGEST]), ""
        while known != "/":
            known, name = os.path.split(known)
            rest = "/" + name + rest
            try:
                return "/" + "/".join(self._resolve(known, True)) + rest if known != "/" else rest
            except OSError:
                continue
        return rest or "/"

    def _open(self, path, follow):
        """(descriptor, size) of a regular file. Raises NotRegular for anything else, and opens nothing else."""
        parts = self._resolve(path, follow)
        if not parts:
            raise NotRegular()
        directory = self._directory(parts[:-1])
        # To open a device may do something, and a FIFO may wait: first a look.
        if not stat_module.S_ISREG(os.stat(parts[-1], dir_fd=directory, follow_symlinks=False).st_mode):
            raise NotRegular()
        descriptor = os.open(parts[-1], _READ, dir_fd=directory)
        status = os.fstat(descriptor)
        if not stat_module.S_ISREG(status.st_mode):
            os.close(descriptor)
            raise NotRegular()
        return descriptor, status.st_size

    def _resolve(self, path, follow):
        """The components of a path without a link in it but, unless `follow`, a last one. Raises OSError.

        Of the path all but the last component are there, and are directories.
        """
        if "\0" in path:
            raise _error(errno.EINVAL)
        if len(path) > LONGEST:
            raise _error(errno.ENAMETOOLONG)
        waiting = path.split("/")[::-1]
        done = ()
        links = 0
        while waiting:
            name = waiting.pop()
            if name in ("", "."):
                continue
            if name == "..":
                done = done[:-1]
                continue
            if not done and name in _KERNELS and any(part not in ("", ".") for part in waiting):
                raise _error(errno.EACCES)
            last = not any(waiting)
            target = None if last and not follow else self._target(done, name)
            if target is None:
                done += (name,)
                if waiting:
                    # What comes after it, be it `..` or nothing but a slash, has to come after a directory.
                    self._directory(done)
                continue
            links += 1
            if links > MOST_LINKS:
                raise _error(errno.ELOOP)
            if target.startswith("/"):
                done = ()
            waiting.extend(target.split("/")[::-1])
        return done

    def _target(self, parts, name):
        """What the link `name` in a directory says, None where it is no link."""
        if parts + (name,) in self._held and self._owner == os.getpid():
            return None
        try:
            return os.readlink(name, dir_fd=self._directory(parts))
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            return None

    def _directory(self, parts):
        """A descriptor of the directory of these components, none of them a link; it stays this view's own."""
        if self._owner != os.getpid():
            # After a fork the numbers may stand for other files.
            self._held, self._owner = {}, os.getpid()
        held = self._held.pop(parts, None)
        if held is None:
            if len(parts) > DEEPEST:
                raise _error(errno.ENAMETOOLONG)
            if parts:
                held = os.open(parts[-1], _SEARCH, dir_fd=self._directory(parts[:-1]))
            else:
                held = os.open(self.root, _SEARCH & ~os.O_NOFOLLOW)
        self._held[parts] = held
        if len(self._held) > MOST_HELD:
            # The one that was asked for the longest time ago.
            os.close(self._held.pop(next(iter(self._held))))
        return held


def _error(number):
    return OSError(number, os.strerror(number))
