"""parity explain"""

from __future__ import annotations

from typing import Annotated

import typer

from parity.cli._log import Explaining, explained, takes_explaining
from parity.cli._request import takes_request
from parity.snapshot.request import Request

ORDER = 22
EXAMPLES = (
    "parity explain profiles/local.json profiles/production.json --log prod.log",
    "kubectl logs deploy/web | parity explain local kubernetes://shop/deployment/web --log -",
    "parity explain local docker://web",
    "parity explain local systemd://web --log auto --format json",
    "parity explain profiles/local.json profiles/production.json",
)


@takes_request
@takes_explaining
def run(
    request: Request,
    explaining: Explaining,
    local: Annotated[str, typer.Argument(metavar="LOCAL", help="Where it works: any target or profile.")],
    production: Annotated[str, typer.Argument(metavar="PRODUCTION", help="Where it fails: any target or profile.")],
) -> int:
    """Explain which difference breaks the program in production, and say why, from production's log.

    The log is read in one pass, whatever its size: what failed, how often and since when. What it names is joined
    with what differs and with what the program's source does there. Without a log, the differences are ranked by how
    likely each breaks this program. It exits 0 whenever it could answer.
    """
    from parity.cli._progress import progress

    explaining.check()
    with progress() as show:
        answer = explained((local, production), request, explaining, show)
    return explaining.write(answer)
