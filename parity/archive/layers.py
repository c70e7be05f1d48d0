"""A tar made into a tree of files, by its headers and what is kept of the content."""

from __future__ import annotations

import stat
import time

from parity.archive.reduce import Keeper
from parity.archive.stream import Slow, Source
from parity.archive.tar import HARD_LINK, NOTHING, Member, members
from parity.archive.tree import MOST_LENGTH, Directory, File, Link, Node, Special, find, lay

MOST_MEMBERS = 400_000
"""Files and directories of a whole archive that are told apart. About 200 bytes of memory each."""

_WHITEOUT = ".wh."
_OPAQUE = ".wh..wh..opq"
_OWN = ".wh..wh."
"""What begins so is of the layer's own book-keeping."""

_OFTEN = 64
"""Members between two looks at the clock."""


class Layer:
    """The tree of one tar.

    root     its files; whiteouts stand in the directories that they are of
    links    [(path, its target)] of hard links to files that are in no member before them
    """

    __slots__ = ("links", "root")

    def __init__(self) -> None:
        self.root = Directory()
        self.links: list[tuple[str, str]] = []


class Indexer:
    """Makes trees of tars, within bounds that hold for all of them together.

    odd  members with names or links that no file system could hold, or that lead out of it: they are left out
    cut  whether there were more members than are told apart
    """

    def __init__(self, keeper: Keeper, deadline: float) -> None:
        self.odd = 0
        self.cut = False
        self._keeper = keeper
        self._deadline = deadline
        self._left = MOST_MEMBERS
        self._layer = Layer()
        self._whiteouts = False
        self._above: str | None = None
        self._directory = self._layer.root
        self._place = "/"

    def layer(self, source: Source, size: int | None, first: bytes, *, whiteouts: bool, marked: bool = True) -> Layer:
        """The tree of the tar that begins at the source's position. Raises Malformed, CutOff, Incomplete."""
        self._layer, self._whiteouts, self._above = Layer(), whiteouts, None
        for number, member in enumerate(members(source, size, first, marked)):
            if number % _OFTEN == 0 and time.monotonic() > self._deadline:
                raise Slow
            if self._left <= 0:
                self.cut = True
                break
            self._left -= 1
            self._add(member, source)
        return self._layer

    def merged(self, layers: list[Layer]) -> Directory:
        """The root of the file system of layers, the lowest first. They are used up by that."""
        root = Directory()
        for layer in layers:
            lay(root, layer.root)
            for path, target in layer.links:
                self._join(root, path, target)
        return root

    def _add(self, member: Member, source: Source) -> None:
        above, _, name = member.name.rpartition("/")
        if len(member.name) > MOST_LENGTH or len(member.target) > MOST_LENGTH or ".." in member.name.split("/"):
            self.odd += 1
            return
        if above != self._above:
            self._above = None
            try:
                found, self._place = find(self._layer.root, above, make=self._made)
            except OSError:
                found = None
            if not isinstance(found, Directory):
                self.odd += 1
                return
            self._above, self._directory = above, found
        if name in {"", "."}:
            if member.kind == stat.S_IFDIR:
                self._directory.owner, self._directory.explicit = member.owner, True
        elif self._whiteouts and name.startswith(_WHITEOUT):
            self._remove(name)
        elif member.kind != NOTHING:
            self._put(name, member, source)

    def _made(self) -> Directory:
        """A directory that no member tells of. It counts as one: a single name may have two thousand parts."""
        self._left -= 1
        return Directory()

    def _remove(self, name: str) -> None:
        if name == _OPAQUE:
            self._directory.opaque = True
        elif not name.startswith(_OWN):
            self._directory.removed.add(name[len(_WHITEOUT) :])

    def _put(self, name: str, member: Member, source: Source) -> None:
        there = self._directory.children.get(name)
        if member.kind == stat.S_IFDIR and isinstance(there, Directory):
            there.owner, there.explicit = member.owner, True
            return
        if there is not None:
            # A directory, or a link to one, through which the last name led may be gone.
            self._above = None
        path = f"{self._place}/{name}" if self._place != "/" else f"/{name}"
        self._directory.children[name] = self._node(path, member, source)

    def _node(self, path: str, member: Member, source: Source) -> Node:
        if member.kind == stat.S_IFREG:
            kept = source.position if source.lasting else self._keeper.keep(source, member, path)
            return File(member.owner, member.size, kept if member.plain else None)
        if member.kind == stat.S_IFDIR:
            directory = Directory()
            directory.owner, directory.explicit = member.owner, True
            return directory
        if member.kind == stat.S_IFLNK:
            return Link(member.owner, member.target)
        if member.kind == HARD_LINK:
            return self._other_name(path, member)
        return Special(member.owner, member.kind)

    def _other_name(self, path: str, member: Member) -> Node:
        try:
            node, _ = find(self._layer.root, member.target, follow=False)
        except OSError:
            node = None
        if isinstance(node, File | Link | Special) and node.kind:
            return node
        self._layer.links.append((path, member.target))
        return Link(member.owner, member.target, HARD_LINK)

    def _join(self, root: Directory, path: str, target: str) -> None:
        """Give the hard link at `path` the file that it names, of a layer below."""
        above, _, name = path.rpartition("/")
        try:
            directory, _ = find(root, above)
        except OSError:
            return
        there = directory.children.get(name) if isinstance(directory, Directory) else None
        if not isinstance(directory, Directory) or not isinstance(there, Link) or there.kind != HARD_LINK:
            return
        try:
            node, _ = find(root, target, follow=False)
        except OSError:
            node = there
        if isinstance(node, Directory) or not node.kind:
            del directory.children[name]
            self.odd += 1
        else:
            directory.children[name] = node
