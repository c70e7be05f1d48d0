"""Text that is decoded or encoded by another codec: what open() and the streams use without being told.

Source: PEP 538, PEP 540 and https://docs.python.org/3/library/os.html#python-utf-8-mode
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "Another text encoding"
CATEGORY = "environment"
NEEDS = ("locale", "environment")
ASPECTS = True

_TELLING = (
    ("locale", "encoding", 0.94),
    ("locale", "filesystem_encoding", 0.8),
    ("locale", "stdio_encoding", 0.8),
    ("python", "flags.utf8_mode", 0.85),
    ("environment", "PYTHONUTF8", 0.9),
    ("environment", "PYTHONIOENCODING", 0.85),
    ("environment", "LC_ALL", 0.85),
    ("environment", "LC_CTYPE", 0.8),
    ("environment", "LANG", 0.75),
    ("environment", "PYTHONCOERCECLOCALE", 0.7),
    ("locale", "lc_ctype", 0.75),
)
_NARROW = ("ascii", "us-ascii", "ansi_x3.4-1968", "latin-1", "iso8859-1", "iso-8859-1", "charmap", "cp1252")


def weigh(case: Case) -> Iterator[Candidate]:
    """What chooses the codec, where a codec fails."""
    facts = case.of("codec")
    if not facts:
        return
    narrow = any(fact.value.lower() in _NARROW for fact in facts)
    encodings = case.difference("locale", "encoding") is not None
    for section, key, likelihood in _TELLING:
        difference = case.difference(section, key)
        if difference is None:
            continue
        # A codec that is not the locale's own (utf-8 on both sides) fails by the data, whatever the variables say.
        weight = likelihood if encodings else likelihood * (0.6 if narrow else 0.25)
        if section == "environment" and difference.kind is Kind.MISSING and not encodings:
            weight *= 0.7
        yield candidate(
            __name__,
            difference,
            weight,
            (
                in_log(facts[-1]),
                Evidence("production", "it chooses the codec of a file that is opened without one", f"{section}.{key}"),
            ),
            "the same input fails under local's encoding",
            "set PYTHONUTF8=1 (or LC_ALL=C.UTF-8) in production, and name the encoding where files are opened",
        )
