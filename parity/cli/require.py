"""parity require"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from parity.door.demands import Demands
    from parity.policy.agreed import Policy

ORDER = 24
EXAMPLES = (
    "parity require",
    "parity require -- gunicorn shop.wsgi",
    "parity require --emit -o require.py",
    "parity require --policy deploy/parity.toml --declared . --emit > require.py",
)

_POLICY = "The policy: by default the nearest parity.toml or [tool.parity] of a pyproject.toml."


def run(
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="[-- COMMAND ARGS...]", help="What to become when all holds.", show_default=False),
    ] = None,
    policy: Annotated[
        str | None, typer.Option("--policy", metavar="FILE", help=_POLICY, envvar="PARITY_POLICY")
    ] = None,
    declared: Annotated[
        str | None,
        typer.Option("--declared", metavar="DIR", help="The repository of the migrations: by default the policy's."),
    ] = None,
    python: Annotated[
        str | None,
        typer.Option("--python", metavar="PATH", help="The program's interpreter, or its virtual environment."),
    ] = None,
    emit: Annotated[
        bool, typer.Option("--emit", help="Write the check as one script, for images that do not carry parity.")
    ] = False,
    output: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where --emit writes.")] = "-",
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say so when all holds.")] = False,
) -> int:
    """Hold the door until what the program needs is there: in an entrypoint, a release phase or a readiness probe.

    By the policy: the variables of environment.required are set and not empty; and what [tool.parity.door] states of
    python, packages, volumes, database and migrations. A line for each failure, exit 1, and nothing is started.
    """
    import os
    from pathlib import Path

    from parity import output as out
    from parity.configuration.find import policy as found
    from parity.door.script import script
    from parity.errors import UsageError
    from parity.text import safe

    if emit and command:
        raise UsageError("--emit takes no command", hint="the script takes it: python3 require.py -- COMMAND ARGS...")
    if not emit and output != "-":
        raise UsageError("-o is where --emit writes", hint="parity require --emit -o require.py")
    agreed = found(policy).policy
    asked = _asked(agreed, declared)
    text = script(asked, agreed.origin or "")
    if emit:
        out.write(output, text, mode=0o755, disarm=out.as_it_is)
        return 0
    from parity.door.held import failures
    from parity.snapshot.project import interpreter

    lines = failures(text, asked, interpreter(python, os.environ, str(Path.cwd()))[0])
    for line in lines:
        out.tell(f"parity require: {safe(line)}")
    if lines:
        return 1
    if verbose:
        out.tell("parity require: all holds: " + ", ".join(asked))
    if command:
        from parity.door.inside.start import become

        raise UsageError(f"cannot start {safe(command[0])}: {become(command)}")
    return 0


def _asked(agreed: Policy, declared: str | None) -> Demands:
    """What the policy asks for. Raises UsageError where that is nothing: such a door would always stand open."""
    from pathlib import Path

    from parity.door.demands import demands
    from parity.door.migrations import held_by
    from parity.errors import UsageError
    from parity.text import safe

    origin = agreed.origin
    root = Path(declared) if declared is not None else Path(origin or ".").parent
    asked = demands(agreed, held_by(root) if agreed.door.migrations else {})
    if not asked:
        nothing = f"{safe(origin)} requires nothing" if origin else "no policy here requires anything"
        raise UsageError(nothing, hint='environment.required = ["DATABASE_URL"], or a table [tool.parity.door]')
    return asked
