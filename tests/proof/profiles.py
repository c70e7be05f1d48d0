"""Profiles written by hand, as a stranger would write them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from parity.profile.document import integrity
from parity.profile.model import SCHEMA


def section(status: str = "ok", reason: str | None = None, /, **items: Any) -> dict[str, Any]:
    """A section's envelope."""
    return {"status": status, "reason": reason, "items": items, "volatile": {}, "notes": [], "hidden": []}


def document(sections: Mapping[str, Any] | None = None, **header: Any) -> dict[str, Any]:
    """A whole profile as plain data, its digest right."""
    written = {
        "schema": SCHEMA,
        "tool": "parity 0.1.0",
        "name": "web",
        "captured_at": "2026-03-01T12:00:00Z",
        "target": {"kind": "docker", "reference": "web"},
        "identity": {},
        "sections": dict(sections if sections is not None else WHOLE),
        **header,
    }
    return {**written, "integrity": integrity(written)}


def profile(sections: Mapping[str, Any] | None = None, **header: Any) -> bytes:
    """A whole profile as a file's content."""
    return json.dumps(document(sections, **header)).encode()


WHOLE: Mapping[str, Any] = {
    "python": section(version="3.11.2", implementation="cpython"),
    "packages": section(requests={"version": "2.32.3"}, idna={"version": "3.10"}),
    "environment": section(APP_SETTINGS={"state": "set"}),
}
"""The sections that a comparison requires, each with something in it."""
