"""Users of the operating system and roles of a database that are not known, or not let in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched
from parity.explain.model import Fact, Failure

_PATTERNS: Patterns = (
    ("user", re.compile(r"\buid not found: '?(\d{1,10})")),
    ("user", re.compile(r"\bgid not found: '?(\d{1,10})")),
    ("user", re.compile(r"\bname not found: '?([\w.$-]{1,64})")),
    ("user", re.compile(r"\bunable to find user ([\w.$-]{1,64}):")),
    ("user", re.compile(r"\b(?:role|user) \"([\w.$-]{1,64})\"")),
    ("user", re.compile(r"\bI have no name!|\bcannot find name for (?:user|group) ID (?P<value>\d{1,10})")),
    ("user", re.compile(r"\bNo user exists for uid (\d{1,10})")),
)  # fmt: skip


def read(failure: Failure) -> Iterator[Fact]:
    """`user`: a uid or a name."""
    yield from matched(failure, _PATTERNS)
