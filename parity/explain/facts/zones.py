"""Time zones that are asked for and not there."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, Told, matched
from parity.explain.model import Fact, Failure

_NAME = r"(?P<value>[A-Za-z][\w+-]{1,40}(?:/[\w+-]{1,40}){0,2})"

_PATTERNS: Patterns = (
    ("zone", re.compile(rf"\bNo time zone found with key {_NAME}")),
    ("zone", re.compile(rf"(?i)\b(?:unknown|invalid|unrecognized) time ?zone(?: specification)?:? ['\"]?{_NAME}")),
    ("zone", re.compile(rf"(?i)\btime ?zone \"{_NAME}\" (?:not recognized|is not|does not)")),
    ("zone", re.compile(rf"(?i)\b(?:can not|cannot|can't) find (?:any )?(?:time ?zone|zoneinfo)(?: configuration| file)? ['\"]?{_NAME}")),
)  # fmt: skip
_KEY = re.compile(rf"['\"]?{_NAME}['\"]?\Z")


def read(failure: Failure) -> Iterator[Fact]:
    """`zone`."""
    yield from matched(failure, _PATTERNS)
    for link, raised in enumerate(failure.chain):
        found = (
            _KEY.match(raised.message)
            if raised.type.endswith(("UnknownTimeZoneError", "ZoneInfoNotFoundError"))
            else None
        )
        if found:
            yield Told(raised.message, raised.at, link, raised.type).fact("zone", found["value"])
