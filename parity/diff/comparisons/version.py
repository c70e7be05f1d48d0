"""Versions of anything that no packaging scheme governs: OpenSSL 1.1.1w, a kernel, a server.

Dotted numbers, then what follows: a word such as `rc` or `beta` comes before the plain version, anything
else after it. Trailing zeros say nothing: 15 is 15.0.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parity.diff.model import Change
from parity.diff.versions import Key, changed, number, part, release, same

DOC = "dotted numbers, then the suffix; 15 is 15.0, and 3.1rc1 comes before 3.1"

_BEFORE, _END, _WORD, _NUMBER = range(-1, 3)
_WORDS_BEFORE = frozenset({"a", "alpha", "b", "beta", "dev", "devel", "pre", "preview", "rc"})
_TOKENS = re.compile(r"[0-9]+|[A-Za-z]+")
_RELEASE = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def equal(local: object, production: object) -> bool:
    """Whether the versions are the same."""
    return same(_key, local, production)


def change(local: object, production: object) -> Change | None:
    """How production's version stands to the local one."""
    return changed(_key, lambda left, right: part(release(left), release(right)), local, production)


@lru_cache(maxsize=1 << 14)
def _key(version: str) -> Key:
    found = _RELEASE.match(version)
    numbers = list(release(version))
    while numbers and numbers[-1] == (0, ""):
        numbers.pop()
    suffix = _TOKENS.findall(version[found.end() :] if found else version)
    return bool(found), tuple(numbers), (*_tokens(suffix), (_END,))


def _tokens(suffix: list[str]) -> list[Key]:
    # A single letter right after the numbers is OpenSSL's patch level, not an alpha or a beta:
    # a pre-release of one letter is followed by its number (3.13.0b1).
    keys: list[Key] = []
    for place, token in enumerate(suffix):
        if token.isdigit():
            keys.append((_NUMBER, *number(token)))
        elif token.lower() in _WORDS_BEFORE and (len(token) > 1 or suffix[place + 1 : place + 2]):
            keys.append((_BEFORE, token.lower()))
        else:
            keys.append((_WORD, token))
    return keys
