"""Versions of Alpine packages: 1.2.3a_rc1~0123abc-r4, as apk-tools orders them.

Where two versions part ways, the kind of what comes next decides: another number is newer than a
letter, then a suffix such as `_p1`, a commit, a revision, and the end; `_alpha`, `_beta`, `_pre` and
`_rc` come before the end. After the first, a number that starts with 0 sorts as a decimal fraction.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parity.diff.model import Change
from parity.diff.versions import Key, Part, changed, number, part, release, same

DOC = "Alpine's order: numbers, letter, suffixes, revision, with _rc and its like before the release"

_INVALID, _BEFORE, _END, _REVISION, _COMMIT, _SUFFIX_NUMBER, _AFTER, _LETTER, _DIGITS = range(-1, 8)
_SUFFIXES_BEFORE = ("alpha", "beta", "pre", "rc")
_SUFFIXES_AFTER = ("cvs", "svn", "git", "hg", "p")
_VERSION = re.compile(
    r"(?P<numbers>[0-9]+(?:\.[0-9]+)*)(?P<letter>[a-z])?"
    r"(?P<suffixes>(?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)"
    r"(?:~(?P<commit>[0-9a-f]+))?(?:-r(?P<revision>[0-9]+))?(?P<rest>.*)",
    re.DOTALL,
)
_SUFFIX = re.compile(r"_([a-z]+)([0-9]*)")


def equal(local: object, production: object) -> bool:
    """Whether apk would call the versions equal."""
    return same(_key, local, production)


def change(local: object, production: object) -> Change | None:
    """How production's version stands to the local one; a revision alone counts as a patch."""
    return changed(_key, _part, local, production)


@lru_cache(maxsize=1 << 14)
def _key(version: str) -> Key:
    found = _VERSION.match(version)
    if found is None:
        return ((_INVALID, version),)
    first, *others = found["numbers"].split(".")
    tokens: list[Key] = [(_DIGITS, *number(first)), *map(_fraction, others)]
    if found["letter"]:
        tokens.append((_LETTER, found["letter"]))
    for name, digits in _SUFFIX.findall(found["suffixes"]):
        before = name in _SUFFIXES_BEFORE
        names = _SUFFIXES_BEFORE if before else _SUFFIXES_AFTER
        tokens.append((_BEFORE if before else _AFTER, names.index(name)))
        if digits:
            tokens.append((_SUFFIX_NUMBER, *number(digits)))
    if found["commit"]:
        tokens.append((_COMMIT, found["commit"]))
    if found["revision"]:
        tokens.append((_REVISION, *number(found["revision"])))
    return (*tokens, (_INVALID, found["rest"]) if found["rest"] else (_END,))


def _fraction(digits: str) -> Key:
    return (_DIGITS, 0, digits) if digits.startswith("0") else (_DIGITS, *number(digits))


def _part(local: str, production: str) -> Part:
    upstream = [version.rpartition("-r")[0] or version for version in (local, production)]
    return "patch" if upstream[0] == upstream[1] else part(release(upstream[0]), release(upstream[1]))
