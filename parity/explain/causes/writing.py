"""A path that production's process may not write or read, or cannot: its owner, a read-only mount, a full one.

The path of the log is looked up in the volumes of both sides: the mount point or path that is the longest start of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._rights import executes, refused
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence, Fact
from parity.profile.item import field

TITLE = "A path that cannot be written"
CATEGORY = "permission"
NEEDS = ("volumes", "process")
ASPECTS = True

_DENIED = ("EACCES", "EPERM")
_READ_ONLY = ("EROFS",)
_FULL = ("ENOSPC", "EDQUOT")
_WORDS = {
    "permission denied": "EACCES",
    "operation not permitted": "EPERM",
    "read-only file system": "EROFS",
    "no space left on device": "ENOSPC",
    "disk quota exceeded": "EDQUOT",
}
_UNNAMED = 0.75
"""Of a likelihood, where no path is named and the volume is one that production cannot write."""
_RUN = 0.3
"""What speaks for who the process is, where what is refused is to run a file."""
_FOLLOWS = 0.8
"""Of it, where what differs of the volume follows from who the process is."""
_SQLITE = re.compile(r"unable to open database file|readonly database|disk i/o error")
"""How SQLite tells that it cannot write its file, or the directory in which its journal is made: without the path."""
_URL = re.compile(r"sqlite(?:\+\w+)?://(?:/(?P<path>[^?]*))?")
_DATABASE = (".db", ".db3", ".sqlite", ".sqlite3")
_OVERRIDES = frozenset({"CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER"})
"""Capabilities by which a process goes past what a file allows."""
_WATCHES = re.compile(r"inotify|watch limit|number of (?:file )?watch")
"""What inotify_add_watch(2) refuses with ENOSPC is no space of a mount."""
_FEW = 10_000
"""Inodes; a mount that has as many left is not full of files."""
_TEMPORARY = ("/tmp", "/var/tmp", "/usr/tmp")  # noqa: S108 (names to compare with)


def weigh(case: Case) -> Iterator[Candidate]:
    """The volume of the path, then who the process is, then the home that it has."""
    wrong = _errno(case)
    if wrong is None:
        return
    name, fact = wrong
    if name in _FULL and _WATCHES.search(case.text):
        return
    named = list(paths(case))
    for path in named or [""]:
        yield from _volumes(case, path, name, fact)
        yield from _files(case, path, fact) if name in _FULL else ()
    if name in _DENIED:
        yield from _identity(case, named, fact)
    if name not in _FULL and not executes(case):
        yield from _home(case, named, fact)
    yield from _limits(case, name, fact)
    yield from _root(case, name, fact)


def paths(case: Case) -> Iterator[str]:
    """The paths that the log names, whole: a relative one lies below the working directory of production's process."""
    directory = field(case.items("process")[1].get("working_directory"), "path")
    for value in (*case.values("path", "executable"), *_database(case)):
        if value.startswith("/"):
            yield value.rstrip("/") or "/"
        elif isinstance(directory, str) and "/" in directory and value:
            yield f"{directory.rstrip('/')}/{value.removeprefix('./')}"


def _database(case: Case) -> Iterator[str]:
    """The file of a database that SQLite does not open, by the literals of the failing line."""
    for text in sorted(case.strings) if _SQLITE.search(case.text) else ():
        url = _URL.match(text)
        path = url["path"] or "" if url else text
        if path.endswith(_DATABASE) or (url and path):
            yield path


def _root(case: Case, name: str, fact: Fact | None) -> Iterator[Candidate]:
    for section in ("process", "container") if name in _READ_ONLY else ():
        difference = case.difference(section, "read_only_root")
        if difference is not None:
            yield candidate(
                __name__, difference, 0.85, (in_log(fact),) if fact else said(case),
                "the root of production's file system can be written", _FIX[name],
            )  # fmt: skip


