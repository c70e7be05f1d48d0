"""parity fix"""

from __future__ import annotations

from typing import Annotated

import typer

from parity.cli._fixing import Fixing, fixed, takes_fixing
from parity.cli._request import takes_request
from parity.snapshot.request import Request

ORDER = 24
EXAMPLES = (
    "parity fix profiles/local.json profiles/production.json",
    "parity fix local docker://web --cause packages.click",
    "parity fix local docker://web --declared . --write fixes/",
    "parity fix local kubernetes://shop/deployment/web --log auto --format json",
)


@takes_request
@takes_fixing
def run(
    request: Request,
    fixing: Fixing,
    local: Annotated[str, typer.Argument(metavar="LOCAL", help="Where it works: any target or profile.")],
    production: Annotated[str, typer.Argument(metavar="PRODUCTION", help="Where it must work: any target or profile.")],
) -> int:
    """Print what closes the gap: commands for the tools that the project uses, patches, and new files.

    Without a cause it is about every error and warning; with a log, about what the log tells to be the cause. It
    prints, and with --write writes new files; it changes no existing file, runs nothing and never touches production.
    """
    from parity.cli._progress import progress

    fixing.check()
    with progress() as show:
        answer = fixed((local, production), request, fixing, show)
    return fixing.write(answer)
