"""One profile for a person: each section, how the look at it ended, and what it holds.

A section of hundreds of items is counted, and listed where it is the only one asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity import sections
from parity.policy.words import plural
from parity.profile.model import Item, Profile, Section, Status
from parity.report.base import Screen
from parity.report.layout import Line, Style, packed, painted, paragraph, width_of
from parity.report.values import target, value
from parity.text import safe

LISTED = 60
"""Items of a section that are listed beside other sections."""
_GROUPED = 3
"""From so many yeses under one name ("stdlib.bz2", "stdlib.ctypes") they stand together."""
_SHORT = 38
"""Cells of an item that may stand beside others."""
_SAYS_NOTHING = frozenset({"found", "set", "there", "yes"})

_STATUS: dict[Status, Style] = {
    Status.OK: "good",
    Status.PARTIAL: "warning",
    Status.ABSENT: "dim",
    Status.UNAVAILABLE: "error",
    Status.SKIPPED: "dim",
}


def render(profile: Profile, screen: Screen) -> str:
    """The whole text, ending in a newline."""
    return painted(_lines(profile, screen), screen)


def _lines(profile: Profile, screen: Screen) -> Iterator[Line]:
    yield from _head(profile, screen)
    looked = [name for name, section in profile.sections.items() if section.status.looked]
    width = max((width_of(safe(name)) for name in profile.sections), default=0)
    for name, section in sorted(profile.sections.items()):
        if section.status is not Status.SKIPPED:
            yield ()
            yield from _section(name, section, width, screen, screen.everything or looked == [name])
    skipped = {name: section.reason for name, section in profile.sections.items() if section.status is Status.SKIPPED}
    if skipped:
        yield ()
        words = "; ".join(f"{name} ({reason})" if reason else name for name, reason in sorted(skipped.items()))
        yield from paragraph(f"Skipped: {words}.", screen.width, style="dim")


def _head(profile: Profile, screen: Screen) -> Iterator[Line]:
    facts = {
        "profile": profile.name,
        "target": target(profile.target),
        "taken": f"{profile.captured_at[:16].replace('T', ' ')} UTC" + (f" by {profile.tool}" if profile.tool else ""),
        **dict(sorted(profile.identity.items())),
        **(
            {"sensitive": "it holds fingerprints of values: keep it from whoever has their key"}
            if profile.sensitive
            else {}
        ),
    }
    width = max(width_of(safe(name)) for name in facts)
    for name, fact in facts.items():
        yield from paragraph(fact, screen.width, lead=f"{safe(name)}{' ' * (width - width_of(safe(name)))}  ")


def _section(name: str, section: Section, width: int, screen: Screen, everything: bool) -> Iterator[Line]:
    shown = safe(name)
    count = plural(len(section.items), "item") if section.items else ""
    yield (
        (shown, "bold"),
        (" " * (width - width_of(shown) + 2), ""),
        (f"{section.status.value:11}", _STATUS[section.status]),
        (f"  {count}", "dim"),
    )
    if section.reason:
        yield from paragraph(section.reason, screen.width, 2, "dim")
    if len(section.items) <= LISTED or everything:
        yield from _items(name, section, screen)
    elif section.items:
        yield from paragraph(f"listed by --section {name}", screen.width, 2, "dim")
    for note in section.notes:
        yield from paragraph(note, screen.width, 2, "dim", lead="note: ")
    if section.hidden:
        yield from paragraph(", ".join(section.hidden), screen.width, 2, "dim", lead="not seen: ")


def _items(name: str, section: Section, screen: Screen) -> Iterator[Line]:
    declared = sections.declared(name)
    compared = None if declared is None else frozenset(declared.compared)
    single, grouped = _grouped(section.items)
    texts = [_brief(key, item, compared) for key, item in single.items()]
    short = [text for text in texts if width_of(safe(text)) <= _SHORT]
    if short:
        yield from packed(short, screen.width, 2)
    for text in texts:
        if width_of(safe(text)) > _SHORT:
            yield from paragraph(text, screen.width, 2)
    for prefix, names in grouped.items():
        yield from paragraph(", ".join(names), screen.width, 2, lead=f"{prefix}: ")


def _grouped(items: Mapping[str, Item]) -> tuple[Mapping[str, Item], Mapping[str, list[str]]]:
    """(items on their own, {prefix: names of those that are a yes under it}), sorted."""
    under: dict[str, list[str]] = {}
    for key in sorted(items):
        prefix, dot, name = key.partition(".")
        if dot and items[key] is True:
            under.setdefault(prefix, []).append(name)
    grouped = {prefix: names for prefix, names in under.items() if len(names) >= _GROUPED}
    together = {f"{prefix}.{name}" for prefix, names in grouped.items() for name in names}
    return {key: items[key] for key in sorted(items) if key not in together}, grouped


def _brief(key: str, item: Item, compared: frozenset[str] | None) -> str:
    if isinstance(item, Mapping) and compared is not None:
        item = {name: item[name] for name in item if name in compared or name == "path"} or item
        # A fingerprint is for comparing; nobody reads one.
        item = {name: True if name == "fingerprint" else one for name, one in item.items() if one != ()}
    words = value(item)
    said = [one for one in words.split(", ") if one not in _SAYS_NOTHING] if isinstance(item, Mapping) else [words]
    return f"{key} {', '.join(said)}".rstrip()
