"""What there is to say of each rule. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from parity import sections
from parity.policy.registry import OTHER, registry
from parity.policy.steps import step_for

_OTHER = "a newer parity wrote the profile, and what it looked at is compared all the same"


@dataclass(frozen=True, slots=True)
class Page:
    """One rule."""

    id: str
    section: str
    severity: str
    """By default; a finding's own evidence, or a policy, may say otherwise."""
    meaning: str
    """When a difference is one of these, in one line."""
    why: str
    """Why it matters, in one line."""
    step: str
    """What to do about one, in one line."""
    weigh: str
    """The entry of a policy that gives it another severity."""
    waive: str
    """The entry of a policy that waives it for a time."""


def pages() -> tuple[Page, ...]:
    """Every rule, sorted by id."""
    return tuple(
        Page(
            name,
            name.partition(".")[0],
            rule.severity.value,
            rule.meaning,
            _why(name.partition(".")[0]),
            step_for(name),
            f'[[tool.parity.rules]]\nmatch = "{name}"\nseverity = "{"warning" if rule.severity == "info" else "info"}"',
            f'[[tool.parity.rules]]\nmatch = "{name}"\n'
            'waive = { reason = "until the move", owner = "ops", expires = 2027-01-31 }',
        )
        for name, rule in registry().items()
    )


def _why(section: str) -> str:
    declared = sections.declared(section)
    return _OTHER if section == OTHER or declared is None else declared.why
