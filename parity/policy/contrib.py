"""The shipped list of extensions that are PostgreSQL's own.

`data/contrib_extensions.txt` is meant to be read; this file is only how it is looked up.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def contrib() -> frozenset[str]:
    """Their names."""
    text = (files("parity.policy") / "data" / "contrib_extensions.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
