"""What counts in a comparison: the options that diff, gate and baseline share, and the comparison under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parity.cli._checkout import places
from parity.cli._declared import Place, declared_option, no_declared_option, repository, taken
from parity.cli._options import in_place_of
from parity.cli._request import complete_section
from parity.errors import UsageError
from parity.snapshot.request import Progress, Request
from parity.text import safe

if TYPE_CHECKING:
    from parity.cli._policy import Rules
    from parity.policy import Severity
    from parity.report import Report

_PANEL = "What counts"
_LEVELS = ("error", "warning", "info", "never")


@dataclass(frozen=True, slots=True)
class Judging:
    """What the command line and the variables say of it; a policy's file stands behind them."""

    fail_on: str | None
    """None: as the policy says, else error."""
    require: frozenset[str]
    allow_unknown: frozenset[str]
    max_age: timedelta | None
    identity: Mapping[str, str]
    """{name: value} that production's profile must tell of itself."""
    repository: Place


def _option(name: str, text: str, **settings: Any) -> Any:
    return typer.Option(name, help=text, rich_help_panel=_PANEL, **settings)


def _options(
    fail_on: Annotated[
        str | None,
        _option(
            "--fail-on",
            "The least severity that exits 1: error (the default), warning, info or never.",
            metavar="LEVEL",
            envvar="PARITY_FAIL_ON",
            autocompletion=lambda: list(_LEVELS),
        ),
    ] = None,
    require: Annotated[
        list[str],
        _option(
            "--require",
            "Exit 3 unless this section was compared, besides python, packages and environment (repeatable).",
            metavar="NAME",
            envvar="PARITY_REQUIRE",
            autocompletion=complete_section,
        ),
    ] = [],
    allow_unknown: Annotated[
        list[str],
        _option(
            "--allow-unknown",
            "Do not require this section (repeatable).",
            metavar="NAME",
            envvar="PARITY_ALLOW_UNKNOWN",
            autocompletion=complete_section,
        ),
    ] = [],
    max_age: Annotated[
        str | None,
        _option(
            "--max-age",
            "Exit 3 for a profile that was taken longer ago: 90m, 24h, 7d.",
            metavar="SPAN",
            envvar="PARITY_MAX_AGE",
        ),
    ] = None,
    require_identity: Annotated[
        list[str],
        _option(
            "--require-identity",
            "Exit 3 unless production's profile is of this image=sha256:… or commit=… (repeatable).",
            metavar="NAME=VALUE",
            envvar="PARITY_REQUIRE_IDENTITY",
        ),
    ] = [],
    declared: Annotated[str | None, declared_option(_PANEL)] = None,
    no_declared: Annotated[bool, no_declared_option(_PANEL, ": judge by categories")] = False,
) -> Judging:
    from parity import sections

    if fail_on is not None and fail_on not in _LEVELS:
        raise UsageError(f"--fail-on: there is no level {safe(fail_on)!r}", hint="levels: " + ", ".join(_LEVELS))
    return Judging(
        fail_on,
        sections.chosen(require),
        sections.chosen(allow_unknown),
        None if max_age is None else _span(max_age),
        dict(map(_identity, require_identity)),
        repository(declared, no_declared),
    )


takes_judging = in_place_of("judging", _options)
"""Give a command the options above in place of its parameter `judging: Judging`."""


def compared(
    sides: tuple[str, str], request: Request, judging: Judging, rules: Rules | None, progress: Progress
) -> Report:
    """The finished comparison of (local, production), under the rules of a policy where there are some."""
    from parity.diff import compare
    from parity.policy import judge, verdict
    from parity.policy.agreed import Policy
    from parity.policy.apply import apply
    from parity.policy.model import Sides
    from parity.report.base import Report

    if sides == ("-", "-"):
        raise UsageError("both sides cannot come from standard input")
    profiles, promised, unread = taken(*sides, request, progress, judging.repository)
    progress("comparing")
    now = request.now or datetime.now(timezone.utc)
    comparison = compare(*profiles)
    findings = judge(comparison, *profiles, promised)
    applied = None
    if rules is not None:
        applied = apply(findings, comparison, Sides(*profiles), rules.policy, rules.baseline, now.date())
        findings = applied.findings
    policy = Policy() if rules is None else rules.policy
    max_age = judging.max_age or policy.max_age
    refused = [] if applied is None else list(applied.untold)
    if max_age or judging.identity:
        from parity.policy.identity import another, stale

        if max_age is not None:
            refused += stale({"local": profiles[0], "production": profiles[1]}, max_age, now)
        refused += another(profiles[1], judging.identity)
    fail_on = threshold(judging, policy.fail_on)
    answer = verdict(
        findings,
        comparison,
        fail_on,
        allow_unknown=judging.allow_unknown | (policy.allow_unknown - judging.require),
        insisted=judging.require | policy.require,
        refused=refused,
    )
    lies = places(sides, judging.repository)
    return Report(*profiles, comparison, findings, answer, promised, unread, applied, lies, fail_on)


def threshold(judging: Judging, stated: str | None) -> Severity | None:
    """The least severity that is drift: as the command line or a variable says, else as the policy states."""
    from parity.policy import Severity

    word = judging.fail_on or stated or "error"
    return None if word == "never" else Severity(word)


def _span(words: str) -> timedelta:
    from parity.policy.identity import span

    found = span(words)
    if found is None:
        raise UsageError(f"--max-age: {safe(words)!r} is no time", hint="like 90m, 24h or 7d")
    return found


def _identity(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not (name and equals and value):
        raise UsageError(f"--require-identity: {safe(word)!r} is no NAME=VALUE", hint="like commit=1f4c9d2")
    return name, value
