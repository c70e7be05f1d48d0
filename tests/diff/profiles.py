"""Profiles in few words, for tests of everything right of `Profile`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from parity.profile.model import Item, Profile, Section, Source, Status

SKIPPED = Section(Status.SKIPPED, "not asked for")


def ok(**items: Any) -> Section:
    """A section that was looked at. Keys that are no identifiers go through `section`."""
    return section(items)


def section(items: Mapping[str, Any], hidden: tuple[str, ...] = (), reason: str | None = None) -> Section:
    """A section from plain data; with hidden keys it is partial."""
    frozen = {key: _frozen(item) for key, item in items.items()}
    status = Status.PARTIAL if hidden else Status.OK
    return Section(status, reason or ("not permitted" if hidden else None), MappingProxyType(frozen), hidden=hidden)


def unavailable(reason: str = "timed out") -> Section:
    return Section(Status.UNAVAILABLE, reason)


def absent(reason: str = "there is none") -> Section:
    return Section(Status.ABSENT, reason)


def profile(sections: Mapping[str, Section], name: str = "web", kind: str = "docker") -> Profile:
    return Profile(name, "2026-03-01T12:00:00Z", Source(kind, name), MappingProxyType(dict(sections)), tool="parity 1")


def _frozen(item: Any) -> Item:
    if isinstance(item, Mapping):
        return MappingProxyType({k: tuple(v) if isinstance(v, list) else v for k, v in item.items()})
    frozen: Item = item
    return frozen
