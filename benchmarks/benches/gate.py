"""The gate under a large policy beside the plain diff of the same two profiles."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.benches.diff import ANSWERS
from benchmarks.large import ITEMS, real, write
from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, ratio, seconds

RULES, ADOPTED = 200, 500


def run(setting: Setting) -> Table:
    """Two profiles of 5,000 packages, a tenth of them unequal, under 200 rules and a baseline of 500 findings."""
    base = real(setting)
    every = ITEMS // ADOPTED
    sides = [write(setting, base, "local", lambda number: False)]
    sides.append(write(setting, base, "production", lambda number: number % every == 0))
    policy = setting.directory / "parity.toml"
    policy.write_text(_policy(), "utf-8")
    baseline = setting.directory / "baseline.json"
    under = ["--policy", policy, "--baseline", baseline]
    _adopt(setting, [*sides, *under])
    plain = setting.case("parity diff", "parity", "diff", *sides, codes=ANSWERS)
    gate = setting.case("parity gate", "parity", "gate", *sides, *under, codes=ANSWERS)
    results = setting.measure([plain, gate])
    floor = results[plain.name].median
    return Table(
        title=f"The gate on {ITEMS:,} items, under {RULES} rules and {ADOPTED} findings of the baseline",
        columns=("command", "median", "to the plain diff", "peak memory"),
        rows=[
            (name, seconds(result.median), ratio(result.median / floor), megabytes(result.peak))
            for name, result in results.items()
        ],
        limits=[Limit("parity gate, to the plain diff", results[gate.name].median / floor, 2.0)],
    )


def _policy() -> str:
    """Rules that match here and there, by a finding's id and by globs over names."""
    rules = (f'[[rules]]\nmatch = "packages.*-{number}1"\nseverity = "warning"\n' for number in range(RULES))
    return 'allow-unknown = ["python", "environment"]\n\n' + "\n".join(rules)


def _adopt(setting: Setting, words: list[str | Path]) -> None:
    command = [str(setting.environment.program("parity")), "baseline", "create", *map(str, words)]
    environ = setting.environment.activated
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=setting.directory, env=environ)
    if done.returncode != 0:
        raise Failed(f"parity baseline: {done.stderr.strip()[-500:]}")
