"""The journal of a unit, through journalctl."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parity.errors import Incomplete
from parity.logs.places import LINES
from parity.text import safe

if TYPE_CHECKING:
    from parity.targets.systemd import Systemd


def shown(target: Systemd) -> str:
    """journalctl -u UNIT."""
    return f"journalctl -u {target.reference}"


def read(target: Systemd, seconds: float) -> Iterator[bytes]:
    """The unit's lines with their times, and the zone that they are told in."""
    from parity.snapshot.transport import execute, last_words

    words = ["--unit", target.reference, "--output", "short-iso-precise", "--no-pager", "--quiet"]
    result = execute(["journalctl", *words, "--lines", str(LINES)], b"", time.monotonic() + seconds)
    if result.cut == "timeout":
        raise Incomplete(
            f"journalctl did not show the log of {safe(target.reference)} in time", hint="--timeout S allows more"
        )
    if result.cut is None and result.code != 0:
        raise Incomplete(
            f"journalctl could not read the log of {safe(target.reference)}: {last_words(result)}",
            hint=f"{shown(target)} > prod.log by somebody who may read it, then --log prod.log",
        )
    if result.out:
        yield bytes(result.out)
