"""The diff of two large profiles beside what loading them costs anybody."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.large import ITEMS, real, write
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, ratio, seconds

LOADING = "import typer, json, deepdiff, sys; [json.load(open(path)) for path in sys.argv[1:]]"
ANSWERS = frozenset({0, 1, 3})
"""Exit codes of a diff that has an answer."""


def run(setting: Setting) -> Table:
    """Two profiles of 5,000 packages: the same, a percent of them unequal, and all of them unequal."""
    base = real(setting)
    local = write(setting, base, "local", lambda number: False)
    kinds: dict[str, Callable[[int], bool]] = {
        "equal": lambda number: False,
        "1 % unequal": lambda number: number % 100 == 0,
        "all unequal": lambda number: True,
    }
    others = {kind: write(setting, base, kind.replace(" ", "-"), unequal) for kind, unequal in kinds.items()}
    cases = [
        setting.case(f"parity diff, {kind}", "parity", "diff", local, other, codes=ANSWERS)
        for kind, other in others.items()
    ]
    loading = setting.case("import typer, json, deepdiff; load both", "python", "-c", LOADING, local, others["equal"])
    results = setting.measure([*cases, loading])
    floor = results[loading.name].median
    return Table(
        title=f"A diff of two profiles of {ITEMS:,} items each",
        columns=("command", "median", "to loading both", "peak memory"),
        rows=[
            (name, seconds(result.median), ratio(result.median / floor), megabytes(result.peak))
            for name, result in results.items()
        ],
        limits=[Limit(f"{case.name}, to loading both", results[case.name].median / floor, 2.0) for case in cases]
        + [Limit("peak memory of a diff", max(results[case.name].peak for case in cases) / 1e6, 80, " MB")],
    )
