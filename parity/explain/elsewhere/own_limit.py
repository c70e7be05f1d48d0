"""A limit that the program sets itself, and a request that is over it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.elsewhere import Sign
from parity.explain.model import Evidence

TITLE = "A limit of the program's own"
CATEGORY = "code"

_WORDS = (
    (
        re.compile(r"requestentitytoolarge|413 request|payload too large|request body (?:exceeded|too large)"),
        0.93,
    ),
    (re.compile(r"unable to allocate [\d.]+ (?:[tpe]ib|[tpe]b)\b"), 0.9),
    (re.compile(r"maximum recursion depth exceeded"), 0.7),
    (re.compile(r"toomanyfields|toomanyfiles|suspiciousoperation|requestdatatoobig"), 0.85),
    (re.compile(r"permissiondenied\b|notauthenticated|401 unauthorized|403 forbidden|csrf verification failed"), 0.5),
)


def read(case: Case) -> Iterator[Sign]:
    """What the log says of it."""
    for pattern, strength in _WORDS:
        found = pattern.search(case.text)
        if found and case.failure is not None:
            at = f"line {case.failure.last.line}"
            yield Sign(
                strength,
                f"the program itself refuses it ({found[0]!r}, {at})",
                (Evidence("log", f"it says {found[0]!r}", at),),
            )
