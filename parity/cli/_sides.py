"""The two sides of a comparison under a policy: what the command line names, else what the policy does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from parity.policy.agreed import Policy

LOCAL = typer.Argument(
    metavar="LOCAL", envvar="PARITY_LOCAL", help="Where it works: by default the policy's, else this machine."
)
PRODUCTION = typer.Argument(
    metavar="PRODUCTION", envvar="PARITY_PRODUCTION", help="Where it must work: by default the policy's."
)


def sides(local: str | None, production: str | None, policy: Policy) -> tuple[str, str]:
    """(local, production). Raises UsageError where nothing says what production is."""
    from parity.errors import UsageError

    place = production or policy.production
    if place is None:
        where = policy.origin or "parity.toml"
        raise UsageError(
            "nothing says what production is",
            hint=f'name it: parity gate LOCAL PRODUCTION, or production = "docker://web" in {where}',
        )
    return local or policy.local or "local", place
