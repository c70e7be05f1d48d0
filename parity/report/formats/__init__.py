"""The formats of a finished comparison. One file each, found by the directory.

Every file declares

    FORMAT                     the word after --format
    SUMMARY                    one line for the help
    render(report, screen)     the whole text, ending in a newline
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from parity.report.base import Report, Screen
from parity.report.registry import Format, found


@cache
def formats() -> Mapping[str, Format[Report]]:
    """{word: format}, sorted by word."""
    return found(__name__, __path__)


def render(name: str, report: Report, screen: Screen) -> str:
    """The report in the format of that name. LookupError when there is none."""
    return formats()[name].render(report, screen)
