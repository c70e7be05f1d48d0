"""A fix into text. One file a format: the directory is the registry.

FORMAT                   the word for --format
SUMMARY                  what it is for, in a few words
render(fixed, screen)    -> str
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from parity.report.base import Screen
from parity.report.fixed import Fixed
from parity.report.registry import Format, found


@cache
def formats() -> Mapping[str, Format[Fixed]]:
    """{word: format}, sorted by word."""
    return found(__name__, __path__)


def render(name: str, fixed: Fixed, screen: Screen) -> str:
    """The fix in the format of that name. LookupError when there is none."""
    return formats()[name].render(fixed, screen)
