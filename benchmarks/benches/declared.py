"""A repository of 5,000 Python files as a target, beside what parsing them costs anybody."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.environment import CACHE, Environment
from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, ratio, seconds

FILES = 5_000
LARGEST = 24_000
"""Bytes of a file that is taken: an installed package has tables and bundled code that no repository has."""
A_PACKAGE = 50
"""Files of one directory."""
LINES = 50_000

PARSING = """
import ast, gc, sys, warnings
from pathlib import Path
warnings.simplefilter("ignore")
gc.disable()
for path in sorted(Path(sys.argv[1]).rglob("*.py")):
    try:
        ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        pass
"""
"""The least that a reader by syntax trees does, in one process."""


def run(setting: Setting) -> Table:
    """The whole snapshot of three repositories: a large one, one long file, and a binary named .py."""
    many = _many(setting.environment)
    lines = sum(path.read_bytes().count(b"\n") for path in many.rglob("*.py"))
    long, binary = setting.directory / "long", setting.directory / "binary"
    _write(long, {"long.py": b"import os\n" + b"VALUES = [1, 'a', {'b': 2.5}]\n" * LINES})
    _write(binary, {"binary.py": bytes(range(256)) * (1 << 14)})
    _write(setting.directory / "empty", {"empty.py": b""})
    cases = [
        setting.case(f"parity snapshot repo:, {name}", "parity", "snapshot", f"repo:{root}", "-o", _answer(setting))
        for name, root in {
            f"{FILES:,} files of {lines:,} lines": many,
            f"one file of {LINES:,} lines": long,
            "a binary of 4 MB": binary,
            "one empty file": setting.directory / "empty",
        }.items()
    ]
    floors = [
        setting.case(f"ast.parse, {name}", "python", "-c", PARSING, root)
        for name, root in {f"{FILES:,} files": many, f"{LINES:,} lines": long}.items()
    ]
    results = setting.measure([*cases, *floors])
    large, one, blob, nothing = (results[case.name] for case in cases)
    floor, parsed = (results[case.name] for case in floors)
    return Table(
        title="A repository",
        columns=("command", "median", "peak memory"),
        rows=[(name, seconds(result.median), megabytes(result.peak)) for name, result in results.items()],
        limits=[
            Limit(f"a repository of {FILES:,} files", large.median, 3.0, " s"),
            Limit("peak memory of its largest process", large.peak / 1e6, 300, " MB"),
            Limit("a long file above an empty one, to parsing it", (one.median - nothing.median) / parsed.median, 2.0),
            Limit("peak memory of a long file", one.peak / 1e6, 300, " MB"),
            Limit("a binary above an empty file", blob.median - nothing.median, 0.2, " s"),
        ],
        notes=[f"the large one, to parsing it in one process: {ratio(large.median / floor.median)}"],
    )


def _answer(setting: Setting) -> Path:
    return setting.directory / "declared.json"


def _many(environment: Environment) -> Path:
    """A repository of real files, taken evenly from the environment, in packages of a src layout; built once."""
    real = [path for path in sorted(environment.site.rglob("*.py")) if 0 < path.stat().st_size <= LARGEST]
    if len(real) < FILES:
        raise Failed(f"the environment has {len(real):,} files of Python, {FILES:,} are needed")
    chosen = [real[number * len(real) // FILES] for number in range(FILES)]
    digest = hashlib.sha256("\n".join(str(path) for path in chosen).encode()).hexdigest()[:12]
    root = CACHE / f"repository-{digest}"
    if (root / "complete").exists():
        return root
    shutil.rmtree(root, ignore_errors=True)
    for number, path in enumerate(chosen):
        package = root / "src" / f"package{number // A_PACKAGE}"
        package.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, package / f"module{number % A_PACKAGE}.py")
    for package in root.glob("src/*"):
        (package / "__init__.py").touch()
    _write(
        root, {"pyproject.toml": b'[project]\nname = "large"\ndependencies = ["requests"]\n', ".env.example": b"A=1\n"}
    )
    _git(root, "init", "--quiet")
    _git(root, "add", "--all")
    _git(root, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message", "All")
    (root / ".git" / "info" / "exclude").write_text("complete\n", "utf-8")
    (root / "complete").touch()
    return root


def _write(root: Path, files: dict[str, bytes]) -> None:
    root.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (root / name).write_bytes(data)


def _git(root: Path, *words: str) -> None:
    command: Sequence[str] = ["git", "-C", str(root), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"git {words[0]}: {done.stderr.strip()[-500:]}")
