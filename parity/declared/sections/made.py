"""A section of what a repository says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from parity.declared.facts import Facts
from parity.profile.model import Field, Item, Section, Status
from parity.text import visible

LONGEST_KEY = 1_000

NOTES = 40
"""Sentences of one section that are shown before the rest is counted."""
SILENT = Section(Status.SKIPPED, "nothing in the repository says")
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


def told(section: Section, name: str, facts: Facts) -> Section:
    """The section, with what could not be read for it: the keys that this hides, and a sentence for each fault."""
    faults = [fault for fault in facts.faults if any(hidden == name for hidden, _ in fault.hides)]
    if not faults:
        return section
    section = noted(section, [fault.sentence for fault in faults])
    if not section.status.looked:
        # Something may be said of it in what could not be read: that is no silence.
        return replace(section, status=Status.UNAVAILABLE, reason=visible(faults[0].sentence))
    patterns = {pattern for fault in faults for hidden, pattern in fault.hides if hidden == name}
    return replace(
        section,
        status=Status.PARTIAL,
        hidden=tuple(sorted({*section.hidden, *patterns})),
        reason="; ".join(filter(None, [section.reason, UNREAD])),
    )


def noted(section: Section, sentences: Iterable[str]) -> Section:
    """The section with more sentences for a person."""
    return replace(section, notes=tuple(sorted({*section.notes, *map(visible, sentences)})))


def shortened(section: Section) -> Section:
    """The section with the first of very many notes, and how many more there are."""
    rest = len(section.notes) - NOTES
    return replace(section, notes=(*section.notes[:NOTES], f"and {rest:,} more")) if rest > 0 else section


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
