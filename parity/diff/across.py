"""Where two environments are of different kinds, and a difference in every name says nothing.

Between operating systems or architectures, between packaging systems, and between the products that a database can be
of, names do not match up: that is one finding and not hundreds. What is not listed is counted, and said to be
incomparable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parity.diff.model import Difference, Kind, Side, Unknown
from parity.products import family, product
from parity.profile.model import Profile, Section

INCOMPARABLE = "incomparable"

_NATIVE = frozenset({"cpu", "libraries", "system_packages"})
"""Sections whose every name belongs to one operating system and architecture."""

_TAGS = frozenset({"abi_tag", "platform_tag", "soabi"})
"""Keys of `python` that repeat the platform."""

_MANAGERS = {"debian": "dpkg", "rpm": "RPM", "apk": "apk"}


@dataclass(frozen=True, slots=True)
class Barrier:
    """Two profiles are of different operating systems or architectures."""

    local: str
    production: str
    systems: bool
    """Whether the operating systems differ, and not the architecture alone."""

    def __str__(self) -> str:
        return f"not comparable between {self.local} and {self.production}"


def barrier(local: Profile, production: Profile) -> Barrier | None:
    """What stands between two profiles, told by their platform sections; None where nothing is known to."""
    left, right = _platform(local), _platform(production)
    differing = [key for key in left if left[key] is not None and right[key] is not None and left[key] != right[key]]
    if not differing:
        return None
    return Barrier(_named(left), _named(right), "system" in differing)


def fold(
    between: Barrier | None, name: str, local: Section, production: Section, found: Sequence[Difference]
) -> tuple[Sequence[Difference], Sequence[Unknown], bool]:
    """(differences to list, what is not listed and why, whether the section still counts as compared)."""
    if name == "database" and local.items and production.items:
        return _of_products(local, production, found)
    managers = _managers(local), _managers(production)
    if found and between is not None and name in _NATIVE:
        return (), [_whole(name, f"{between}; {_not_listed(found)}")], False
    if found and all(managers) and not managers[0] & managers[1]:
        words = " and ".join(", ".join(sorted(_MANAGERS.get(one, one) for one in side)) for side in managers)
        return (), [_whole(name, f"names do not match up between {words}; {_not_listed(found)}")], False
    if between is not None:
        repeats = [one for one in found if _repeats(between, one)]
        dropped = [Unknown(name, one.key, Side.BOTH, INCOMPARABLE, str(between)) for one in repeats]
        return [one for one in found if not _repeats(between, one)], dropped, True
    return found, (), True


def _of_products(
    local: Section, production: Section, found: Sequence[Difference]
) -> tuple[Sequence[Difference], Sequence[Unknown], bool]:
    """Two servers of one family have the same settings, and versions that do not compare; others have nothing alike."""
    left, right = product(local.items), product(production.items)
    if left == right:
        return found, (), True
    other = Difference("database", "product", Kind.CHANGED, left, right)
    if family(left) != family(right):
        return [other], (), True
    between = f"versions do not match up between {left} and {right}"
    rest = [one for one in found if one.key not in ("product", "server_version")]
    unknown = [Unknown("database", "server_version", Side.BOTH, INCOMPARABLE, between)]
    return sorted([*rest, other], key=lambda one: one.key), unknown, True


def _repeats(between: Barrier, difference: Difference) -> bool:
    if difference.section == "platform":
        return between.systems and difference.key != "system"
    return difference.section == "python" and difference.key in _TAGS


def _platform(profile: Profile) -> dict[str, str | None]:
    section = profile.sections.get("platform")
    items = section.items if section is not None and section.status.looked else {}
    values = {key: items.get(key) for key in ("system", "architecture")}
    return {key: value if isinstance(value, str) else None for key, value in values.items()}


def _named(platform: Mapping[str, str | None]) -> str:
    return " ".join(part for part in (platform["system"], platform["architecture"]) if part)


def _managers(section: Section) -> set[str]:
    if not section.items:
        return set()
    managers = (item.get("manager") for item in section.items.values() if isinstance(item, Mapping))
    return {manager for manager in managers if isinstance(manager, str)}


def _whole(name: str, reason: str) -> Unknown:
    return Unknown(name, None, Side.BOTH, INCOMPARABLE, reason)


def _not_listed(found: Sequence[Difference]) -> str:
    return f"{len(found)} {'difference' if len(found) == 1 else 'differences'} not listed"
