"""Several instances of one thing, read side by side, made into one profile. A pure function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from parity.diff import Kind, compare
from parity.policy.own_names import setter
from parity.profile import Profile, Section
from parity.profile.model import Field, Item

MOST = 12
"""Differences that are told for one section; the rest are counted."""

_SHOWN = 60
_VARIANTS = 5


def combine(replicas: Sequence[Profile]) -> Profile:
    """The first of the replicas, with a note in a section for every key that is not the same in all of them.

    What is compared, and how, is what a diff of two profiles compares. What identifies them is told for all.
    """
    first, *others = replicas
    if not others:
        return first
    differing: dict[str, dict[str, set[str]]] = {}
    for other in others:
        for difference in compare(first, other).differences:
            if difference.kind is not Kind.UNKNOWN:
                fields = differing.setdefault(difference.section, {}).setdefault(difference.key, set())
                fields |= {field.name for field in difference.fields}
    sections = dict(first.sections)
    for name, section in first.sections.items():
        of_each = [one.sections[name] for one in replicas if name in one.sections]
        notes = [*_statuses(of_each), *_keys(of_each, differing.get(name, {}))]
        if notes:
            sections[name] = replace(section, notes=tuple(sorted({*section.notes, *notes})))
    return replace(first, sections=sections, identity=_identity(replicas))


def _statuses(of_each: Sequence[Section]) -> list[str]:
    statuses = Counter(section.status.value for section in of_each)
    return [f"differs between replicas: the section is {_counted(statuses)}"] if len(statuses) > 1 else []


def _keys(of_each: Sequence[Section], differing: Mapping[str, set[str]]) -> list[str]:
    looked = [section for section in of_each if section.status.looked]
    notes = []
    for key in sorted(differing)[:MOST]:
        for field in sorted(differing[key]) or [""]:
            if field == "fingerprint":
                notes += _of_values(looked, key)
                continue
            name = f"{key}.{field}" if field else key
            notes.append(f"differs between replicas: {name} is {_counted(_values(looked, key, field))}")
    if len(differing) > MOST:
        notes.append(f"differs between replicas: {len(differing) - MOST} more keys")
    return notes


def _of_values(looked: Sequence[Section], key: str) -> list[str]:
    """The sentence about a variable's values, which a fingerprint tells apart and nothing shows; none for a variable
    that is each instance's own."""
    if any(setter(key, section.items.keys()) for section in looked):
        return []
    items = (section.items.get(key) for section in looked)
    counts = Counter(item.get("fingerprint") for item in items if isinstance(item, Mapping))
    told = ", ".join(f"one in {count}" for count in sorted(counts.values(), reverse=True)[:_VARIANTS])
    return [f"differs between replicas: the value of {key} is {told}"]


def _values(looked: Sequence[Section], key: str, field: str) -> Counter[str]:
    """{value as text: how many have it}. Where it may have been hidden it is unknown."""
    values: Counter[str] = Counter()
    for section in looked:
        if key in section.items:
            values[_text(section.items[key], field)] += 1
        elif any(fnmatchcase(key, pattern) for pattern in section.hidden):
            values["unknown"] += 1
        else:
            values["not there"] += 1
    return values


def _text(item: Item, field: str) -> str:
    value: Item | Field = item.get(field) if isinstance(item, Mapping) and field else item
    if isinstance(value, Mapping):
        version = value.get("version")
        return version[:_SHOWN] if isinstance(version, str) else "there"
    if isinstance(value, tuple):
        return ", ".join(value)[:_SHOWN] or "empty"
    return str(value)[:_SHOWN]


def _counted(values: Counter[str]) -> str:
    """`2.31.0 in 2, 2.32.0 in 1`: the commonest first."""
    ordered = sorted(values.items(), key=lambda one: (-one[1], one[0]))
    told = ", ".join(f"{value} in {count}" for value, count in ordered[:_VARIANTS])
    return told if len(ordered) <= _VARIANTS else f"{told}, {len(ordered) - _VARIANTS} more"


def _identity(replicas: Sequence[Profile]) -> Mapping[str, str]:
    """What each is an instance of; where they are of several, all of those."""
    found: dict[str, set[str]] = {}
    for replica in replicas:
        for name, value in replica.identity.items():
            found.setdefault(name, set()).add(value)
    return {**{name: ", ".join(sorted(values)) for name, values in found.items()}, "replicas": str(len(replicas))}
