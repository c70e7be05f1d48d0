"""A profile in a file, or on standard input: what any other target once gave."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from parity.errors import TargetError, UsageError
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.text import safe

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
        """What the file holds of the sections that are wanted; what was not recorded then cannot be asked for now."""
        from parity.profile.load import load
        from parity.snapshot.assemble import NOT_ASKED
        from parity.targets import kinds
        from parity.targets._words import instead

        meant = None if os.path.lexists(self.reference) else instead(self.reference, kinds())
        if meant is not None:
            raise UsageError(f"no such profile: {safe(self.reference)}", hint=meant)
        profile = load(self.reference, verify=request.verify, warn=progress.warn)
        sections = {name: one if request.wants(name) else NOT_ASKED for name, one in profile.sections.items()}
        return replace(profile, sections=sections, name=request.name or profile.name)
