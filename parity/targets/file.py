"""A profile in a file, or on standard input: what any other target once gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parity.errors import TargetError
from parity.profile import Profile
from parity.snapshot.request import Progress, Request

SUMMARY = "a profile in a file, or - for standard input"
EXAMPLE = "profiles/production.json"
OPTIONS: tuple[str, ...] = ()


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> File:
    """A path, or `-`."""
    if not reference:
        raise TargetError("a profile's path is empty", hint=f"like {EXAMPLE}")
    return File(reference)


@dataclass(frozen=True, slots=True)
class File:
    """A profile that was taken before."""

    reference: str
    kind: str = "file"

    def profile(self, request: Request, progress: Progress) -> Profile:
        """What the file holds; the request's choice of sections is for live targets only."""
        from parity.profile.load import load

        return load(self.reference, verify=request.verify, warn=progress.warn)
