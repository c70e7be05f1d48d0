"""Files, directories and links of a file system in memory, and how one layer lies over another.

Source: OCI Image Format Specification, "Image Layer Filesystem Changeset": whiteouts take away what lies below
their own layer and nothing of it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from typing import TypeAlias

from parity.archive.reduce import Kept

MOST_LINKS = 40
"""Symbolic links that one path may lead through, as in path_resolution(7)."""

MOST_LENGTH = 4096
"""Bytes of a path (PATH_MAX); no file system would hold a longer one."""

Owner = tuple[int, int, int]
"""Permission bits, uid and gid."""

Node: TypeAlias = "File | Link | Special | Directory"


class File:
    """A regular file. kept: what is left of its content; a place in the archive where that can be read again."""

    __slots__ = ("kept", "owner", "size")
    kind = stat.S_IFREG

    def __init__(self, owner: Owner, size: int, kept: Kept | int | None) -> None:
        self.owner = owner
        self.size = size
        self.kept = kept


class Link:
    """A symbolic link, or where `kind` is 0 a hard link whose file is in a layer below."""

    __slots__ = ("kind", "owner", "target")
    size = 0

    def __init__(self, owner: Owner, target: str, kind: int = stat.S_IFLNK) -> None:
        self.owner = owner
        self.target = target
        self.kind = kind


class Special:
    """A device or a pipe, of which nothing but its being there is told."""

    __slots__ = ("kind", "owner")
    size = 0

    def __init__(self, owner: Owner, kind: int) -> None:
        self.owner = owner
        self.kind = kind


class Directory:
    """A directory.

    explicit  whether it has a member of its own, and not only members below it
    opaque    whether it hides all that lies below its layer; removed: the names that it hides
    """

    __slots__ = ("children", "explicit", "opaque", "owner", "removed")
    kind = stat.S_IFDIR
    size = 4096

    def __init__(self) -> None:
        self.owner: Owner = (0o755, 0, 0)
        self.children: dict[str, Node] = {}
        self.explicit = False
        self.opaque = False
        self.removed: set[str] = set()


def find(
    root: Directory,
    path: str,
    follow: bool = True,
    *,
    make: Callable[[], Directory] | None = None,
    suppose: bool = False,
) -> tuple[Node, str]:
    """What is at an absolute path, and that path with every link resolved. Raises OSError with a true errno.

    Links lead nowhere but into the tree: its root is what `/` and a `..` at the top mean. Where nothing is, `make`
    gives the directory to put there; with `suppose` it goes on as if there were one.
    """
    trail: list[Directory] = [root]
    names: list[str] = []
    waiting = [name for name in path.split("/")[::-1] if name not in _HERE]
    found: Node = root
    links = steps = 0
    # What a slash stands behind has to be a directory.
    slash = path.endswith("/")
    follow = follow or slash
    while waiting:
        name = waiting.pop()
        steps += 1
        if not isinstance(found, Directory):
            if not suppose:
                raise _error(errno.ENOTDIR)
            found = Directory()
            trail.append(found)
        if name == "..":
            del trail[max(1, len(trail) - 1) :], names[-1:]
            found = trail[-1]
            continue
        node = found.children.get(name) or _new(found, name, make, suppose)
        if isinstance(node, Link) and node.kind == stat.S_IFLNK and (follow or waiting):
            links += 1
            if links > MOST_LINKS or steps > MOST_LENGTH:
                raise _error(errno.ELOOP)
            if node.target.startswith("/"):
                del trail[1:], names[:]
                found = root
            waiting += [name for name in node.target.split("/")[::-1] if name not in _HERE]
            continue
        names.append(name)
        found = node
        if isinstance(node, Directory):
            trail.append(node)
    if slash and not isinstance(found, Directory) and not suppose:
        raise _error(errno.ENOTDIR)
    return found, "/" + "/".join(names)


_HERE = ("", ".")


def _new(above: Directory, name: str, make: Callable[[], Directory] | None, suppose: bool) -> Directory:
    if make is not None:
        made = above.children[name] = make()
        return made
    if suppose:
        return Directory()
    raise _error(errno.ENOENT)


def lay(root: Directory, layer: Directory) -> None:
    """Lay one layer over what `root` holds. The layer's nodes become the root's: it is used up by that."""
    waiting = [(root, layer, "")]
    while waiting:
        below, above, path = waiting.pop()
        if above.explicit:
            below.owner, below.explicit = above.owner, True
        if above.opaque:
            below.children.clear()
        for name in above.removed:
            below.children.pop(name, None)
        for name, node in above.children.items():
            there = below.children.get(name)
            if isinstance(node, Directory):
                if isinstance(there, Link) and not node.explicit:
                    # Members were written below a link to a directory: they are where it leads.
                    there = _led(root, f"{path}/{name}")
                if isinstance(there, Directory):
                    waiting.append((there, node, f"{path}/{name}"))
                    continue
            below.children[name] = node


def _led(root: Directory, path: str) -> Directory | None:
    try:
        found = find(root, path)[0]
    except OSError:
        return None
    return found if isinstance(found, Directory) else None


def copied(directory: Directory) -> Directory:
    """A copy of a directory and those below it; files and links are shared."""
    top = Directory()
    waiting = [(directory, top)]
    while waiting:
        old, new = waiting.pop()
        new.owner, new.explicit, new.opaque, new.removed = old.owner, old.explicit, old.opaque, old.removed
        for name, node in old.children.items():
            if isinstance(node, Directory):
                new.children[name] = below = Directory()
                waiting.append((node, below))
            else:
                new.children[name] = node
    return top


def _error(code: int) -> OSError:
    return OSError(code, os.strerror(code))


def walk(root: Directory) -> Iterator[tuple[str, Node]]:
    """(path, node) of everything below a directory, in no order."""
    waiting = [("", root)]
    while waiting:
        path, directory = waiting.pop()
        for name, node in directory.children.items():
            below = f"{path}/{name}"
            yield below, node
            if isinstance(node, Directory):
                waiting.append((below, node))
