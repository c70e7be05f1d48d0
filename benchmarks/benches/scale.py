"""How the time of a snapshot grows with the number of distributions."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from benchmarks.environment import CACHE, Environment
from benchmarks.measure import Case
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, seconds

SIZES = (500, 1_000, 2_000, 5_000)
BEND = 1.3
"""How much more a distribution may cost from 2,000 to 5,000 than from 500 to 2,000."""


def run(setting: Setting) -> Table:
    """Environments made of real metadata, copied under new names, extension modules included."""
    cases = {}
    for size in SIZES:
        made = _make(setting.environment, size)
        words: list[str | Path] = [
            setting.environment.program("parity"),
            "snapshot",
            "-o",
            setting.directory / "s.json",
        ]
        cases[size] = Case(f"{size:,} distributions", words, environment=made.activated)
    results = setting.measure(list(cases.values()))
    medians = {size: results[case.name].median for size, case in cases.items()}
    early = (medians[2_000] - medians[500]) / 1_500
    late = (medians[5_000] - medians[2_000]) / 3_000
    return Table(
        title="Growth with the number of distributions",
        columns=("environment", "median", "per distribution", "peak memory"),
        rows=[
            (case.name, seconds(medians[size]), f"{1e6 * medians[size] / size:.0f} µs",
             megabytes(results[case.name].peak))
            for size, case in cases.items()
        ],
        limits=[
            Limit("a further distribution after 2,000 to one before", late / early if early > 0 else 1.0, BEND),
            Limit("peak memory at 5,000 distributions", results[cases[5_000].name].peak / 1e6, 80, " MB"),
        ],
    )  # fmt: skip


def _make(real: Environment, size: int) -> Environment:
    """A venv with `size` distributions: the real ones, and copies of their metadata under other names.

    Extension modules are hard links, everything else of a package is left out and out of its list of files.
    """
    made = Environment(CACHE / f"scale-{size}-{real.path.name}")
    complete = made.path / "complete"
    if complete.exists():
        return made
    shutil.rmtree(made.path, ignore_errors=True)
    site = made.path / real.site.relative_to(real.path)
    site.mkdir(parents=True)
    (made.path / "bin").mkdir()
    shutil.copy(real.path / "pyvenv.cfg", made.path / "pyvenv.cfg")
    (made.path / "bin" / "python").symlink_to((real.path / "bin" / "python").resolve())
    originals = sorted(real.site.glob("*.dist-info"))
    for number in range(size):
        _copy(originals[number % len(originals)], site, number // len(originals))
    complete.touch()
    return made


def _copy(original: Path, site: Path, copy: int) -> None:
    name, _, version = original.name.removesuffix(".dist-info").partition("-")
    prefix = f"copy{copy}_"
    directory = site / f"{prefix}{name}-{version}.dist-info"
    directory.mkdir()
    for kept in ("METADATA", "WHEEL", "INSTALLER", "top_level.txt", "entry_points.txt"):
        if (original / kept).is_file():
            shutil.copy(original / kept, directory / kept)
    metadata = (original / "METADATA").read_text("utf-8")
    (directory / "METADATA").write_text(metadata.replace("\nName: ", f"\nName: {prefix}", 1), "utf-8")
    rows = []
    for row in (original / "RECORD").read_text("utf-8").splitlines():
        path = row.partition(",")[0]
        if path.startswith(original.name):
            rows.append(row.replace(original.name, directory.name))
        elif not path.startswith("..") and path.endswith((".so", ".py")):
            rows.append(prefix + row)
            source = original.parent / path
            if path.endswith(".so") and source.is_file():
                (site / f"{prefix}{path}").parent.mkdir(parents=True, exist_ok=True)
                os.link(source, site / f"{prefix}{path}")
    (directory / "RECORD").write_text("\n".join(rows) + "\n", "utf-8")
