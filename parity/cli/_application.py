"""The Typer application: every command of this directory, found by its file."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer


def application() -> typer.Typer:
    """The Typer application with every command of this directory."""
    app = typer.Typer(
        name="parity",
        help="It works here, why not there? Snapshot two environments and diff them.",
        epilog="Exit codes: 0 parity, 1 drift, 2 usage or invalid input, 3 incomplete, 4 internal error.",
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_callback)
    for module in commands():
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        examples = "\n\n".join(f"$ {line}" for line in module.EXAMPLES)
        app.command(name, help=_paragraphs(module.run), epilog=f"Examples\n\n{examples}")(module.run)
    return app


def commands() -> list[ModuleType]:
    """The modules of the commands, in the order in which the help lists them."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    return sorted((import_module(f"{__package__}.{name}") for name in names), key=lambda module: int(module.ORDER))


def _paragraphs(command: Callable[..., int]) -> str:
    """The docstring with each paragraph on one line, for the terminal to wrap at its own width."""
    return "\n\n".join(" ".join(part.split()) for part in (inspect.getdoc(command) or "").split("\n\n"))


def _callback(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    if version:
        from parity import __version__

        typer.echo(f"parity {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)
