"""parity show"""

from __future__ import annotations

from typing import Annotated

import typer

from parity.cli._request import takes_request
from parity.snapshot.request import Request

ORDER = 30
EXAMPLES = (
    "parity show profiles/production.json",
    "parity show docker://web --section packages",
)


@takes_request
def run(
    request: Request,
    target: Annotated[str, typer.Argument(metavar="TARGET", help="A profile's path, - or any other target.")] = "local",
    everything: Annotated[bool, typer.Option("--all", help="List what is otherwise only counted.")] = False,
) -> int:
    """Show what a profile holds: each section, how the look at it ended, and its items."""
    from parity.cli._progress import progress
    from parity.cli._screen import screen
    from parity.output import as_it_is, write
    from parity.report.profile_terminal import render
    from parity.snapshot.take import take

    with progress() as show:
        profile = take(target, request, show)
    write("-", render(profile, screen(everything=everything)), disarm=as_it_is)
    return 0
