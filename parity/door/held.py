"""The script, run by the program's own interpreter: what can be imported there counts, not what parity has."""

from __future__ import annotations

import os
from collections.abc import Sequence

from parity.door.demands import Demands
from parity.errors import Incomplete

_SPARE = 15.0
"""Seconds beyond the database's own."""


def failures(script: str, demands: Demands, python: str) -> Sequence[str]:
    """The lines about what does not hold, () where all does. Raises Incomplete where the script could not run."""
    from parity.child import run
    from parity.text import safe

    seconds = _SPARE + float(demands.get("database", {}).get("seconds", 0.0))
    try:
        result = run([python, "-B", "-"], script.encode("ascii"), seconds=seconds, env=os.environ)
    except OSError as error:
        raise Incomplete(f"cannot start {safe(python)}: {error.strerror}", "name the interpreter: --python") from None
    lines = [line for line in result.err.decode("utf-8", "replace").splitlines() if line.startswith(_SAID)]
    if result.cut is not None or result.code not in (0, 1) or (result.code == 1 and not lines):
        raise Incomplete(f"what the door asks could not be told: {safe(python)} did not answer")
    return [line.removeprefix(_SAID) for line in lines] if result.code else ()


_SAID = "parity require: "
