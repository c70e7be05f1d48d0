"""What failed, as a traceback that Python itself would have printed: so the same reader takes it as takes a log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_PLACE = re.compile(r"(?P<file>[^\s:][^:\n]*\.py):(?P<line>[0-9]+): ")
_RAISED = re.compile(r"E {3}(?P<text>\S.*)")
_RUNNER = re.compile(r"/(?:_pytest|pluggy)/")
_LONGEST = 64 << 10


@dataclass(frozen=True, slots=True)
class Failed:
    """A test, or a file of tests, that failed."""

    name: str
    """pytest's own: tests/test_mail.py::test_sends."""
    file: str
    """The file of the test, from the repository's root."""
    traceback: str


def printed(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """The traceback of an exception from the test on, with those that led to it; never a local's value."""
    from traceback import format_exception

    tb = excinfo.tb
    while tb.tb_next is not None and _RUNNER.search(tb.tb_frame.f_code.co_filename):
        tb = tb.tb_next
    return "".join(format_exception(excinfo.type, excinfo.value, tb))[-_LONGEST:]


def rewritten(text: str) -> str:
    """pytest's way of printing a failure in Python's: the places as frames, the first error's lines as its end."""
    lines = text[-_LONGEST:].splitlines()
    frames = [f'  File "{one["file"]}", line {one["line"]}, in <module>' for one in map(_PLACE.match, lines) if one]
    raised = list(_raised(lines))
    return "\n".join(["Traceback (most recent call last):", *frames, *raised, ""]) if raised else text


def _raised(lines: list[str]) -> Iterator[str]:
    """The last lines that stand behind an E, without a gap."""
    last = [place for place, line in enumerate(lines) if _RAISED.match(line)]
    if not last:
        return
    start = last[-1]
    while start - 1 in last:
        start -= 1
    for place in range(start, last[-1] + 1):
        found = _RAISED.match(lines[place])
        if found:
            yield found["text"]
