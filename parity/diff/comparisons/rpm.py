"""Versions of RPM packages: [epoch:]version[-release], as `rpm-version(7)` orders them.

Runs of digits and runs of letters are compared in turn, whatever separates them; a number is newer
than a word, `~` is older than the end, `^` newer than the end and older than anything else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parity.diff.model import Change
from parity.diff.versions import Key, changed, number, packaged_part, same, split

DOC = "RPM's order: epoch, version, release, with ~ before and ^ after the end"

_SEGMENTS = re.compile(r"[0-9]+|[A-Za-z]+|~|\^")
_TILDE, _END, _CARET, _WORD, _NUMBER = range(5)


def equal(local: object, production: object) -> bool:
    """Whether rpm would call the versions equal."""
    return same(_key, local, production)


def change(local: object, production: object) -> Change | None:
    """How production's version stands to the local one; a release alone counts as a patch."""
    return changed(_key, packaged_part, local, production)


@lru_cache(maxsize=1 << 14)
def _key(version: str) -> Key:
    epoch, upstream, packaging = split(version)
    return number(epoch), _segments(upstream), _segments(packaging)


def _segments(text: str) -> Key:
    return (*map(_segment, _SEGMENTS.findall(text)), (_END,))


def _segment(text: str) -> Key:
    if text == "~":
        return (_TILDE,)
    if text == "^":
        return (_CARET,)
    return (_NUMBER, *number(text)) if text.isdigit() else (_WORD, text)
