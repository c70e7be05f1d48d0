"""Versions of Debian packages: [epoch:]upstream[-revision], as `deb-version(7)` orders them.

Text is compared in turns: up to the next digit (letters before other characters, `~` before even the
end), then the number. A missing revision is the revision 0.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parity.diff.model import Change
from parity.diff.versions import Key, changed, number, packaged_part, same, split

DOC = "Debian's order: epoch, upstream version, revision, with ~ before everything"

_TURNS = re.compile(r"([^0-9]*)([0-9]*)")
_END = (0,)


def equal(local: object, production: object) -> bool:
    """Whether dpkg would call the versions equal."""
    return same(_key, local, production)


def change(local: object, production: object) -> Change | None:
    """How production's version stands to the local one; a revision alone counts as a patch."""
    return changed(_key, packaged_part, local, production)


@lru_cache(maxsize=1 << 14)
def _key(version: str) -> Key:
    epoch, upstream, revision = split(version)
    return number(epoch), _turns(upstream), _turns(revision)


def _turns(text: str) -> Key:
    turns: list[object] = []
    for words, digits in _TURNS.findall(text or "0"):
        if words or digits:
            turns += [(*map(_weight, words), 0), number(digits)]
    return (*turns, _END)


def _weight(character: str) -> int:
    if character == "~":
        return -1
    return ord(character) if character.isascii() and character.isalpha() else ord(character) + 256
