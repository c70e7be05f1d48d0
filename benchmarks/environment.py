"""The environment that is measured: a venv of about 400 real distributions, compiled, built once.

It stands under .cache/benchmarks and is built again when environment.txt or the interpreter changes; parity itself
is installed into it anew for each run, as a wheel with compiled bytecode, as its rivals are.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.measure import Failed

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "benchmarks"
LOCKED = Path(__file__).with_suffix(".txt")

VERSIONS = ((3, 11), (3, 12))
"""What the locked list resolves for and every rival supports."""


@dataclass(frozen=True)
class Environment:
    """A venv with everything in it."""

    path: Path

    def program(self, name: str) -> Path:
        return self.path / "bin" / name

    @property
    def activated(self) -> dict[str, str]:
        """The variables of a shell in which it is active."""
        return {"VIRTUAL_ENV": str(self.path), "PATH": f"{self.path}/bin:/usr/bin:/bin"}

    @cached_property
    def site(self) -> Path:
        return next(self.path.glob("lib/python3.*/site-packages"))

    def counts(self) -> str:
        distributions = sum(1 for _ in self.site.glob("*.dist-info"))
        modules = sum(1 for _ in self.site.rglob("*.so"))
        status = Path("/var/lib/dpkg/status")
        packages = status.read_text("utf-8", "replace").count("\nPackage: ") + 1 if status.exists() else 0
        return f"{distributions} distributions, {modules} extension modules, {packages} Debian packages"


def prepare() -> Environment:
    """The environment, built when it is not there, with the parity of this tree in it. Raises Failed."""
    python = _python()
    digest = hashlib.sha256(LOCKED.read_bytes() + python.encode()).hexdigest()[:12]
    built = Environment(CACHE / f"environment-{digest}")
    complete = built.path / "complete"
    if not complete.exists():
        print(f"building an environment of {LOCKED.read_text().count('==')} distributions, once ...", flush=True)
        shutil.rmtree(built.path, ignore_errors=True)
        _run(python, "-m", "venv", built.path)
        _run(built.program("python"), "-m", "pip", "install", "-qq", _locked_uv())
        _install(built, "--requirement", LOCKED)
        complete.touch()
    _install_parity(built)
    return built


def _install_parity(built: Environment) -> None:
    wheels = CACHE / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "wheel", "-qq", "--no-deps", "--no-build-isolation"]
    _run(*pip, "--wheel-dir", wheels, ROOT)
    _install(built, "--reinstall", *wheels.glob("parity-*.whl"))


def _install(built: Environment, *what: str | Path) -> None:
    uv: list[str | Path] = [
        built.program("uv"),
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--link-mode",
        "copy",
        "--compile-bytecode",
    ]
    _run(*uv, "--python", built.program("python"), *what)


def _locked_uv() -> str:
    return next(line for line in LOCKED.read_text().splitlines() if line.startswith("uv=="))


def _python() -> str:
    """The path of an interpreter of the right version: the one below this process, or the first on PATH."""
    if sys.version_info[:2] in VERSIONS:
        return str(Path(sys.executable).resolve())
    for major, minor in VERSIONS:
        found = shutil.which(f"python{major}.{minor}")
        if found:
            return found
    raise Failed("the benchmark needs Python 3.11 or 3.12: venv-match runs on nothing later")


def _run(*words: str | Path) -> None:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{Path(words[0]).name} {words[1]} failed:\n{done.stderr[-2000:]}")
