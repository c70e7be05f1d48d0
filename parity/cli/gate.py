"""parity gate"""

from __future__ import annotations

from typing import Annotated

import typer

from parity.cli._judging import Judging, compared, takes_judging
from parity.cli._outputs import Outputs, takes_outputs
from parity.cli._policy import Asked, takes_policy
from parity.cli._request import takes_request
from parity.cli._sides import LOCAL, PRODUCTION, sides
from parity.snapshot.request import Request

ORDER = 22
EXAMPLES = (
    "parity gate",
    "parity gate local profiles/production.json --max-age 24h",
    "parity gate local docker://web --policy parity.toml --fail-on warning",
    "parity gate --format terminal --format json=parity.json",
)


@takes_request
@takes_judging
@takes_policy
@takes_outputs
def run(
    request: Request,
    judging: Judging,
    asked: Asked,
    outputs: Outputs,
    local: Annotated[str | None, LOCAL] = None,
    production: Annotated[str | None, PRODUCTION] = None,
    no_ci: Annotated[
        bool, typer.Option("--no-ci", help="Write no more than is asked for where GitHub or GitLab runs it.")
    ] = False,
) -> int:
    """Decide about a release: a diff under the policy that the repository holds, and the verdict.

    The policy says what to compare, what must be compared, what is waived, expected or tolerated; the baseline says
    what was there before. Words on the command line win over variables, and both over the file.
    """
    from parity.cli._ci import also
    from parity.cli._progress import progress

    rules = asked.rules()
    places = sides(local, production, rules.policy)
    outputs.check()
    with progress() as show:
        report = compared(places, request, judging, rules, show)
        if not no_ci:
            also(report, outputs, show)
    return outputs.write(report)
