"""Calls whose arguments do not fit what is called."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched, told
from parity.explain.model import Fact, Failure

_PATTERNS: Patterns = (
    ("unexpected_argument", re.compile(r"\bgot an unexpected keyword argument '(\w{1,200})'")),
    ("unexpected_argument", re.compile(r"'(\w{1,200})' is an invalid keyword argument for")),
    ("unexpected_argument", re.compile(r"\bgot multiple values for (?:keyword )?argument '(\w{1,200})'")),
    ("unexpected_argument", re.compile(r"\bgot some positional-only arguments passed as keyword arguments: '(\w{1,200})")),
    ("unexpected_argument", re.compile(r"\btakes (?:no|from \d+ to \d+|\d+) (?P<value>positional) arguments? but \d+")),
)  # fmt: skip
_MISSING = re.compile(r"\bmissing \d{1,3} required (?:positional|keyword-only) arguments?: (?P<names>[^\n]{1,300})")
_QUOTED = re.compile(r"'(\w{1,200})'")


def read(failure: Failure) -> Iterator[Fact]:
    """`unexpected_argument`, `missing_argument`."""
    yield from matched(failure, _PATTERNS)
    for one in told(failure):
        for found in _MISSING.finditer(one.text):
            for name in _QUOTED.findall(found["names"]):
                yield one.fact("missing_argument", name, found.start())
