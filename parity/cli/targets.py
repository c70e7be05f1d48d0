"""parity targets"""

from __future__ import annotations

from typing import Annotated

import typer

ORDER = 40
EXAMPLES = (
    "parity targets",
    "parity targets --format json | jq -r '.targets[].example'",
)


def run(
    format_name: Annotated[
        str, typer.Option("--format", metavar="NAME", help="terminal or json.", autocompletion=lambda: list(_FORMATS))
    ] = "terminal",
) -> int:
    """List the kinds of target: what each leads to, how it is written, and which options it takes."""
    import json
    from dataclasses import asdict

    from parity.cli._options import check_format
    from parity.cli._screen import screen
    from parity.output import as_it_is, write
    from parity.report.targets_terminal import Kind, render
    from parity.snapshot.request import Request
    from parity.targets import kinds, load
    from parity.targets._words import SHORT

    check_format(format_name, _FORMATS)
    known = []
    for name in sorted(kinds()):
        module = load(name)
        short = sorted(short for short, kind in SHORT.items() if kind == name)
        known.append(Kind(name, module.SUMMARY, module.EXAMPLE, sorted(module.OPTIONS), short))
    common = sorted(Request.option_names())
    if format_name == "json":
        document = {"targets": [asdict(kind) for kind in known], "options": common}
        write("-", json.dumps(document, indent=2) + "\n", disarm=as_it_is)
    else:
        write("-", render(known, common, screen()), disarm=as_it_is)
    return 0


_FORMATS = ("terminal", "json")
