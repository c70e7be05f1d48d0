"""Locales that are asked for and not there."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched
from parity.explain.model import Fact, Failure

_NAME = r"(?P<value>[A-Za-z]{1,20}(?:_[A-Za-z]{2,8})?(?:\.[A-Za-z0-9-]{2,20})?(?:@\w{2,20})?)"

_PATTERNS: Patterns = (
    ("locale", re.compile(rf"\bcannot change locale \({_NAME}\)")),
    ("locale", re.compile(rf"(?i)\b(?:unsupported|invalid|unknown|missing) locale(?: name| identifier)?:? ['\"]{_NAME}['\"]")),
    ("locale", re.compile(rf"\b(?i:expected only letters, got|unknown locale:?|locale) ['\"]{_NAME}['\"]")),
    ("locale", re.compile(rf"\bcollation \"{_NAME}\" for encoding")),
    ("locale", re.compile(rf"\b(?:invalid locale name|unrecognized locale name):? \"{_NAME}\"")),
)  # fmt: skip
_ASKED = re.compile(rf"\bsetlocale\([\w., ]{{0,60}}?['\"]{_NAME}['\"]")


def read(failure: Failure) -> Iterator[Fact]:
    """`locale`; "" is never told, "unsupported" where only that is."""
    yield from matched(failure, _PATTERNS)
    for link, raised in enumerate(failure.chain):
        if raised.type not in ("locale.Error", "_locale.Error") or "unsupported locale" not in raised.message:
            continue
        words = f"{raised.type}: {raised.message}"[:200]
        named = [found["value"] for frame in raised.frames for found in _ASKED.finditer(frame.code)]
        for name in named or ["unsupported"]:
            yield Fact("locale", name, raised.at, link, words)
