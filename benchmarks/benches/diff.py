"""The diff of two large profiles beside what loading them costs anybody."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, ratio, seconds

ITEMS = 5_000
LOADING = "import typer, json, deepdiff, sys; [json.load(open(path)) for path in sys.argv[1:]]"
ANSWERS = frozenset({0, 1, 3})
"""Exit codes of a diff that has an answer."""

SEAL = """
import json, sys
from parity.profile.document import from_document, render
sys.stdout.write(render(from_document(json.load(sys.stdin))))
"""


def run(setting: Setting) -> Table:
    """Two profiles of 5,000 packages: the same, a percent of them unequal, and all of them unequal."""
    base = _profile(setting)
    local = _write(setting, base, "local", lambda number: False)
    kinds: dict[str, Callable[[int], bool]] = {
        "equal": lambda number: False,
        "1 % unequal": lambda number: number % 100 == 0,
        "all unequal": lambda number: True,
    }
    others = {kind: _write(setting, base, kind.replace(" ", "-"), unequal) for kind, unequal in kinds.items()}
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


def _profile(setting: Setting) -> dict[str, Any]:
    """A real profile of the environment, whose packages are the stuff that the large ones are made of."""
    path = setting.directory / "real.json"
    words = [str(setting.environment.program("parity")), "snapshot", "-o", str(path)]
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, cwd=setting.directory, env=setting.environment.activated
    )
    if done.returncode != 0:
        raise Failed(f"parity snapshot: {done.stderr.strip()[-500:]}")
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def _write(setting: Setting, base: dict[str, Any], name: str, unequal: Callable[[int], bool]) -> Path:
    real = sorted(base["sections"]["packages"]["items"].items())
    packages = {}
    for number in range(ITEMS):
        key, item = real[number % len(real)]
        major = "2" if unequal(number) else "1"
        packages[f"{key}-{number}"] = {**item, "version": f"{major}.{number}"}
    sections = {"packages": {**base["sections"]["packages"], "items": packages}}
    document = {**base, "sections": sections}
    seal = [str(setting.environment.program("python")), "-c", SEAL]
    done = subprocess.run(seal, input=json.dumps(document), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"the profile breaks a rule: {done.stderr.strip()[-500:]}")
    path = setting.directory / f"{name}.json"
    path.write_text(done.stdout, "utf-8")
    return path
