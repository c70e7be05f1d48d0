"""parity rules"""

from __future__ import annotations

from typing import Annotated

import typer

ORDER = 42
EXAMPLES = (
    "parity rules",
    "parity rules packages",
    "parity rules packages.minor",
    "parity rules --format json | jq -r '.rules[].id'",
)

_FORMATS = ("terminal", "json")


def _complete(incomplete: str) -> list[str]:
    from parity.policy.registry import registry

    return [name for name in registry() if name.startswith(incomplete)]


def run(
    name: Annotated[
        str | None, typer.Argument(metavar="ID", help="One rule, or a section.", autocompletion=_complete)
    ] = None,
    format_name: Annotated[
        str, typer.Option("--format", metavar="NAME", help="terminal or json.", autocompletion=lambda: list(_FORMATS))
    ] = "terminal",
) -> int:
    """List what a finding can be: its id, what it means, and how much it weighs by default.

    One id gives its page: why it matters, what to do next, and how a policy weighs or waives it.
    """
    import json
    from dataclasses import asdict

    from parity.cli._options import check_format
    from parity.cli._screen import screen
    from parity.errors import UsageError
    from parity.output import as_it_is, write
    from parity.policy.pages import pages
    from parity.report.rules_terminal import page, table
    from parity.text import safe

    check_format(format_name, _FORMATS)
    every = pages()
    chosen = [one for one in every if name in (None, one.id, one.section)]
    if not chosen:
        from difflib import get_close_matches

        near = get_close_matches(str(name), [one.id for one in every], 1, 0.7)
        hint = f"did you mean {near[0]}?" if near else "`parity rules` lists them"
        raise UsageError(f"there is no rule {safe(name)!r}", hint=hint)
    if format_name == "json":
        write("-", json.dumps({"rules": [asdict(one) for one in chosen]}, indent=2) + "\n", disarm=as_it_is)
    else:
        shown = page(chosen[0], screen()) if name == chosen[0].id else table(chosen, screen())
        write("-", shown, disarm=as_it_is)
    return 0
