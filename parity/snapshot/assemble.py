"""An answer and what the host itself knows, made into a profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone

from parity import __version__, sections
from parity.profile import Profile, Section, Status
from parity.profile.model import Source
from parity.snapshot.request import Request
from parity.snapshot.target import Reading, Target

NOT_ASKED = Section(Status.SKIPPED, "not asked for")
NOT_READ = Section(Status.UNAVAILABLE, "this kind of target cannot tell")


def assemble(target: Target, reading: Reading, request: Request, of_host: Mapping[str, Section]) -> Profile:
    """The profile of a live target. `of_host` are sections that the host read, over the probe's own."""
    read = {**reading.sections, **of_host}
    return Profile(
        name=request.name or target.reference or target.kind,
        captured_at=stamp(request.now),
        target=Source(target.kind, target.reference),
        identity=reading.identity,
        tool=f"parity {__version__}",
        sensitive=_fingerprinted(read),
        timings=reading.timings,
        sections={name: read.get(name, NOT_READ) if request.wants(name) else NOT_ASKED for name in sections.names()},
    )


def _fingerprinted(read: Mapping[str, Section]) -> bool:
    environment = read.get("environment", NOT_READ)
    return any(isinstance(item, Mapping) and "fingerprint" in item for item in environment.items.values())


def stamp(now: datetime | None) -> str:
    """UTC, RFC 3339, whole seconds."""
    moment = now or datetime.now(timezone.utc)
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
