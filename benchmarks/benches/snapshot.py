"""The whole local snapshot beside the tools that answer a part of the question, and the floor under all of them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.measure import Case
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, ratio, seconds

READING = Path(__file__).parents[1] / "reading.py"

RIVAL = "venv-match capture"
OURS = "parity snapshot"


def run(setting: Setting) -> Table:
    """Each tool writes the fullest record that it can, in one environment, without a database."""
    out = setting.directory
    site = setting.environment.site
    cases = [
        setting.case(OURS, "parity", "snapshot", "-o", out / "parity.json"),
        setting.case(RIVAL, "venv-match", "capture", "--overwrite", "-o", out / "venv-match.json"),
        setting.case("uv pip list", "uv", "pip", "list", "--format", "json"),
        setting.case("pip freeze", "pip", "--disable-pip-version-check", "freeze"),
        setting.case("pip inspect", "pip", "--disable-pip-version-check", "inspect"),
        setting.case("pycheckem snapshot", "pycheckem", "snapshot", "-o", out / "pycheckem.json"),
    ]
    floors = [
        setting.case("floor: start of Python", "python", "-I", "-S", "-c", "pass"),
        setting.case("floor: start, and the files read", "python", "-I", "-S", READING, site),
        setting.case("floor: start, and import typer", "python", "-c", "import typer"),
    ]
    results = setting.measure([*cases, *floors])
    ours, rival = results[OURS], results[RIVAL]
    rows = [
        (case.name, seconds(results[case.name].median), ratio(results[case.name].median / rival.median),
         megabytes(results[case.name].peak))
        for case in [*cases, *floors]
    ]  # fmt: skip
    # The two run side by side, so the larger of them is what cannot be avoided.
    floor = max(results[case.name].median for case in floors[1:])
    return Table(
        title=f"A whole local snapshot ({setting.environment.counts()})",
        columns=("command", "median", f"to {RIVAL}", "peak memory"),
        rows=rows,
        limits=[
            Limit(f"{OURS} to {RIVAL}", ours.median / rival.median, 0.7),
            Limit("peak memory of the snapshot", ours.peak / 1e6, 80, " MB"),
        ],
        notes=[
            f"the floor is {100 * floor / ours.median:.0f} % of {OURS}",
            f"the floor reads {_bytes_read(floors[1], out) / 1e6:.1f} MB",
            f"the profile has {(out / 'parity.json').stat().st_size / 1e3:.0f} kB",
        ],
    )


def _bytes_read(case: Case, directory: Path) -> int:
    words = [str(word) for word in case.command]
    return int(subprocess.run(words, capture_output=True, text=True, check=True, cwd=directory).stdout)
