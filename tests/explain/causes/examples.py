"""What an example of a mechanism is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parity.profile.model import Profile

NAMED = (0.9, 0.99)
"""The log names the thing."""
SHOWN = (0.7, 0.95)
"""The log shows the mechanism."""
FITS = (0.3, 0.7)
"""The mechanism fits, and others would do as well."""
FAINT = (0.01, 0.3)
"""It is on the path, and could matter."""

SET = {"state": "set", "from": "process"}
EMPTY = {"state": "empty", "from": "process"}


@dataclass(frozen=True)
class Example:
    """One failure, and everything that one mechanism says of it."""

    says: str
    log: str
    local: Mapping[str, Any]
    production: Mapping[str, Any]
    causes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """{label: (least, most) of its likelihood}: every label that is named, and no other."""
    sources: Mapping[str, str] = field(default_factory=dict)
    declared: Profile | None = None


def package(version: str, **more: Any) -> dict[str, Any]:
    """An installed distribution."""
    return {"version": version, **more}


def valued(fingerprint: str, shape: str = "text", *around: str) -> dict[str, Any]:
    """A variable that is set, to a value of which that is known."""
    return {**SET, "fingerprint": f"0123abcd:{fingerprint}", "shape": shape, "around": [*around]}
