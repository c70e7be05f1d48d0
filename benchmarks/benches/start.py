"""What it costs to ask for help: the price of the command line itself."""

from __future__ import annotations

from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, ratio, seconds

EMPTY = """
import typer

app = typer.Typer()


@app.command()
def main() -> None:
    "Nothing."


app()
"""


def run(setting: Setting) -> Table:
    """`parity --help` beside the help of a Typer application that does nothing."""
    empty = setting.directory / "empty.py"
    empty.write_text(EMPTY)
    ours = setting.case("parity --help", "parity", "--help")
    bare = setting.case("an empty Typer app's --help", "python", empty, "--help")
    results = setting.measure([ours, bare])
    base = results[bare.name].median
    return Table(
        title="The start of the command line",
        columns=("command", "median", "to an empty app", "peak memory"),
        rows=[
            (name, seconds(result.median), ratio(result.median / base), megabytes(result.peak))
            for name, result in results.items()
        ],
        limits=[Limit("parity --help to an empty Typer app", results[ours.name].median / base, 1.5)],
    )
