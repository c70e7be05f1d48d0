"""parity snapshot"""

from __future__ import annotations

from typing import Annotated

import typer

from parity.cli._request import takes_request
from parity.snapshot.request import Request

ORDER = 10
EXAMPLES = (
    "parity snapshot -o profiles/local.json",
    "parity snapshot docker://web -o profiles/production.json",
    "parity snapshot docker://web --database-url-env PROD_URL --require database",
    "parity snapshot --section packages --section environment",
)


@takes_request
def run(
    request: Request,
    target: Annotated[
        str, typer.Argument(metavar="TARGET", help="local, docker://NAME, a profile's path, or -.")
    ] = "local",
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="The file to write (mode 0600), or - for standard output."),
    ] = "-",
    require: Annotated[
        list[str],
        typer.Option("--require", metavar="NAME", help="Exit 3 unless this section could be read (repeatable)."),
    ] = [],
) -> int:
    """Take a snapshot of an environment and write it as a JSON profile.

    Names, never values: no variable's value, length or hash is recorded. A section that could not be
    read says so in its status, and the rest is whole.
    """
    from parity import sections
    from parity.cli._progress import progress
    from parity.output import as_it_is, check, write
    from parity.profile import Status
    from parity.profile.document import render
    from parity.snapshot.take import require as demand
    from parity.snapshot.take import take

    required = sections.chosen(require)
    check(output)
    with progress() as show:
        profile = take(target, request, show)
    write(output, render(profile), disarm=as_it_is)
    demand(profile, required)
    unavailable: dict[str | None, list[str]] = {}
    for name, section in sorted(profile.sections.items()):
        if section.status is Status.UNAVAILABLE:
            unavailable.setdefault(section.reason, []).append(name)
    for reason, names in unavailable.items():
        show.warn(f"could not read {', '.join(names)}: {reason}")
    return 0
