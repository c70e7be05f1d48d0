"""Every rule there is. The directories `rules/` and `readings/` and the collectors' directory are the registry."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from parity import sections
from parity.diff.model import Comparison, Difference
from parity.policy import readings as read
from parity.policy import required, rules
from parity.policy.model import Finding, Rule, Severity, Sides

if TYPE_CHECKING:
    from parity.policy.use import Use

    Read: TypeAlias = "Callable[[Comparison, Sides, Use], Iterator[Finding]]"
    """(comparison, both sides, what the repository tells) -> findings of the reading itself."""

OTHER = "other"
"""Stands for the section in the ids of one that this version does not know."""

_MEANINGS = {
    "missing": "only local has it",
    "changed": "both have it, and not the same",
    "extra": "only production has it",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One file of `rules/`, as a value."""

    rules: Mapping[str, Rule]
    """{name: rule}; the id is the section's name, a dot, and the name."""
    judge: Callable[[Sequence[Difference], Sides], Iterator[Finding]]
    """All differences of the section, in order -> findings."""
    beside: Callable[[Sequence[Difference], Sides], Iterator[Finding]] | None = None
    """The same -> what the two sides tell beside their differences, asked where both were looked at."""


@cache
def judged() -> tuple[str, ...]:
    """The sections that have a file of their own, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(rules.__path__)))


@cache
def judgement(section: str) -> Judgement | None:
    """The section's own file, or None where its collector's defaults hold."""
    if section not in judged():
        return None
    module = import_module(f"{rules.__name__}.{section}")
    return Judgement(module.RULES, module.judge, getattr(module, "beside", None))


@cache
def readings() -> Mapping[str, Read]:
    """{section: what a repository tells of it beyond the differences}, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(read.__path__))
    return {name: import_module(f"{read.__name__}.{name}").read for name in names}


@cache
def defaults(section: str) -> Mapping[str, Rule]:
    """The three rules of a section without judgement: its collector's SEVERITY, `info` without a collector."""
    declared = sections.declared(section)
    severity = declared.severity if declared else {}
    subject = declared.title if declared else "A section that this version does not know"
    return {
        name: Rule(Severity(severity.get(name, "info")), f"{subject}: {meaning}") for name, meaning in _MEANINGS.items()
    }


@cache
def registry() -> Mapping[str, Rule]:
    """{id: rule} of every rule, sorted by id."""
    found: dict[str, Rule] = {}
    for section in (*sections.names(), OTHER):
        own = judgement(section)
        named = own.rules if own else defaults(section)
        found.update((f"{section}.{name}", rule) for name, rule in named.items())
    for section in readings():
        told: Mapping[str, Rule] = import_module(f"{read.__name__}.{section}").RULES
        found.update((f"{section}.{name}", rule) for name, rule in told.items())
    found.update(required.rules())
    return dict(sorted(found.items()))
