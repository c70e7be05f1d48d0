"""Many targets side by side: the time is the slowest one's and not the sum, and one that hangs costs its deadline."""

from __future__ import annotations

from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, seconds

COUNT = 50
AWAY = 2.0
"""Seconds that each target is away, as a host behind a slow line is; its probe works on top of that."""
DEADLINE = 6


def run(setting: Setting) -> Table:
    """One target, fifty of them, and fifty of which one hangs until its deadline."""
    out = setting.directory / "many"
    out.mkdir(exist_ok=True)
    away = f"exec:sh -c 'sleep {AWAY}; exec python3 -'"
    hangs = "exec:sh -c 'sleep 600; exec python3 -'"
    common = ("--section", "environment", "--timeout", f"{DEADLINE * 5}", "-o", out)
    short = ("--section", "environment", "--timeout", f"{DEADLINE}", "-o", out)
    one = setting.case("1 target", "parity", "snapshot", away, *common)
    fifty = setting.case(f"{COUNT} targets", "parity", "snapshot", *[away] * COUNT, *common)
    hung = setting.case(
        f"{COUNT} targets, one hangs for {DEADLINE} s", "parity", "snapshot", hangs, *[away] * (COUNT - 1), *short,
        codes=frozenset({3}),
    )  # fmt: skip
    results = setting.measure([one, fifty, hung])
    slowest = results[one.name].median
    return Table(
        title="Many targets side by side",
        columns=("command", "median", "one after the other", "peak memory"),
        rows=[
            (
                case.name,
                seconds(results[case.name].median),
                seconds(count * slowest),
                megabytes(results[case.name].peak),
            )
            for case, count in ((one, 1), (fifty, COUNT), (hung, COUNT))
        ],
        limits=[
            Limit(f"{COUNT} targets to one", results[fifty.name].median / slowest, 3),
            Limit("above its deadline, where one hangs", results[hung.name].median - DEADLINE, 3, " s"),
        ],
    )