def _errno(case: Case) -> tuple[str, Fact | None] | None:
    for fact in case.of("errno") if not _SQLITE.search(case.text) else ():
        if fact.value in (*_DENIED, *_READ_ONLY, *_FULL):
            return fact.value, fact
    for words, name in _WORDS.items():
        if words in case.text:
            return name, None
    if _SQLITE.search(case.text):
        return "EACCES", None
    return None


def _volumes(case: Case, path: str, name: str, fact: Fact | None) -> Iterator[Candidate]:
    for difference in case.differences("volumes"):
        depth = above(difference.key, path)
        unnamed = not path and (difference.key in _TEMPORARY if name in _FULL else _unwritable(difference))
        if depth is None and not unnamed:
            continue
        likelihood = max(
            _speaks(difference, one) for one in ((name, "EROFS") if _SQLITE.search(case.text) else (name,))
        )
        likelihood *= _UNNAMED if unnamed and name not in _FULL else 1.0
        if name in _DENIED and _follows(case, difference):
            likelihood *= _FOLLOWS
        if depth is not None and depth > 0 and difference.key == "/":
            likelihood *= 0.95
        if likelihood:
            told = (in_log(fact),) if fact else said(case)
            words = f"{path or difference.key} lies on it"
            yield candidate(
                __name__, difference, likelihood, (*told, Evidence("production", words, f"volumes.{difference.key}")),
                f"the process can write a file below {difference.key}",
                _FIX["EROFS" if name in _DENIED and field(difference.production, "read_only") is True else name],
            )  # fmt: skip


def _files(case: Case, path: str, fact: Fact | None) -> Iterator[Candidate]:
    """The mount of the path, where it has room for bytes and hardly any for files: a file system holds only so many.

    Source: https://man7.org/linux/man-pages/man5/tmpfs.5.html (nr_inodes)
    """
    here, there = case.volatile("volumes")
    held = max((key for key in there if above(key, path) is not None), key=len, default="")
    local, production = (field(side.get(held), "available_inodes") for side in (here, there))
    if isinstance(local, int) and isinstance(production, int) and production < _FEW and production * 10 < local:
        difference = case.difference("volumes", held) or Difference("volumes", held, Kind.CHANGED, local, production)
        words = f"{production} more files fit there, and {local} where it works"
        yield candidate(
            __name__, difference, 0.95,
            (*((in_log(fact),) if fact else said(case)), Evidence("production", words, f"volumes.{held}")),
            "there are inodes left on the mount when it fails",
            "give the file system more inodes (nr_inodes of a tmpfs), or keep fewer files there",
        )  # fmt: skip


_FIX = {
    "EACCES": "give the path to the user of the process: chown it in the image, or the volume at start",
    "EPERM": "give the path to the user of the process: chown it in the image, or the volume at start",
    "EROFS": "mount a volume or a tmpfs where the program writes, or write to one that is mounted",
    "ENOSPC": "make the mount larger, or write to another one",
    "EDQUOT": "raise the quota, or write to another mount",
}


def _unwritable(difference: Difference) -> bool:
    """Whether production cannot write there, and local can."""
    names = {one.name for one in difference.fields}
    return bool(names & {"writable", "read_only"}) and field(difference.production, "writable") is not True


def _follows(case: Case, difference: Difference) -> bool:
    """Whether the path has the same owner and mode on both sides, and only the process is another one."""
    names = {one.name for one in difference.fields}
    who = any(case.difference("process", key) for key in ("uid", "user", "gid", "groups"))
    return (
        bool(names) and who and not names & {"uid", "gid", "owner", "group", "mode", "read_only", "mounted", "exists"}
    )


def above(mountpoint: str, path: str) -> int | None:
    """How many directories lie between a mount point and a path below it; None where it is not below it."""
    if not path:
        return None
    base = mountpoint.rstrip("/")
    if path == mountpoint or path.startswith(base + "/"):
        return path[len(base) :].count("/")
    return None


