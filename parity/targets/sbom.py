"""A software bill of materials in a file: what it tells of packages, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from parity.errors import TargetError, UsageError
from parity.profile import Profile, Section, Status
from parity.snapshot.request import Progress, Request
from parity.text import safe

SUMMARY = "a software bill of materials (CycloneDX or SPDX as JSON): the packages that it names"
EXAMPLE = "sbom:web.cdx.json"
OPTIONS: tuple[str, ...] = ("platform",)

MAX_BYTES = 64 << 20
"""Bytes of a document: SPDX lists every file of every package."""

_NOT_TOLD = "an SBOM tells of packages only"
_PLATFORM = re.compile(r"[a-z0-9]+/[a-z0-9]+(/[a-z0-9.]+)?")
_FORMS = (
    (re.compile(rb"\s*<"), "XML", "CycloneDX is read as JSON: `syft convert FILE -o cyclonedx-json`"),
    (re.compile(rb"\s*SPDXVersion:"), "SPDX tag-value", "SPDX is read as JSON: `syft convert FILE -o spdx-json`"),
    (re.compile(rb"PK\x03\x04|\x1f\x8b|(?s:.){257}ustar"), "an archive", "image://ARCHIVE reads an image"),
)
"""(how it begins, what it is, what to do), for what is not JSON."""


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Sbom:
    """sbom:FILE, or sbom:- for standard input; ?platform=OS/ARCHITECTURE picks one of several in a file."""
    if not reference:
        raise TargetError("sbom: is followed by a file, or by - for standard input", hint=f"like {EXAMPLE}")
    platform = options["platform"][-1] if "platform" in options else None
    if platform is not None and not _PLATFORM.fullmatch(platform):
        raise TargetError(f"'{safe(platform[:60])}' is no platform", hint="like ?platform=linux/amd64")
    return Sbom(reference, platform)


@dataclass(frozen=True, slots=True)
class Sbom:
    """A document by its path, of which the file's name is told."""

    path: str
    platform: str | None = None
    kind: str = "sbom"

    @property
    def reference(self) -> str:
        return Path(self.path).name or self.path

    def profile(self, request: Request, progress: Progress) -> Profile:
        """What the document tells, at the time when it was made."""
        from parity import sections as every
        from parity.sbom.document import bom
        from parity.sbom.sections import sections
        from parity.snapshot.assemble import assemble
        from parity.snapshot.target import Reading

        shown = "standard input" if self.path == "-" else safe(self.path)
        progress(f"reading {shown}")
        found = bom(_data(self.path, shown), shown, self.platform)
        told = {name: Section(Status.SKIPPED, _NOT_TOLD) for name in every.names()} | sections(found)
        return assemble(self, Reading(told, found.identity), replace(request, now=request.now or found.made_at), {})


def _data(path: str, shown: str) -> object:
    from parity.profile.freeze import Broken
    from parity.profile.load import read
    from parity.profile.strict import decode
    from parity.sbom.document import MAKE_ONE, slimmed

    data = b""
    try:
        data = read(path, "bill of materials", MAX_BYTES)
        if len(data) > MAX_BYTES:
            raise Broken(f"larger than {MAX_BYTES >> 20} MiB")
        return decode(data, slimmed)
    except Broken as broken:
        head = data[:512]
        for begins, what, hint in _FORMS:
            if begins.match(head):
                raise UsageError(f"{shown} is no bill of materials that parity reads: it is {what}", hint) from None
        why = str(broken) if broken.path else broken.rule
        raise UsageError(f"{shown} is no bill of materials that parity reads: {why}", broken.hint or MAKE_ONE) from None
