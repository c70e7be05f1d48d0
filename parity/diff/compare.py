"""The diff: section by section, key by key. Its cost follows the number of items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from parity import sections
from parity.diff.across import INCOMPARABLE, barrier, fold
from parity.diff.compared import Names
from parity.diff.comparisons import named
from parity.diff.manifest import aligned
from parity.diff.members import with_members
from parity.diff.model import Compared, Comparison, Difference, FieldDifference, Kind, Side, Skipped, Unknown
from parity.profile.item import SCALAR
from parity.profile.model import Field, Item, Profile, Section, Status

_NOT_THERE = Section(Status.UNAVAILABLE, "not in the profile")
"""Nobody chose to leave it out, as SKIPPED would say: a profile without it cannot tell."""


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
            if name == "source":
                left, right = aligned(left, right)
            pair = _Pair(name, left, right)
            kept, folded, counts = fold(between, name, left, right, list(pair.differences()))
            differences += kept
            unknown += folded
            unknown += (pair.unknown(one) for one in kept if one.kind is Kind.UNKNOWN)
            unknown += pair.incomparable()
            if counts:
                unseen = {one.key for one in kept if one.kind is Kind.UNKNOWN}
                keys = len({*left.items, *right.items} - (unseen - (left.items.keys() & right.items.keys())))
                compared.append(Compared(name, left.status, right.status, keys, sections.declared(name) is not None))
    return Comparison(tuple(with_members(differences)), tuple(unknown), tuple(compared), tuple(skipped))


class _Pair:
    """One section as both sides have it."""

    def __init__(self, name: str, local: Section, production: Section) -> None:
        declared = sections.declared(name)
        self.name = name
        self.names = Names(None if declared is None else declared.compared)
        self.local, self.production = local, production
        self.hidden_by_name = _by_name(local.hidden), _by_name(production.hidden)

    def differences(self) -> Iterator[Difference]:
        """Everything that differs or is unknown, by key."""
        left, right = self.local.items, self.production.items
        for key in sorted({*left, *right}):
            if key not in right:
                yield from self._one_sided(key, left[key], None, Kind.MISSING, self.production.hidden)
            elif key not in left:
                yield from self._one_sided(key, None, right[key], Kind.EXTRA, self.local.hidden)
            else:
                yield from self._changed(key, left[key], right[key])

    def unknown(self, difference: Difference) -> Unknown:
        """The side of an unknown difference that could not look, and why."""
        key = difference.key
        at_local = key not in self.local.items or (key in self.production.items and key in self.hidden_by_name[0])
        side, section = (Side.LOCAL, self.local) if at_local else (Side.PRODUCTION, self.production)
        return Unknown(self.name, key, side, section.status.value, _reason(section))

    def incomparable(self) -> Iterator[Unknown]:
        """The keys of which both sides tell what cannot be held against each other."""
        left, right = self.local.items, self.production.items
        for name in sorted(self.names.kept_back):
            way = named(self.names.fields[name])
            for key in sorted(left.keys() & right.keys()):
                first, second = (None if isinstance(one, SCALAR) else one.get(name) for one in (left[key], right[key]))
                if first and second and way.comparable and not way.comparable(first, second):
                    yield Unknown(self.name, key, Side.BOTH, INCOMPARABLE, way.between)

    def _one_sided(
        self, key: str, local: Item, production: Item, kind: Kind, hidden: Iterable[str]
    ) -> Iterator[Difference]:
        if self.names.has(key, production if kind is Kind.EXTRA else local):
            unknown = any(fnmatchcase(key, pattern) for pattern in hidden)
            yield self._difference(key, Kind.UNKNOWN if unknown else kind, local, production)

    def _changed(self, key: str, local: Item, production: Item) -> Iterator[Difference]:
        if not isinstance(local, SCALAR) and not isinstance(production, SCALAR):
            found = list(self._fields(local, production))
            unseen = [one for one in found if self._unseen(key, one.name, local, production)]
            seen = tuple(one for one in found if one not in unseen) if unseen else tuple(found)
            if seen:
                yield self._difference(key, Kind.CHANGED, local, production, seen)
            if unseen:
                yield self._difference(key, Kind.UNKNOWN, local, production, tuple(unseen))
        elif not isinstance(local, SCALAR) or not isinstance(production, SCALAR):
            # Where being there is what counts, a probe that tells more of it than the other's did tells no difference.
            way = self.names.scalar(key)
            there = way is not None and way.name == "present"
            if not there and (self.names.has(key, local) or self.names.has(key, production)):
                yield self._difference(key, Kind.CHANGED, local, production)
        else:
            way = self.names.scalar(key)
            if way is not None and not way.equal(local, production):
                change = way.change(local, production) if way.change else None
                yield Difference(self.name, key, Kind.CHANGED, local, production, change=change)

    def _difference(
        self, key: str, kind: Kind, local: Item, production: Item, fields: tuple[FieldDifference, ...] = ()
    ) -> Difference:
        return Difference(self.name, key, kind, self.names.shown(local), self.names.shown(production), fields)

    def _fields(self, local: Mapping[str, Field], production: Mapping[str, Field]) -> Iterator[FieldDifference]:
        for name in self.names.of(local, production):
            left, right = local.get(name), production.get(name)
            if left is right:
                continue
            way = self.names.field(name, local, production)
            if way is not None and not way.equal(left, right):
                change = way.change(left, right) if way.change else None
                yield FieldDifference(name, *(way.shown or (left, right)), change)

    def _unseen(self, key: str, name: str, local: Mapping[str, Field], production: Mapping[str, Field]) -> bool:
        # A key that is hidden by its name and there all the same was seen in part: a field that it lacks is
        # not known to be absent. A wider pattern says that other keys may exist, and nothing of this one.
        return any(
            key in hidden and name not in item
            for hidden, item in zip(self.hidden_by_name, (local, production), strict=True)
        )


def _by_name(patterns: Iterable[str]) -> frozenset[str]:
    bare = (_ESCAPED.sub(r"\1", pattern) for pattern in patterns if not _WILD.search(_ESCAPED.sub("", pattern)))
    return frozenset(bare)


_ESCAPED = re.compile(r"\[([*?[])\]")
_WILD = re.compile(r"[*?[]")


def _skipped(name: str, local: Section, production: Section) -> Skipped:
    left, right = local.status is Status.SKIPPED, production.status is Status.SKIPPED
    side = Side.BOTH if left and right else Side.LOCAL if left else Side.PRODUCTION
    return Skipped(name, side, _reason(local if left else production))


def _not_seen(name: str, local: Section, production: Section) -> Iterator[Unknown]:
    for side, section in ((Side.LOCAL, local), (Side.PRODUCTION, production)):
        if not section.status.looked:
            yield Unknown(name, None, side, section.status.value, _reason(section))


def _reason(section: Section) -> str:
    return section.reason or "no reason was given"