def _speaks(difference: Difference, name: str) -> float:
    """How well what differs of a volume fits what is refused."""
    names = {one.name for one in difference.fields}
    if name in _READ_ONLY:
        return 0.96 if "read_only" in names or field(difference.production, "read_only") is True else 0.0
    if name in _FULL:
        if names & {"size", "kind"} or difference.kind is not Kind.CHANGED:
            return 0.93
        return 0.3
    if names & {"writable", "readable", "uid", "gid", "mode", "exists", "mounted"}:
        return 0.93 if "writable" in names or field(difference.production, "writable") is False else 0.7
    return 0.6 if difference.kind is not Kind.CHANGED else 0.0


def _identity(case: Case, paths: list[str], fact: Fact | None) -> Iterator[Candidate]:
    told = (in_log(fact),) if fact else said(case)
    place = any(above(one.key, path) is not None and _speaks(one, "EACCES") for one in case.differences("volumes")
                for path in paths)  # fmt: skip
    who = any(case.difference("process", key) for key in ("uid", "user", "gid", "groups"))
    # To run a file takes its x bit and a mount that lets it, whoever asks.
    shown = _RUN if executes(case) else refused(case, paths)
    for key, likelihood in (
        ("uid", min(shown, 0.75 if place else shown)),
        ("user", shown * 0.7),
        ("gid", shown * 0.55),
        ("groups", shown * 0.55),
        ("capabilities", 0.4),
        ("umask", 0.3 if place or who else 0.85),
    ):
        difference = case.difference("process", key)
        if difference is None or not _matters(difference):
            continue
        words = (
            "what the process creates may be read by fewer there"
            if key == "umask"
            else f"the process is another one there, and {paths[0] if paths else 'the path'} is refused to it"
        )
        yield candidate(
            __name__, difference, likelihood, (*told, Evidence("production", words, f"process.{key}")),
            "the same file is refused to local's user too",
            "run the program as the user that owns its files, or give them to the user that it runs as"
            if key != "umask" else "start the program with local's umask, or set the mode of what it shares",
        )  # fmt: skip


def _matters(difference: Difference) -> bool:
    """Whether it can take a right away: fewer capabilities of the kind, or a umask that clears more."""
    if difference.key == "capabilities":
        return bool(_OVERRIDES & {name for one in difference.fields for name in (*one.missing, *one.extra)})
    if difference.key == "umask":
        local, production = (_octal(side) for side in (difference.local, difference.production))
        return local is None or production is None or bool(production & ~local)
    return True


def _octal(item: object) -> int | None:
    return int(item, 8) if isinstance(item, str) and re.fullmatch(r"[0-7]{1,5}", item) else None


def _home(case: Case, paths: list[str], fact: Fact | None) -> Iterator[Candidate]:
    """A path below the home of the process, or below none: caches are made there by libraries, unasked."""
    production = case.items("process")[1].get("home")
    home = field(production, "path")
    below = isinstance(home, str) and len(home) > 1 and any(above(home, path) is not None for path in paths)
    cached = any(part in path for path in paths for part in ("/.cache", "/.config", "/.local", "/nonexistent"))
    if not (below or cached):
        return
    told = (in_log(fact),) if fact else said(case)
    for section, key, likelihood in (("process", "home", 0.95), ("environment", "HOME", 0.9)):
        difference = case.difference(section, key)
        if difference is not None:
            words = "the path lies in the home of the process, which it cannot write"
            yield candidate(
                __name__, difference, likelihood, (*told, Evidence("production", words, f"{section}.{key}")),
                "the home of the process exists there, and it can write to it",
                "set HOME, or the library's own variable for its cache, to a directory that the process can write",
            )  # fmt: skip


def _limits(case: Case, name: str, fact: Fact | None) -> Iterator[Candidate]:
    if name not in _FULL:
        return
    for difference in case.differences("limits", "shm", "file_size", "tmp*"):
        yield candidate(
            __name__, difference, 0.5, (in_log(fact),) if fact else said(case),
            "there is space left on every mount that the process writes",
            "raise the limit",
        )  # fmt: skip
