"""What every remedy looks at: both sides, the repository, and which side is to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from parity.diff.model import Kind
from parity.explain.commands import Place, place
from parity.fix.dockerfile import Dockerfile
from parity.fix.manifest import Yaml
from parity.fix.model import Side
from parity.fix.repository import Repository
from parity.policy.model import Finding, Sides
from parity.profile.model import Item, Profile


@dataclass(frozen=True)
class Context:
    """Frozen; everything that is derived is made once, when it is asked for."""

    sides: Sides
    repository: Repository = field(default_factory=Repository)
    asked: Side | None = None
    """The side that is to change whatever the finding says."""
    named: bool = False
    """Whether somebody, or an explanation, named what is to be closed: then it is, however little it weighs."""

    def side(self, finding: Finding) -> Side:
        """The side that is to change: the one that departs from what the repository declares; where that is open, what
        works locally must be found in production, and what production alone has is to be had locally."""
        if self.asked is not None:
            return self.asked
        if finding.id in _BROKEN or (self.named and finding.section in _OF_PRODUCTION):
            return "production"
        if finding.departs == "local":
            return "local"
        if finding.departs in ("production", "undeclared", "both"):
            return "production"
        if finding.id in _LOCALLY or (finding.kind is Kind.EXTRA and not finding.id.startswith(_NEVER_EXTRA)):
            return "local"
        return "production"

    def profile(self, side: Side) -> Profile:
        """The profile of a side."""
        return self.sides.local if side == "local" else self.sides.production

    def items(self, side: Side, section: str) -> Mapping[str, Item]:
        """What a side holds in a section."""
        return self.sides.items(section)[side == "production"]

    def wanted(self, side: Side, section: str, key: str) -> Item:
        """What the other side has there: what this one is to become."""
        return self.items(other(side), section).get(key)

    def has(self, side: Side, section: str, key: str) -> Item:
        """What the side has there now."""
        return self.items(side, section).get(key)

    @cached_property
    def place(self) -> Place:
        """Where production is, as a shell here reaches it."""
        return place(self.sides.production)

    @cached_property
    def dockerfile(self) -> Dockerfile | None:
        """The Dockerfile of production's image."""
        path = self.repository.dockerfile
        return Dockerfile(path, self.repository.texts[path]) if path else None

    @cached_property
    def compose(self) -> Yaml | None:
        """The compose file of production."""
        path = self.repository.compose
        return Yaml(path, self.repository.texts[path]) if path else None

    @cached_property
    def manifests(self) -> tuple[Yaml, ...]:
        """The manifests of the repository."""
        return tuple(Yaml(path, self.repository.texts[path]) for path in self.repository.manifests())

    @cached_property
    def service(self) -> str | None:
        """The compose service that production is, where its target tells."""
        return self.place.name if self.place.kind == "compose" else None

    @cached_property
    def workload(self) -> str | None:
        """The name of the workload that production is, where its target tells."""
        return self.place.name.rpartition("/")[2] if self.place.kind == "kubernetes" else None

    def python(self, side: Side) -> str:
        """The interpreter of a side, as its own shell starts it."""
        executable = self.has(side, "python", "executable")
        return executable if isinstance(executable, str) else "python3"


def other(side: Side) -> Side:
    """The side that is not to change."""
    return "production" if side == "local" else "local"


_BROKEN = frozenset({"packages.requirement", "packages.broken-requirement", "packages.missing-required"})
"""What cannot work as production has it, even where the repository says the same."""

_OF_PRODUCTION = frozenset({"process", "container", "limits"})
"""How production is started: where that is the cause, another local machine is no cure."""

_LOCALLY = frozenset({"database.older", "database.major", "database.minor", "tls.certifi"})
"""What is cheaper, and safer, to change where it works: a production server is not put back to be like a laptop's."""

_NEVER_EXTRA = ("packages.shadows", "packages.provider", "source.", "environment.behaviour", "container.")
"""What production has too much of, and is to lose."""
