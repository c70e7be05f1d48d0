"""One failure beside everything that differs: what every kind of cause looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar, cast

from parity.diff.model import Comparison, Difference, Kind, Unknown
from parity.explain.flow import Flow, flow
from parity.explain.model import Evidence, Fact, FactKind, Failure, Frame
from parity.explain.places import Place, Providers, distributions, place
from parity.explain.sources import Call, Source, of_frame
from parity.explain.uses import Uses, uses
from parity.policy.model import Finding, Findings, Sides
from parity.policy.wheels import Loader, loader, tags
from parity.profile.model import Item, Section, Status

Judged = TypeVar("Judged")

_NOT_THERE = Section(Status.UNAVAILABLE, "not in the profile")


@dataclass(frozen=True)
class Case:
    """A failure, its facts, and the two environments. Everything that is derived is made once, when it is asked for."""

    failure: Failure | None
    """None: no log, and the differences are weighed by themselves."""
    facts: tuple[Fact, ...]
    comparison: Comparison
    findings: Findings
    sides: Sides
    sources: Mapping[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    """The program's own files that the log's frames name, by their path in the repository."""
    _judged: dict[Callable[[Case], object], object] = field(default_factory=dict, init=False, repr=False, compare=False)

    # What differs

    @cached_property
    def _differences(self) -> Mapping[tuple[str, str], Difference]:
        known = (one for one in self.comparison.differences if one.kind is not Kind.UNKNOWN)
        return {(one.section, one.key): one for one in known}

    @cached_property
    def _findings(self) -> Mapping[tuple[str, str], Finding]:
        found: dict[tuple[str, str], Finding] = {}
        for one in self.findings:
            found.setdefault((one.section, one.key), one)
        return found

    def difference(self, section: str, key: str) -> Difference | None:
        """The difference at a key; None where both sides agree, or one could not look."""
        return self._differences.get((section, key))

    def differences(self, section: str, *patterns: str) -> Iterator[Difference]:
        """Those of a section whose key matches one of the patterns (fnmatch); all of them without a pattern."""
        for (name, key), one in self._differences.items():
            if name == section and (not patterns or any(fnmatchcase(key, pattern) for pattern in patterns)):
                yield one

    def unseen(self, section: str) -> Iterator[Difference]:
        """What one side has, and the other could not look at."""
        return (one for one in self.comparison.differences if one.section == section and one.kind is Kind.UNKNOWN)

    def refused(self, distribution: str) -> str | None:
        """What a wheel of production was built for, where that is not what loads it there; None where it fits."""
        item = self.items("packages")[1].get(distribution)
        return self._loader.refuses(tags(item)) if item is not None else None

    @cached_property
    def _loader(self) -> Loader:
        return loader(self.sides.production)

    def finding(self, section: str, key: str) -> Finding | None:
        """The weightiest finding at a key, those without a difference included."""
        return self._findings.get((section, key))

    def items(self, section: str) -> tuple[Mapping[str, Item], Mapping[str, Item]]:
        """What (local, production) hold in a section."""
        return self.sides.items(section)

    def volatile(self, section: str) -> tuple[Mapping[str, Item], Mapping[str, Item]]:
        """What changes by itself, as (local, production) held it when it was looked at."""
        sections = (side.sections.get(section, _NOT_THERE) for side in (self.sides.local, self.sides.production))
        local, production = sections
        return local.volatile, production.volatile

    def unknown(self, section: str) -> Unknown | None:
        """What of a whole section could not be compared; a section that nobody asked for counts."""
        for one in self.comparison.unknown:
            if one.section == section and one.key is None:
                return one
        for skipped in self.comparison.skipped:
            if skipped.section == section:
                return Unknown(section, None, skipped.side, Status.SKIPPED.value, skipped.reason)
        return None

    # What the log tells

    def of(self, *kinds: FactKind) -> tuple[Fact, ...]:
        """The facts of these kinds, in the order of the log."""
        return tuple(one for one in self.facts if one.kind in kinds)

    def values(self, *kinds: FactKind) -> tuple[str, ...]:
        """Their values, each once."""
        return tuple(dict.fromkeys(one.value for one in self.of(*kinds)))

    @cached_property
    def text(self) -> str:
        """Everything that the failure says, in lower case: messages of the chain and what stands around it."""
        if self.failure is None:
            return ""
        said = [self.failure.message, *(one.message for one in self.failure.chain)]
        return "\n".join([*said, *(line.text for line in self.failure.around)]).lower()

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """Every frame of the chain, the innermost of the exception that began it first."""
        if self.failure is None:
            return ()
        return tuple(frame for raised in self.failure.chain for frame in reversed(raised.frames))

    @cached_property
    def providers(self) -> Providers:
        """Which distribution provides an import name: production's word first."""
        local, production = self.items("packages")
        return Providers((production, local))

    @cached_property
    def local_providers(self) -> Providers:
        """Which distribution provides an import name where it works."""
        return Providers((self.items("packages")[0],))

    @cached_property
    def path(self) -> tuple[Place, ...]:
        """Where `frames` stand, in the same order."""
        return tuple(place(frame, self.providers) for frame in self.frames)

    @cached_property
    def on_path(self) -> tuple[str, ...]:
        """The distributions on the failing path, the innermost first."""
        return distributions(self.path)

    # What the program's own code does there

    @cached_property
    def own(self) -> tuple[tuple[Frame, Source], ...]:
        """The frames of the program's own code whose source is at hand, the innermost first."""
        pairs = zip(self.frames, self.path, strict=True)
        found = ((frame, of_frame(frame, self.sources)) for frame, where in pairs if where.kind == "own")
        return tuple((frame, source) for frame, source in found if source is not None)

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """What the functions on the failing path call, the innermost first."""
        found: dict[Call, None] = {}
        for frame, source in self.own:
            body = None if frame.function in ("", "<module>") else frame.function
            found.update(dict.fromkeys(source.calls(body, frame.line)))
        return tuple(found)

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The distributions that what the failing lines of the program's own name comes from, the nearest first."""
        attributes = dict.fromkeys(one.value.rpartition(".")[2] for one in self.of("missing_attribute"))
        flows = [self._flow(attribute) for attribute in (*attributes, "")]
        modules = (module for one in flows for part in one for module in part.modules)
        held = (self.providers.all(name) or self.local_providers.all(name) for name in modules)
        return tuple(dict.fromkeys(one[0] for one in held if one))

    @cached_property
    def strings(self) -> frozenset[str]:
        """The literals that what the failing lines of the program's own name is made of."""
        return frozenset(text for one in self._flow("") for text in one.strings)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What is called for the values of the failing lines of the program's own: ".json", "client.get"."""
        return tuple(dict.fromkeys(name for one in self._flow("") for name in one.calls))

    @cached_property
    def named_modules(self) -> tuple[str, ...]:
        """What the names of those lines are imported from, dotted: the program's own modules, then all others."""
        flows = self._flow("")
        own = (name for one in flows for name in one.own)
        return tuple(dict.fromkeys((*own, *(name for one in flows for name in one.modules))))

    @cached_property
    def uses(self) -> Uses:
        """Everything that the failing path uses, and how near to the failure."""
        return uses(self.own, tuple(zip(self.frames, self.path, strict=True)), self.sources)

    def once(self, judge: Callable[[Case], Judged]) -> Judged:
        """What `judge` says of this case, which several mechanisms ask for: worked out at the first asking."""
        if judge not in self._judged:
            self._judged[judge] = judge(self)
        return cast("Judged", self._judged[judge])

    def _flow(self, attribute: str) -> tuple[Flow, ...]:
        near = [(source, frame.line) for frame, source in self.own[:3] if frame.line]
        return tuple(flow(source, line, self.sources, attribute) for source, line in near)


def in_log(fact: Fact, words: str | None = None) -> Evidence:
    """A fact as evidence, with the line of the log."""
    return Evidence("log", words or fact.words or f"{fact.kind.replace('_', ' ')} {fact.value}", f"line {fact.at}")


def differs(difference: Difference | Finding, words: str) -> Evidence:
    """A difference as evidence."""
    return Evidence("difference", words, f"{difference.section}.{difference.key}")


def label(difference: Difference | Finding) -> str:
    """`section.key`, the name of a cause."""
    return f"{difference.section}.{difference.key}"
