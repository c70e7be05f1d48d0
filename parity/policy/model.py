"""What policy is made of. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeAlias

from parity import sections
from parity.diff.model import Difference, Kind
from parity.profile.item import SCALAR
from parity.profile.model import Item, Profile

if TYPE_CHECKING:
    from parity.policy.use import Use

Departs: TypeAlias = Literal["local", "production", "both", "undeclared"]
"""Which side is not what the repository declares; "undeclared" where it uses a thing and declares it nowhere."""

Standing: TypeAlias = Literal["open", "waived", "expected", "adopted"]
"""What a team's policy made of a finding; only what is open counts in a verdict."""


class Severity(str, Enum):
    """How much a difference matters, the weightiest first."""

    ERROR = "error"
    """A program that works locally is likely to fail in production."""
    WARNING = "warning"
    """It may behave differently."""
    INFO = "info"
    """It is different, and that alone has not been seen to matter."""

    @property
    def weight(self) -> int:
        """3, 2, 1: larger is worse."""
        return _WEIGHTS[self]


_WEIGHTS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.INFO: 1}


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding. Its id is `section.name`, stable across runs and versions."""

    severity: Severity
    """What it is unless a finding's own evidence says otherwise."""
    meaning: str
    """When a difference is one of these, in one line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, weighed; or what a repository tells that needs no difference to matter."""

    id: str
    """The rule, `section.name`; the finding itself is told by id and key."""
    section: str
    key: str
    kind: Kind | None
    """None where the two sides do not differ: it is the repository that one or both of them differ from."""
    severity: Severity
    local: Item
    """The scalar, or of an object the fields that this finding is about; None where the side lacks it."""
    production: Item
    why: str
    """One sentence for a person, without its full stop: what is so, and what it means."""
    fields: tuple[str, ...] = ()
    """The fields that differ, for an item that both sides have."""
    evidence: tuple[str, ...] = ()
    """Facts of the profiles that the severity stands on."""
    departs: Departs | None = None
    """None where the repository leaves it open, or none was read."""
    standing: Standing = "open"
    note: str | None = None
    """What the policy says of it, one sentence without its full stop; None where it says nothing."""
    was: Severity | None = None
    """The severity before the policy, where that changed it."""


Findings: TypeAlias = "tuple[Finding, ...]"
"""Sorted: the worst first, then by section, key and id."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two profiles, for rules that look beyond the difference itself."""

    local: Profile
    production: Profile
    use: Use | None = None
    """What the repository tells; None where none was read."""

    def items(self, section: str) -> tuple[Mapping[str, Item], Mapping[str, Item]]:
        """What (local, production) hold in a section; empty where they lack it."""
        left, right = self.local.sections.get(section), self.production.sections.get(section)
        return (left.items if left else {}), (right.items if right else {})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison comes to."""

    verdict: Literal["parity", "drift", "incomplete"]
    exit_code: Literal[0, 1, 3]
    reasons: tuple[str, ...]
    """One sentence each; empty for parity."""


def finding(
    rule: str,
    difference: Difference,
    severity: Severity,
    why: str,
    fields: tuple[str, ...] = (),
    evidence: tuple[str, ...] = (),
) -> Finding:
    """The finding of a rule about a difference. `fields` narrows it, by default to those that differ, and for
    an item of one side only to those that are compared."""
    names = fields or tuple(each.name for each in difference.fields) or _compared(difference)
    return Finding(
        f"{difference.section}.{rule}",
        difference.section,
        difference.key,
        difference.kind,
        severity,
        _reduced(difference.local, names),
        _reduced(difference.production, names),
        why,
        names if difference.fields else (),
        evidence,
    )


def reading(
    rule: str,
    at: tuple[str, str],
    severity: Severity,
    why: str,
    sides: tuple[Item, Item] = (None, None),
    evidence: tuple[str, ...] = (),
    departs: Departs | None = None,
) -> Finding:
    """A finding of the repository's reading itself, about (section, key), where the two sides do not differ."""
    section, key = at
    return Finding(f"{section}.{rule}", section, key, None, severity, *sides, why, evidence=evidence, departs=departs)


def _compared(difference: Difference) -> tuple[str, ...]:
    declared = sections.declared(difference.section)
    return tuple(declared.compared) if declared else ()


def _reduced(item: Item, names: tuple[str, ...]) -> Item:
    # No names: a section that this version does not know, of which everything counts.
    if isinstance(item, SCALAR):
        return item
    return {name: item[name] for name in names if name in item} if names else dict(item)
