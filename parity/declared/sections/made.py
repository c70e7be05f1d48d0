"""A section of what a repository says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from parity.profile.model import Item, Section, Status

SILENT = Section(Status.UNAVAILABLE, "nothing in the repository says")


def section(items: Mapping[str, Item], hidden: Mapping[str, str] | None = None, notes: Iterable[str] = ()) -> Section:
    """A section that was looked at; `hidden` is {fnmatch pattern: why it could not be seen}."""
    frozen = {key: MappingProxyType(item) if isinstance(item, dict) else item for key, item in sorted(items.items())}
    reasons = sorted(set((hidden or {}).values()))
    return Section(
        Status.PARTIAL if hidden else Status.OK,
        "; ".join(reasons) or None,
        MappingProxyType(frozen),
        notes=tuple(sorted(set(notes))),
        hidden=tuple(sorted(hidden or ())),
    )
