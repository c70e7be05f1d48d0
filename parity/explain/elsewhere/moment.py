"""A moment that a zone does not have, or has twice: the clocks of the zone that the program names went on or back.

A zone with a name has the same gaps wherever it is asked; only the local one is the environment's.
Source: https://docs.python.org/3/library/datetime.html#datetime.datetime.fold
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.case import Case
from parity.explain.elsewhere import Sign
from parity.explain.model import Evidence

TITLE = "A moment that is none"
CATEGORY = "code"

_NO_MOMENT = re.compile(
    r"nonexistent_?time|ambiguous_?time|is a nonexistent time|cannot infer dst time|nonexistingtime",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Etc|Europe|Indian|Mexico|Pacific|US)"
    r"/[A-Za-z_+\-0-9]{2,30}(?:/[A-Za-z_]{2,30})?\Z"
)
"""The areas of the tz database. Source: https://data.iana.org/time-zones/theory.html#naming"""
_LOCAL = re.compile(
    r"\b(?:get_localzone|get_localzone_name|tzlocal|reload_localzone|tzname|localtime|local_timezone)\b"
)
_SURE, _LIKELY = 0.93, 0.7
"""The source names the zone; nothing tells which one it was."""


def read(case: Case) -> Iterator[Sign]:
    """What the failure says of the moment, unless the source asks for the local zone."""
    found = _NO_MOMENT.search(case.text)
    if found is None or case.failure is None or _of_the_local_zone(case):
        return
    at = f"line {case.failure.last.line}"
    yield Sign(
        _SURE if _names_a_zone(case) else _LIKELY,
        f"the zone has no such moment, or two of them, on whichever side ({found[0]!r}, {at})",
        (Evidence("log", f"it says {found[0]!r}", at),),
    )


def of_a_named_zone(case: Case) -> bool:
    """Whether it is a moment that a zone which the source names does not have, or has twice."""
    return bool(_NO_MOMENT.search(case.text)) and _names_a_zone(case) and not _of_the_local_zone(case)


def _names_a_zone(case: Case) -> bool:
    texts = {text for _, source in case.own for text in source.strings()}
    quoted = {text for frame in case.frames for text in re.findall(r"[\"']([\w/+-]{4,60})[\"']", frame.code)}
    return any(_NAMED.match(text) for text in texts | quoted)


def _of_the_local_zone(case: Case) -> bool:
    return any(_LOCAL.search(source.text) for _, source in case.own) or any(
        _LOCAL.search(frame.code) for frame in case.frames
    )
