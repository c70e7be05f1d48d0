"""Statuses with which others answered a request of the program, or it refused one."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched
from parity.explain.model import Fact, Failure

_STATUS = r"(?P<value>[1-5]\d\d)"

_PATTERNS: Patterns = (
    ("http_status", re.compile(rf"\b{_STATUS} (?:Client|Server) Error\b")),
    ("http_status", re.compile(rf"\bHTTP Error {_STATUS}\b")),
    ("http_status", re.compile(rf"(?i)\b(?:status(?:[ _]code)?|http(?: status)?(?: code)?|error code)[ :='\"]{{1,3}}{_STATUS}\b")),
    ("http_status", re.compile(rf"\b(?:Client|Server) error '{_STATUS} ")),
    ("http_status", re.compile(rf"^{_STATUS} (?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Request Entity|Unprocessable|Too Many|Internal|Bad Gateway|Service|Gateway)", re.MULTILINE)),
    ("http_status", re.compile(rf"^{_STATUS}, message=")),
    ("http_status", re.compile(rf"\btoo many {_STATUS} (?:error )?responses\b")),
)  # fmt: skip


def read(failure: Failure) -> Iterator[Fact]:
    """`http_status`."""
    yield from matched(failure, _PATTERNS)
