"""Runs the benches and prints their tables; see the package's docstring."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.environment import prepare
from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Table, as_markdown, as_text

BENCHES = Path(__file__).parent / "benches"


def main() -> int:
    """0 when every limit holds, 1 when one is exceeded, 2 when something could not be measured."""
    if sys.argv[1:2] == ["failures"]:
        from benchmarks.explaining.command import main as failures

        return failures(sys.argv[2:])
    if sys.argv[1:2] == ["declares"]:
        from benchmarks.declaring import main as declares

        return declares(sys.argv[2:])
    names = sorted(path.stem for path in BENCHES.glob("*.py") if path.stem != "__init__")
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="parity beside other tools, as ratios",
        epilog="`python -m benchmarks failures` asks how often `explain` is right; it has options of its own; "
        "`python -m benchmarks declares` asks whether a repository tells the cause by itself.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which: " + ", ".join(names))
    parser.add_argument("--runs", type=int, default=7, help="runs of each command (default 7)")
    parser.add_argument("-o", "--output", type=Path, help="write the tables as Markdown, too")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(names):
        parser.error(f"no bench is called {', '.join(sorted(unknown))}")

    tables: list[Table] = []
    try:
        environment = prepare()
        print(f"environment: {environment.counts()}\n", flush=True)
        with TemporaryDirectory(prefix="parity-bench-") as directory:
            setting = Setting(environment, Path(directory), asked.runs)
            for name in asked.names or names:
                table = _measured(name, setting)
                if table is not None:
                    tables.append(table)
                    print(as_text(table), end="\n\n", flush=True)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 2
    if asked.output:
        asked.output.write_text("\n\n".join(as_markdown(table) for table in tables) + "\n", "utf-8")
    if len(tables) < len(asked.names or names):
        return 2
    return 0 if all(limit.holds for table in tables for limit in table.limits) else 1


def _measured(name: str, setting: Setting) -> Table | None:
    try:
        table: Table = import_module(f"benchmarks.benches.{name}").run(setting)
    except Failed as failure:
        print(f"{name}: could not be measured: {failure}", end="\n\n", file=sys.stderr, flush=True)
        return None
    return table


if __name__ == "__main__":
    sys.exit(main())
