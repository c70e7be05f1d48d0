"""Text of strangers inside Markdown: plain words stay prose, and everything else becomes a code span.

In a code span nothing is markup (https://spec.commonmark.org/0.31.2/#code-spans), and what GitHub and GitLab make of
plain text besides (mentions, references to issues and commits, bare addresses, emoji, formulas, quick actions) is not
looked for either. A plain word is letters alone, so that none of these can begin in one.
"""

from __future__ import annotations

import re

from parity.text import safe

LIMIT = 300
"""Characters of one text that are shown; what a report has no room for stands in the others whole."""

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_TOKEN = re.compile(r"(?P<open>\(?)(?P<core>.*?)(?P<close>[),.;:!?]*)")
_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*|[0-9]{1,6}")
_COMMIT = re.compile(r"[0-9a-fA-F]{7,}")
"""What might be the beginning of a commit's id."""


def code(text: object) -> str:
    """A text as a code span; an empty one is said to be empty."""
    return _span(_clipped(safe(text)))


def prose(text: object) -> str:
    """A sentence: its words as they are, what is no plain word as code, on one line."""
    return " ".join(map(_token, _clipped(safe(text)).split()))


def _clipped(shown: str) -> str:
    return shown if len(shown) <= LIMIT else shown[: LIMIT - 1] + _ELLIPSIS


def _token(token: str) -> str:
    if token == _ELLIPSIS:
        return token
    found = _TOKEN.fullmatch(token)
    if found is None or not found["core"]:
        return _span(token)
    core = found["core"]
    plain = _WORD.fullmatch(core) and not _COMMIT.fullmatch(core)
    return f"{found['open']}{core if plain else _span(core)}{found['close']}"


def _span(shown: str) -> str:
    if not shown:
        return "(empty)"
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    # A space on each side of a span is taken off again by whoever reads it, unless there is nothing else.
    edges = shown[0] + shown[-1]
    pad = " " if "`" in edges or (edges == "  " and shown.strip()) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
