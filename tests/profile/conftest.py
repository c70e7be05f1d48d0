"""One profile that says something in every way that a profile can."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import pytest

from parity.profile import Profile, Section, Status
from parity.profile.document import integrity, to_document
from parity.profile.model import Item, Source


@pytest.fixture
def profile() -> Profile:
    packages: dict[str, Item] = {
        "requests": MappingProxyType({"version": "2.32.3", "editable": False, "requires": ("idna", "urllib3")}),
        "torch": MappingProxyType({"version": "2.1.0+cpu", "editable": True, "requires": ()}),
    }
    sections = {
        "packages": Section(Status.OK, items=MappingProxyType(packages), notes=("1 record without a name",)),
        "limits": Section(
            Status.PARTIAL,
            "EACCES permission denied",
            MappingProxyType({"nofile": 1024, "cpu": 1.5, "memory": None}),
            MappingProxyType({"pids_in_use": 12}),
            hidden=("io.*",),
        ),
        "database": Section(Status.SKIPPED, "no DSN was named"),
    }
    return Profile(
        name="web",
        captured_at="2026-03-01T12:00:00Z",
        target=Source("docker", "web"),
        sections=MappingProxyType(sections),
        identity=MappingProxyType({"image": "sha256:" + "0" * 64}),
        tool="parity 0.1.0",
    )


@pytest.fixture
def document(profile: Profile) -> dict[str, Any]:
    """The profile as plain data, to be broken."""
    return to_document(profile)


@pytest.fixture
def sealed(document: dict[str, Any]) -> Callable[[Callable[[dict[str, Any]], object]], bytes]:
    """The document as bytes after a change, its digest made to fit it again."""

    def seal(change: Callable[[dict[str, Any]], object]) -> bytes:
        change(document)
        # A shape that no digest can be computed of must be refused before the digest is looked at.
        with suppress(AttributeError):
            document["integrity"] = integrity(document)
        return json.dumps(document).encode()

    return seal
