"""parity reproduce"""

from __future__ import annotations

from typing import Annotated

import typer

from parity.cli._request import takes_request
from parity.snapshot.request import Request

ORDER = 26
EXAMPLES = (
    "parity reproduce profiles/production.json -o production/",
    "parity reproduce docker://web -o production/",
    "parity reproduce kubernetes://shop/deployment/web --database-url-env PROD_DATABASE_URL -o production/",
)


@takes_request
def run(
    request: Request,
    production: Annotated[str, typer.Argument(metavar="PRODUCTION", help="What to bring here: any target or profile.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="The directory for the files.")],
) -> int:
    """Write a Dockerfile and a compose file that bring production's environment here.

    Its distribution, its Python, every package at its version, its user, mounts and limits, and a database of its
    version and settings. Variables by name alone. It writes new files, and never over one that is there.
    """
    from parity.cli._new_files import check_new, write_new
    from parity.cli._progress import progress
    from parity.cli._screen import screen
    from parity.fix.recipe import recipe
    from parity.output import write
    from parity.report.recipe_terminal import render
    from parity.targets import open_target

    check_new(output)
    with progress() as show:
        target, narrowed = open_target(production, request)
        profile = target.profile(narrowed, show)
    made = recipe(profile)
    write_new(output, made.files)
    write("-", render(made, output, screen()))
    return 0
