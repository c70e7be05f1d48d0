"""The commit that a deployed `.git` is at, read from its files: git is never run.

Formats: gitrepository-layout(5) (HEAD, refs, packed-refs, commondir, the `gitdir:` of a work tree) and
gitformat-index(5) of versions 2 and 3.

Floor: Python 3.8, standard library only.
"""

import os
import re
import struct

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_BRANCH = re.compile(r"refs/heads/(?P<name>[A-Za-z0-9][A-Za-z0-9._/+@-]{0,199})\Z")
_SMALL = 1 << 16
_PACKED = 8 << 20
_INDEX = 32 << 20

_ASSUMED, _EXTENDED = 0x8000, 0x4000
_SKIPPED = 0x4000
_REGULAR = 0x8


class Checkout:
    """What the files of a repository tell.

    commit   40 or 64 hexadecimal digits, None where no reference leads to one
    branch   its name, None for a detached head
    tracked  {path: size in the work tree when git last looked} of its regular files, None where that is not told, or
             the place is not live: then nobody works there
    """

    def __init__(self):
        self.commit = self.branch = self.tracked = None


def read(view, root):
    """The Checkout of the directory `root`, None where no `.git` is there or it is none."""
    place = _place(view, os.path.join(root, ".git"))
    if place is None:
        return None
    found = Checkout()
    try:
        head = view.text(os.path.join(place, "HEAD"), _SMALL).strip()
    except OSError:
        return None
    if head.startswith("ref: "):
        reference = head[5:].strip()
        branch = _BRANCH.match(reference)
        if branch is None or ".." in reference:
            return None
        found.branch = branch.group("name")
        found.commit = _followed(view, place, reference)
    elif _COMMIT.match(head):
        found.commit = head
    else:
        return None
    if not view.live:
        return found
    try:
        found.tracked = index(view.read(os.path.join(place, "index"), _INDEX))
    except (OSError, ValueError, struct.error):
        pass
    return found


def _place(view, path):
    """The directory that holds HEAD: `.git`, or where a file of that name says."""
    try:
        text = view.text(path, _SMALL, follow=False)
    except OSError:
        return path if view.exists(os.path.join(path, "HEAD")) else None
    if not text.startswith("gitdir: ") or "\0" in text:
        return None
    return os.path.normpath(os.path.join(os.path.dirname(path), text[8:].strip()))


def _followed(view, place, reference):
    places = [place]
    try:
        common = view.text(os.path.join(place, "commondir"), _SMALL).strip()
        places.append(os.path.normpath(os.path.join(place, common)))
    except (OSError, ValueError):
        pass
    for one in places:
        try:
            text = view.text(os.path.join(one, reference), _SMALL).strip()
        except OSError:
            text = _packed(view, one, reference)
        if _COMMIT.match(text):
            return text
    return None


def _packed(view, place, reference):
    try:
        lines = view.text(os.path.join(place, "packed-refs"), _PACKED).splitlines()
    except OSError:
        return ""
    for line in lines:
        commit, _, name = line.partition(" ")
        if name == reference:
            return commit
    return ""


def index(data):
    """{path: size} of the regular files in an index. Raises ValueError for one of another version."""
    signature, version, count = struct.unpack(">4sII", data[:12])
    if signature != b"DIRC" or version not in (2, 3):
        raise ValueError("another version")
    tracked, at = {}, 12
    for _ in range(min(count, len(data) // 62)):
        mode, size = struct.unpack(">I8xI", data[at + 24 : at + 40])
        flags = struct.unpack(">H", data[at + 60 : at + 62])[0]
        start, more = at + 62, 0
        if flags & _EXTENDED:
            more = struct.unpack(">H", data[start : start + 2])[0]
            start += 2
        end = data.index(b"\0", start)
        if mode >> 12 == _REGULAR and not flags & _ASSUMED and not more & _SKIPPED:
            tracked[os.fsdecode(data[start:end])] = size
        # Entries are padded with NULs to a multiple of eight bytes, one at least.
        at += (end - at + 8) // 8 * 8
    return tracked


def departs(tracked, sizes):
    """Whether a file that git tracks is gone from {path: size} or has another size there.

    A size of zero in the index means that git would have to look again.
    """
    return any(path not in sizes or (size and size != sizes[path]) for path, size in tracked.items())
