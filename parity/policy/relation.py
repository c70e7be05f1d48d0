"""Whether a repository that nobody named has to do with what is compared: it only lies around the working directory.

It has where one thing that is its own is on a side: a package that it declares for the program, or else imports, a
variable that the program reads, a file of its code.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from parity.policy.closure import strings
from parity.policy.own_names import setter
from parity.profile.item import field
from parity.profile.model import Item, Profile

_EVERYBODYS = frozenset(
    {"AWS_REGION", "DATABASE_URL", "DEBUG", "ENV", "ENVIRONMENT", "HOME", "HOST", "HTTPS_PROXY"}
    | {"HTTP_PROXY", "LANG", "LANGUAGE", "LC_ALL", "LOGLEVEL", "LOG_LEVEL", "NO_COLOR", "NO_PROXY", "PATH"}
    | {"PORT", "PYTHONPATH", "REDIS_URL", "SECRET_KEY", "TEMP", "TMP", "TMPDIR", "TZ", "XDG_CACHE_HOME"}
    | {"XDG_CONFIG_HOME"}
)
"""Variables that programs of nobody in particular read, in capitals."""


def unrelated(declared: Profile, local: Profile, production: Profile) -> bool:
    """Whether nothing that is the repository's own is on either side."""
    sides = local, production
    return not (
        _has(_packages(declared), sides, "packages")
        or _has(_variables(declared), sides, "environment")
        or any(not _files(declared).isdisjoint(_files(side)) for side in sides)
    )


def _has(own: Iterable[str], sides: Iterable[Profile], section: str) -> bool:
    there = [_items(side, section) for side in sides]
    return any(name in items for name in own for items in there)


def _items(profile: Profile, section: str) -> Mapping[str, Item]:
    found = profile.sections.get(section)
    return found.items if found is not None else {}


def _packages(declared: Profile) -> set[str]:
    items = _items(declared, "packages").items()
    main = {key for key, one in items if "main" in strings(field(one, "groups"))}
    return main or {key for key, one in items if field(one, "used") == "program"}


def _variables(declared: Profile) -> Iterator[str]:
    """Those that the program reads, and no other program does."""
    items = _items(declared, "environment").items()
    read = [name for name, one in items if field(one, "read_at") and field(one, "dev") is not True]
    read = [name for name in read if setter(name, frozenset()) is None]
    return (name for name in read if name.upper() not in _EVERYBODYS)


def _files(profile: Profile) -> set[tuple[str, str]]:
    """{(name, digest)} of what holds something, wherever a deployment put it; of many files, of their directories."""
    found = set()
    for key, one in _items(profile, "source").items():
        digest, files = field(one, "digest"), field(one, "files")
        # A file of nothing, and a directory that may hold such a one alone, are everybody's.
        held = files > 1 if isinstance(files, int) else field(one, "size") != 0
        if held and isinstance(digest, str):
            found.add((posixpath.basename(key.rstrip("/")), digest))
    return found
