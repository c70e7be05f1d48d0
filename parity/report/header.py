"""What a JSON document says of a profile that it is about: all of its header that tells which one it is."""

from __future__ import annotations

from typing import Any

from parity.profile.model import Profile


def header(profile: Profile) -> dict[str, Any]:
    """{field: value} as the schemas of the documents have it."""
    return {
        "name": profile.name,
        "target": {"kind": profile.target.kind, "reference": profile.target.reference},
        "captured_at": profile.captured_at,
        "identity": dict(sorted(profile.identity.items())),
        "tool": profile.tool,
    }
