"""The diff: section by section, key by key. Its cost follows the number of items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from parity import sections
from parity.diff.across import barrier, fold
from parity.diff.compared import EVERYTHING, Names
from parity.diff.members import with_members
from parity.diff.model import Compared, Comparison, Difference, FieldDifference, Kind, Side, Skipped, Unknown
from parity.profile.model import Field, Item, Profile, Section, Status

_NOTHING: Mapping[str, Field] = {}
_NOT_THERE = Section(Status.SKIPPED, "not in the profile")


def compare(local: Profile, production: Profile) -> Comparison:
    """Everything in which two profiles differ, and everything that could not be compared.

    Sections that this version does not know compare exactly. No order of the inputs shows in the result.
    """
    differences: list[Difference] = []
    unknown: list[Unknown] = []
    compared: list[Compared] = []
    skipped: list[Skipped] = []
    between = barrier(local, production)
    for name in sorted({*local.sections, *production.sections}):
        left = local.sections.get(name, _NOT_THERE)
        right = production.sections.get(name, _NOT_THERE)
        if Status.SKIPPED in (left.status, right.status):
            skipped.append(_skipped(name, left, right))
        elif not (left.status.looked and right.status.looked):
            unknown += _not_seen(name, left, right)
        else:
            kept, folded, counts = fold(between, name, left, right, list(_differences(name, left, right)))
            differences += kept
            unknown += folded
            unknown += (_hidden(one, left, right) for one in kept if one.kind is Kind.UNKNOWN)
            if counts:
                keys = len({*left.items, *right.items})
                compared.append(Compared(name, left.status, right.status, keys, sections.declared(name) is not None))
    return Comparison(tuple(with_members(differences)), tuple(unknown), tuple(compared), tuple(skipped))


def _differences(name: str, local: Section, production: Section) -> Iterator[Difference]:
    declared = sections.declared(name)
    names = Names(EVERYTHING if declared is None else declared.compared)
    left, right = local.items, production.items
    for key in sorted({*left, *right}):
        if key not in right:
            if _takes_part(names, key, left[key]):
                kind = Kind.UNKNOWN if _matches(production.hidden, key) else Kind.MISSING
                yield Difference(name, key, kind, left[key], None)
        elif key not in left:
            if _takes_part(names, key, right[key]):
                kind = Kind.UNKNOWN if _matches(local.hidden, key) else Kind.EXTRA
                yield Difference(name, key, kind, None, right[key])
        else:
            difference = _changed(name, key, names, left[key], right[key])
            if difference is not None:
                yield difference


def _changed(section: str, key: str, names: Names, local: Item, production: Item) -> Difference | None:
    if isinstance(local, Mapping) and isinstance(production, Mapping):
        fields = tuple(_fields(names, local, production))
        return Difference(section, key, Kind.CHANGED, local, production, fields) if fields else None
    if isinstance(local, Mapping) or isinstance(production, Mapping):
        part = _takes_part(names, key, local) or _takes_part(names, key, production)
        return Difference(section, key, Kind.CHANGED, local, production) if part else None
    way = names.way(key, _NOTHING, _NOTHING)
    if way is None or way.equal(local, production):
        return None
    change = way.change(local, production) if way.change else None
    return Difference(section, key, Kind.CHANGED, local, production, change=change)


def _fields(names: Names, local: Mapping[str, Field], production: Mapping[str, Field]) -> Iterator[FieldDifference]:
    for name in sorted({*local, *production}):
        left, right = local.get(name), production.get(name)
        way = names.way(name, local, production)
        if way is not None and not way.equal(left, right):
            yield FieldDifference(name, left, right, way.change(left, right) if way.change else None)


def _takes_part(names: Names, key: str, item: Item) -> bool:
    # An object of which nothing is compared is there to be shown; so is a scalar that nothing names.
    return any(map(names.has, item)) if isinstance(item, Mapping) else names.has(key)


def _matches(patterns: Iterable[str], key: str) -> bool:
    return any(fnmatchcase(key, pattern) for pattern in patterns)


def _skipped(name: str, local: Section, production: Section) -> Skipped:
    left, right = local.status is Status.SKIPPED, production.status is Status.SKIPPED
    side = Side.BOTH if left and right else Side.LOCAL if left else Side.PRODUCTION
    return Skipped(name, side, _reason(local if left else production))


def _not_seen(name: str, local: Section, production: Section) -> Iterator[Unknown]:
    for side, section in ((Side.LOCAL, local), (Side.PRODUCTION, production)):
        if not section.status.looked:
            yield Unknown(name, None, side, section.status.value, _reason(section))


def _hidden(difference: Difference, local: Section, production: Section) -> Unknown:
    at_local = difference.key not in local.items
    section = local if at_local else production
    side = Side.LOCAL if at_local else Side.PRODUCTION
    return Unknown(difference.section, difference.key, side, section.status.value, _reason(section))


def _reason(section: Section) -> str:
    return section.reason or "no reason was given"
