"""The comparison that a test may ask: is this here as it is in production? Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from parity import sections
from parity.diff.model import Comparison, Difference, Kind
from parity.policy.model import Findings
from parity.profile.model import Profile


@dataclass(frozen=True, slots=True)
class Parity:
    """This environment and production's, compared.

    A name is a section (`packages`), `section.key` (`packages.django`), or a glob over that (`environment.AWS_*`); no
    name stands for everything. A name of no section raises ValueError.
    """

    local: Profile
    """Where the tests run."""
    production: Profile
    comparison: Comparison
    findings: Findings
    """What the differences weigh, the worst first."""
    declared: Profile | None = None
    """What the repository declares; None where none was read."""

    def same(self, *names: str) -> bool:
        """Whether all of it was compared, and nothing of it differs."""
        return not self.differences(*names) and not self.unknown(*names)

    def differences(self, *names: str) -> tuple[Difference, ...]:
        """What differs of it."""
        wanted = _checked(names)
        return tuple(one for one in self.comparison.differences if one.kind is not Kind.UNKNOWN and _named(one, wanted))

    def unknown(self, *names: str) -> tuple[str, ...]:
        """What of it nobody could compare, a sentence each: it may be the same, and was not shown to be."""
        return tuple(dict.fromkeys(self._unknown(_checked(names))))

    def _unknown(self, wanted: tuple[str, ...]) -> Iterator[str]:
        for one in self.comparison.unknown:
            if not wanted or any(_touches(one.section, one.key, name) for name in wanted):
                label = one.section if one.key is None else f"{one.section}.{one.key}"
                yield f"{label} was not compared: {one.reason}"
        for skipped in self.comparison.skipped:
            if any(_section(name) == skipped.section for name in wanted):
                yield f"{skipped.section} was not compared: {skipped.reason}"
        seen = {compared.section for compared in self.comparison.compared}
        seen |= {one.section for one in self.comparison.unknown} | {one.section for one in self.comparison.skipped}
        for name in wanted:
            if _section(name) not in seen:
                yield f"{_section(name)} was not compared: neither side tells of it"


def _checked(names: tuple[str, ...]) -> tuple[str, ...]:
    from difflib import get_close_matches

    for name in names:
        if _section(name) not in sections.names():
            near = get_close_matches(_section(name), sections.names(), 1)
            raise ValueError(f"there is no section {_section(name)!r}" + (f": did you mean {near[0]}?" if near else ""))
    return names


def _section(name: str) -> str:
    return name.partition(".")[0]


def _named(one: Difference, wanted: tuple[str, ...]) -> bool:
    return not wanted or any(_matches(one.section, one.key, name) for name in wanted)


def _matches(section: str, key: str, name: str) -> bool:
    return name == section or fnmatchcase(f"{section}.{key}", name)


def _touches(section: str, key: str | None, name: str) -> bool:
    """Whether what could not be seen, of which `key` may be a pattern, is a part of what is named."""
    if section != _section(name) or name == section or key is None:
        return section == _section(name)
    return _matches(section, key, name) or fnmatchcase(name, f"{section}.{key}")
