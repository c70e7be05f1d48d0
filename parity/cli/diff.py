"""parity diff"""

from __future__ import annotations

from typing import Annotated

import typer

from parity.cli._judging import Judging, compared, takes_judging
from parity.cli._outputs import Outputs, takes_outputs
from parity.cli._request import takes_request
from parity.snapshot.request import Request

ORDER = 20
EXAMPLES = (
    "parity diff profiles/local.json profiles/production.json",
    "parity diff local docker://web --format json",
    "parity diff local 'docker://web?path=/data' --fail-on warning",
    "parity diff local profiles/production.json --all",
    "parity diff local docker://web --declared services/shop",
)


@takes_request
@takes_judging
@takes_outputs
def run(
    request: Request,
    judging: Judging,
    outputs: Outputs,
    local: Annotated[str, typer.Argument(metavar="LOCAL", help="Where it works: any target or profile.")],
    production: Annotated[str, typer.Argument(metavar="PRODUCTION", help="Where it must work: any target or profile.")],
) -> int:
    """Diff the environment where it works against production's, the differences that matter first.

    What could not be looked at is unknown, never "no difference". The program's repository tells what is used, and
    which side departs from what it declares. No policy has a part in it: `parity gate` is under one.
    """
    from parity.cli._progress import progress

    outputs.check()
    with progress() as show:
        report = compared((local, production), request, judging, None, show)
    return outputs.write(report)
