"""Settings of a framework that are missing, empty or do not allow what is asked of them."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched
from parity.explain.model import Fact, Failure

_NAME = r"(?P<value>[A-Z][A-Z0-9_]{2,80})"

_PATTERNS: Patterns = (
    ("setting", re.compile(rf"\b[Tt]he ['\"`]?{_NAME}['\"`]? (?:setting|config(?:uration)? (?:value|option|key))\b")),
    ("setting", re.compile(rf"\b(?:in|to|from) (?:your )?(?:settings\.)?{_NAME}\b(?: setting)?(?=\.(?:\s|$)|$|,| in your settings| setting)", re.MULTILINE)),
    ("setting", re.compile(rf"\b[Rr]equested settings?, but|\bRequested setting {_NAME}, but settings are not configured")),
    ("setting", re.compile(rf"'Settings' object has no attribute '{_NAME}'")),
    ("setting", re.compile(rf"\bsettings\.{_NAME}\b")),
    ("setting", re.compile(rf"\b(?:set|setting|configure|define) (?:the )?['\"`]?{_NAME}['\"`]? (?:setting|in settings|config\w*)\b")),
    ("setting", re.compile(r"\bapp\.config\[['\"](?P<value>\w{1,80})['\"]\]")),
    ("setting", re.compile(r"\bEither '?(?P<value>[A-Z][A-Z0-9_]{2,80})'? (?:or '?[A-Z_]{3,80}'? )?must be set")),
)  # fmt: skip


def read(failure: Failure) -> Iterator[Fact]:
    """`setting`."""
    yield from matched(failure, _PATTERNS)
