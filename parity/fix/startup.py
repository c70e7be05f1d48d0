"""A script that stops a program at its start, and names what it lacks, before a request finds out."""

from __future__ import annotations

from collections.abc import Iterable

from parity.fix.words import variable

NAME = "check_environment.py"

_SCRIPT = '''"""Stops with status 1 and one line where a variable that the program needs is missing or empty.

    python check_environment.py && exec python -m yourprogram

Names alone: no value is read into a message.
"""

import os
import sys

REQUIRED = (
{names}
)

missing = [name for name in REQUIRED if not os.environ.get(name, "").strip()]
if missing:
    sys.exit("these variables are missing or empty: " + ", ".join(missing))
'''


def script(names: Iterable[str]) -> str:
    """The script; each name is checked."""
    return _SCRIPT.format(names="\n".join(f'    "{variable(name)}",' for name in sorted(set(names))))
