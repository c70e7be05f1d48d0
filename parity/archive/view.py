"""The files of an archive, as a collector asks for them."""

from __future__ import annotations

import errno
import os
import time
from typing import Any

from parity.archive.reduce import Failure, Kept, NotKept, Reducer
from parity.archive.stream import File as Archive
from parity.archive.stream import Source
from parity.archive.tree import Directory, File, Link, Node, find
from parity.probe.kit import READ_LIMIT, NotRegular, TooLarge, View


class TarView(View):
    """A tree of an archive's files. Nothing runs there, and its links lead nowhere but into it.

    `source` is where the tree was read from: contents are read again there if it is a file, else they are in memory.
    """

    live = False

    def __init__(self, root: Directory, source: Source, deadline: float) -> None:
        View.__init__(self, None, deadline)
        self.root = root
        self.archive = source if isinstance(source, Archive) else None

    def read(self, path: str, limit: int = READ_LIMIT, follow: bool = False, start: int = 0) -> bytes:
        file = self._file(path, follow)
        if not start and file.size > limit:
            raise TooLarge
        return self._at(file, start, limit)

    def head(self, path: str, size: int, follow: bool = True) -> bytes:
        return self._at(self._file(path, follow), 0, size)

    def names(self, path: str) -> list[str]:
        node = self._find(path)
        if not isinstance(node, Directory):
            raise OSError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        return list(node.children)

    def stat(self, path: str, follow: bool = True) -> os.stat_result:
        node = self._find(path, follow)
        mode, uid, gid = node.owner
        return os.stat_result((node.kind | mode, id(node), 1, 1, uid, gid, node.size, 0, 0, 0))

    def link(self, path: str) -> str:
        node = self._find(path, follow=False)
        if not isinstance(node, Link):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        return node.target

    def real(self, path: str) -> str:
        """The path with every link resolved, as far as it is there."""
        try:
            return find(self.root, path, suppose=True)[1]
        except OSError:
            return os.path.normpath(path)

    def reduced(self, path: str, reduce: Reducer) -> Any:
        file = self._file(path, follow=True)
        kept = file.kept
        if isinstance(kept, Kept) and reduce in kept.results:
            result = kept.results[reduce]
            if isinstance(result, Failure):
                raise result.error
            return result
        return reduce(lambda offset, size: self._at(file, offset, size))

    def _find(self, path: str, follow: bool = True) -> Node:
        if time.monotonic() > self.deadline:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        return find(self.root, path, follow)[0]

    def _file(self, path: str, follow: bool) -> File:
        node = self._find(path, follow)
        if not isinstance(node, File):
            raise NotRegular
        return node

    def _at(self, file: File, start: int, size: int) -> bytes:
        kept = file.kept
        if isinstance(kept, int) and self.archive is not None:
            return self.archive.at(kept + start, max(0, min(size, file.size - start)))
        if isinstance(kept, Kept) and kept.content is not None:
            return kept.content.at(start, size)
        if not file.size:
            return b""
        raise NotKept
