"""parity baseline"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from parity.cli._judging import Judging, compared, takes_judging, threshold
from parity.cli._policy import Asked, Rules, takes_policy
from parity.cli._request import takes_request
from parity.cli._sides import LOCAL, PRODUCTION, sides
from parity.snapshot.request import Request

if TYPE_CHECKING:
    from parity.policy.agreed import Baseline

ORDER = 24
EXAMPLES = (
    "parity baseline create local profiles/production.json",
    "parity baseline update",
    "parity baseline show",
)

_ACTIONS = ("create", "update", "show")


@takes_request
@takes_judging
@takes_policy
def run(
    request: Request,
    judging: Judging,
    asked: Asked,
    action: Annotated[
        str,
        typer.Argument(metavar="create|update|show", help="What to do.", autocompletion=lambda: list(_ACTIONS)),
    ],
    local: Annotated[str | None, LOCAL] = None,
    production: Annotated[str | None, PRODUCTION] = None,
) -> int:
    """Adopt today's drift, so that the gate fails for new drift only.

    An entry is about one difference with both its sides: another version is new drift, and so is a difference that
    has come to weigh more. What is no longer there is counted by the gate, and taken out by update.
    """
    from parity.cli._screen import screen
    from parity.errors import UsageError
    from parity.output import as_it_is, check, write
    from parity.report.baseline_terminal import changed, render

    if action not in _ACTIONS:
        raise UsageError(f"there is no {action!r} of a baseline", hint="actions: " + ", ".join(_ACTIONS))
    rules = asked.rules(adopted=False)
    if action == "show":
        write("-", render(_load(rules.path), screen()), disarm=as_it_is)
        return 0
    before = _before(action, rules.path)
    places = sides(local, production, rules.policy)
    check(rules.path)
    made = _made(places, request, judging, rules)
    from parity.configuration.baseline import text

    write(rules.path, text(made))
    write("-", changed(before, made, screen()), disarm=as_it_is)
    return 0


def _load(path: str) -> Baseline:
    from parity.configuration.baseline import load

    return load(path)


def _before(action: str, path: str) -> Baseline | None:
    """What is there, None for nothing. Raises UsageError where that is not what the action is about."""
    from parity.errors import UsageError
    from parity.text import safe

    there = os.path.lexists(path)
    if action == "create" and there:
        raise UsageError(
            f"there is a baseline already: {safe(path)}", hint="bring it up to date: parity baseline update"
        )
    if action == "update" and not there:
        raise UsageError(f"no such baseline: {safe(path)}", hint="make one: parity baseline create")
    return _load(path) if there else None


def _made(places: tuple[str, str], request: Request, judging: Judging, rules: Rules) -> Baseline:
    """The drift there is under the policy. Raises Incomplete where something required could not be compared."""
    from parity.cli._progress import progress
    from parity.errors import Incomplete
    from parity.policy.baseline import adopt
    from parity.policy.verdict import is_drift

    with progress() as show:
        report = compared(places, request, judging, rules, show)
    if report.verdict.verdict == "incomplete":
        raise Incomplete(report.verdict.reasons[0], hint="a baseline is made of what can be compared")
    least = threshold(judging, rules.policy.fail_on)
    return adopt(rules.path, (one for one in report.findings if is_drift(one, least)))
