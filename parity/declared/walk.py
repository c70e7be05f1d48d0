"""The files of a repository, as far as a person would count them as its own.

Left out are version control, environments, caches, what somebody else's code is installed to, and what git ignores:
by git's own word where it has been asked, else by the .gitignore files. Symlinks are not followed into directories,
and to a file only where it lies in the repository too. How many entries, how deep and how long is bounded; what a
bound cuts off is a fault.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from parity.declared.facts import MAX_TEXT, Fault
from parity.declared.ignore import Pattern, Rules, parse
from parity.declared.ignore import ignored as ignored_by

MAX_ENTRIES = 300_000
"""Entries of directories that are looked at."""
MAX_DEPTH = 40
SECONDS = 20.0
_MAX_IGNORE_FILE = 1 << 20
_A_PAGE = 4096

_SKIPPED = frozenset(
    {".git", ".hg", ".svn", ".bzr", "node_modules", "bower_components", "__pycache__", "__pypackages__"}
    | {".venv", "venv", "virtualenv", ".tox", ".nox", ".direnv", ".eggs", "site-packages", "dist-packages"}
    | {".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".cache", ".ipynb_checkpoints", ".terraform"}
)
_MARKS = frozenset({"pyvenv.cfg", "CACHEDIR.TAG", "conda-meta"})
"""A directory with one of these is an environment or a cache, whatever its name is."""

_HIDES = (("packages", "*"), ("environment", "*"))


@dataclass(frozen=True, slots=True)
class Walk:
    """The files that were found. Reads of them never leave the directory."""

    root: Path
    paths: tuple[str, ...]
    """Sorted, from the root, posix; regular files only."""
    ignored: tuple[str, ...] = ()
    """What git ignores and Python could import: modules, and directories, these with a slash at the end."""
    faults: tuple[Fault, ...] = ()

    def read(self, path: str, limit: int = MAX_TEXT) -> bytes:
        """A file of the repository, listed in `paths` or not. Raises OSError: not there, no regular file, longer
        than `limit`, outside of the repository, behind a symlink that leads out of it."""
        return read(self.root, path, limit)


def read(root: Path, path: str, limit: int, known: dict[str, str] | None = None) -> bytes:
    """The bytes of a file below a root, a real path. Raises OSError as `Walk.read` does.

    `known` are the directories that were found to lie in it, for whoever reads thousands of files.
    """
    # Opened without waiting: a FIFO would have its reader wait for a writer.
    handle = os.open(
        _inside(root, path, {} if known is None else known),
        os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC,
    )
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "no regular file")
        if status.st_size > limit:
            raise OSError(errno.EFBIG, "too large")
        data = _bytes(handle, status.st_size, limit + 1)
    finally:
        os.close(handle)
    if len(data) > limit:
        raise OSError(errno.EFBIG, "too large")
    return data


def _bytes(handle: int, expected: int, most: int) -> bytes:
    """What a file holds, at most so many bytes of it; it may grow while it is read."""
    parts: list[bytes] = []
    while most > 0 and (part := os.read(handle, min(most, max(expected + 1, _A_PAGE)))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _inside(root: Path, path: str, known: dict[str, str]) -> str:
    """The real path of a file that lies in the repository, whatever links lead to it."""
    if "\0" in path:
        raise OSError(errno.EINVAL, "no path")
    directory, _, name = path.rpartition("/")
    if directory not in known:
        known[directory] = os.path.realpath(root / directory)
    real = f"{known[directory]}/{name}"
    if name in ("", ".", "..") or _is_link(real):
        real = os.path.realpath(real)
    if not real.startswith(f"{root}/".replace("//", "/")):
        raise OSError(errno.EXDEV, "outside of the repository")
    return real


def _is_link(path: str) -> bool:
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except OSError:
        return False


def walk(root: Path, ignored: Iterable[str] | None = None) -> Walk:
    """The files below a directory; `ignored` is what git says that it ignores, None where it was not asked.

    Raises OSError where the directory itself cannot be listed.
    """
    root = root.resolve()
    with os.scandir(root):
        pass
    walker = _Walker(root, None if ignored is None else frozenset(ignored))
    paths = sorted(walker.files())
    return Walk(root, tuple(paths), tuple(sorted(walker.left_out)), tuple(walker.faults))


class _Walker:
    def __init__(self, root: Path, ignored: frozenset[str] | None) -> None:
        self._root, self._ignored = root, ignored
        self._left = MAX_ENTRIES
        self._deadline = time.monotonic() + SECONDS
        self.left_out: list[str] = []
        self.faults: list[Fault] = []

    def files(self) -> Iterator[str]:
        pending: list[tuple[str, int, Rules]] = [("", 0, ())]
        while pending:
            directory, depth, rules = pending.pop()
            entries = self._entries(directory)
            if self._spent(len(entries)):
                return
            names = {entry.name for entry in entries}
            if directory and not _MARKS.isdisjoint(names):
                continue
            if self._ignored is None and ".gitignore" in names:
                rules = (*rules, (directory, self._patterns(f"{directory}/.gitignore" if directory else ".gitignore")))
            for entry in entries:
                path = f"{directory}/{entry.name}" if directory else entry.name
                if entry.is_dir(follow_symlinks=False):
                    if self._enters(path, depth, rules):
                        pending.append((path, depth + 1, rules))
                elif self._is_file(entry):
                    if not self._leaves_out(path, directory=False, rules=rules):
                        yield path
                    elif path.endswith(".py"):
                        self.left_out.append(path)

    def _enters(self, path: str, depth: int, rules: Rules) -> bool:
        name = path.rpartition("/")[2]
        if name in _SKIPPED or name.endswith(".egg-info"):
            return False
        if self._leaves_out(path, directory=True, rules=rules):
            self.left_out.append(path + "/")
            return False
        if depth == MAX_DEPTH:
            self._fault(f"{path}/: too deep, not looked into")
        return depth < MAX_DEPTH

    def _entries(self, directory: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self._root / directory) as found:
                # One more than is left is enough to know that there are too many.
                return [entry for entry, _ in zip(found, range(self._left + 1), strict=False)]
        except OSError as error:
            self._fault(f"{directory}/: {(error.strerror or 'cannot be listed').lower()}")
            return []

    def _is_file(self, entry: os.DirEntry[str]) -> bool:
        try:
            if entry.is_symlink():
                real = Path(os.path.realpath(entry.path))
                return real.is_relative_to(self._root) and real.is_file()
            return entry.is_file(follow_symlinks=False)
        except OSError:
            return False

    def _leaves_out(self, path: str, *, directory: bool, rules: Rules) -> bool:
        if self._ignored is not None:
            return (path + "/" if directory else path) in self._ignored
        return ignored_by(path, directory=directory, rules=rules)

    def _patterns(self, path: str) -> tuple[Pattern, ...]:
        try:
            return parse(read(self._root, path, _MAX_IGNORE_FILE).decode("utf-8", "replace"))
        except OSError:
            return ()

    def _spent(self, entries: int) -> bool:
        self._left -= entries
        if self._left < 0:
            self._fault(f"more than {MAX_ENTRIES:,} files and directories: the rest was not looked at", _HIDES)
        elif time.monotonic() > self._deadline:
            self._fault(f"the files took longer than {SECONDS:.0f} s to list: the rest was not looked at", _HIDES)
        else:
            return False
        return True

    def _fault(self, sentence: str, hides: tuple[tuple[str, str], ...] = ()) -> None:
        self.faults.append(Fault(sentence, hides))
