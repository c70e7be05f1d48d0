"""Encodings that cannot hold a character, or are not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched
from parity.explain.model import Fact, Failure

_PATTERNS: Patterns = (
    ("codec", re.compile(r"'([\w.-]{1,40})' codec can't (?:en|de)code\b")),
    ("codec", re.compile(r"\bunknown encoding: '?([\w.-]{1,40})")),
    ("codec", re.compile(r"\b(?:in|for) encoding \"([\w.-]{1,40})\"")),
    ("codec", re.compile(r"\bconversion between \w{1,40} and ([\w.-]{1,40}) is not supported")),
    ("codec", re.compile(r"(?i)\b(ascii) as (?:the )?(?:fallback |default )?encoding|\bconfigured to use (ascii)\b")),
)  # fmt: skip


def read(failure: Failure) -> Iterator[Fact]:
    """`codec`."""
    yield from matched(failure, _PATTERNS)
