"""A section of what a repository says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from parity.profile.model import Field, Item, Section, Status
from parity.text import visible

LONGEST_KEY = 1_000

SILENT = Section(Status.UNAVAILABLE, "nothing in the repository says")
UNREAD = "not every file could be read"
"""In the reason of a section that a broken or unreadable file may have told more of."""


def section(items: Mapping[str, Item], hidden: Mapping[str, str] | None = None, notes: Iterable[str] = ()) -> Section:
    """A section that was looked at; `hidden` is {fnmatch pattern: why it could not be seen}."""
    frozen = {_text(key, LONGEST_KEY): _item(item) for key, item in sorted(items.items())}
    reasons = sorted(map(visible, set((hidden or {}).values())))
    return Section(
        Status.PARTIAL if hidden else Status.OK,
        "; ".join(reasons) or None,
        MappingProxyType(frozen),
        notes=tuple(sorted(map(visible, set(notes)))),
        hidden=tuple(sorted(_text(pattern, LONGEST_KEY) for pattern in hidden or ())),
    )


def _item(item: Item) -> Item:
    if isinstance(item, Mapping):
        return MappingProxyType({name: _value(value) for name, value in sorted(item.items())})
    return _text(item) if isinstance(item, str) else item


def _value(value: Field) -> Field:
    if isinstance(value, tuple):
        return tuple(map(_text, value))
    return _text(value) if isinstance(value, str) else value


def _text(text: str, longest: int = 2_000) -> str:
    """Text of a file, of which nobody knows who wrote it."""
    return visible(text)[:longest]
