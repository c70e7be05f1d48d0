"""Where a team's policy and baseline come from: the options that every command under a policy shares."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parity.cli._options import in_place_of
from parity.errors import UsageError

if TYPE_CHECKING:
    from parity.policy.agreed import Baseline, Policy

_PANEL = "What was agreed on"


@dataclass(frozen=True, slots=True)
class Rules:
    """A policy, and the baseline beside it."""

    policy: Policy
    baseline: Baseline | None
    """None where there is none, or none was wanted."""
    path: str
    """Where the baseline stands, or would stand."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line and the variables say of it."""

    file: str | None
    no_policy: bool
    baseline: str | None
    no_baseline: bool

    def rules(self, *, adopted: bool = True) -> Rules:
        """The rules, read. Raises UsageError.

        adopted   whether the baseline is read, too
        """
        from parity.configuration.find import policy

        found = policy(self.file, self.no_policy)
        path = self.baseline or found.baseline
        named = self.baseline is not None or found.named
        if not adopted or self.no_baseline or not (named or os.path.lexists(path)):
            return Rules(found.policy, None, path)
        from parity.configuration.baseline import load

        return Rules(found.policy, load(path), path)


def _option(name: str, text: str, **settings: Any) -> Any:
    return typer.Option(name, help=text, rich_help_panel=_PANEL, **settings)


def _options(
    policy: Annotated[
        str | None,
        _option(
            "--policy",
            "The policy: by default the nearest parity.toml or [tool.parity] of a pyproject.toml, up to the"
            " repository's root.",
            metavar="FILE",
            envvar="PARITY_POLICY",
        ),
    ] = None,
    no_policy: Annotated[bool, _option("--no-policy", "Take no policy from any file.")] = False,
    baseline: Annotated[
        str | None,
        _option(
            "--baseline",
            "The baseline: by default .parity-baseline.json beside the policy.",
            metavar="FILE",
            envvar="PARITY_BASELINE",
        ),
    ] = None,
    no_baseline: Annotated[bool, _option("--no-baseline", "Let what was adopted count, too.")] = False,
) -> Asked:
    if baseline is not None and no_baseline:
        raise UsageError("--baseline and --no-baseline exclude each other")
    return Asked(policy, no_policy, baseline, no_baseline)


takes_policy = in_place_of("asked", _options)
"""Give a command the options above in place of its parameter `asked: Asked`."""
