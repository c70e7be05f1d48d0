"""parity diff"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from parity.cli._request import complete_section, takes_request
from parity.snapshot.request import Request

if TYPE_CHECKING:
    from parity.policy import Severity

ORDER = 20
EXAMPLES = (
    "parity diff profiles/local.json profiles/production.json",
    "parity diff local docker://web --format json",
    "parity diff local 'docker://web?path=/data' --fail-on warning",
    "parity diff local profiles/production.json --all",
    "parity diff local docker://web --declared services/shop",
)

_PANEL = "What counts"
_LEVELS = ("error", "warning", "info", "never")


def _complete_format() -> list[str]:
    from parity.report import formats

    return list(formats())


@takes_request
def run(
    request: Request,
    local: Annotated[str, typer.Argument(metavar="LOCAL", help="Where it works: any target or profile.")],
    production: Annotated[str, typer.Argument(metavar="PRODUCTION", help="Where it must work: any target or profile.")],
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="NAME",
            envvar="PARITY_FORMAT",
            help="The format of the report: terminal or json.",
            autocompletion=_complete_format,
        ),
    ] = "terminal",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The file to write, or - for standard output.")
    ] = "-",
    everything: Annotated[bool, typer.Option("--all", help="List what is otherwise only counted.")] = False,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="LEVEL",
            envvar="PARITY_FAIL_ON",
            help="The least severity that exits 1: error, warning, info or never.",
            autocompletion=lambda: list(_LEVELS),
            rich_help_panel=_PANEL,
        ),
    ] = "error",
    require: Annotated[
        list[str],
        typer.Option(
            "--require",
            metavar="NAME",
            help="Exit 3 unless this section was compared, besides python, packages and environment (repeatable).",
            autocompletion=complete_section,
            rich_help_panel=_PANEL,
        ),
    ] = [],
    allow_unknown: Annotated[
        list[str],
        typer.Option(
            "--allow-unknown",
            metavar="NAME",
            help="Do not require this section (repeatable).",
            autocompletion=complete_section,
            rich_help_panel=_PANEL,
        ),
    ] = [],
    declared: Annotated[
        str | None,
        typer.Option(
            "--declared",
            metavar="DIR",
            help="The program's repository; by default the one around the working directory.",
            rich_help_panel=_PANEL,
        ),
    ] = None,
    no_declared: Annotated[
        bool, typer.Option("--no-declared", help="Read no repository: judge by categories.", rich_help_panel=_PANEL)
    ] = False,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit 0 for drift; other codes stay.", rich_help_panel=_PANEL)
    ] = False,
) -> int:
    """Diff the environment where it works against production's, the differences that matter first.

    What could not be looked at is unknown, never "no difference". The program's repository tells what is used, and
    which side departs from what it declares.
    """
    from parity import sections
    from parity.cli._declared import repository, taken
    from parity.cli._progress import progress
    from parity.cli._screen import screen
    from parity.diff import compare
    from parity.errors import UsageError
    from parity.output import as_it_is, check, write
    from parity.policy import judge, verdict
    from parity.report import formats, render
    from parity.report.base import Report

    if format_name not in formats():
        raise UsageError(f"there is no format {format_name!r}", hint="formats: " + ", ".join(formats()))
    if local == production == "-":
        raise UsageError("both sides cannot come from standard input")
    level = _level(fail_on)
    required, allowed = sections.chosen(require), sections.chosen(allow_unknown)
    place = repository(declared, no_declared)
    check(output)
    with progress() as show:
        sides, promised, unread = taken(local, production, request, show, place)
        show("comparing")
        comparison = compare(*sides)
        findings = judge(comparison, *sides, promised)
        answer = verdict(findings, comparison, level, allow_unknown=allowed, insisted=required)
        report = Report(*sides, comparison, findings, answer, promised, unread)
    write(output, render(format_name, report, screen(output, everything=everything)), disarm=as_it_is)
    return 0 if exit_zero and answer.exit_code == 1 else answer.exit_code


def _level(word: str) -> Severity | None:
    from parity.errors import UsageError
    from parity.policy import Severity

    if word not in _LEVELS:
        raise UsageError(f"--fail-on: there is no level {word!r}", hint="levels: " + ", ".join(_LEVELS))
    return None if word == "never" else Severity(word)
