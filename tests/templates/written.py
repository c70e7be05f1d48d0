"""Templates as `parity init` writes them into a repository, and the programs that judge and run them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from parity import __version__
from tests.cli.program import environment, parity
from tests.proof.profiles import WHOLE, profile, section

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent

PROJECT = """\
[project]
name = "shop"
version = "1"
requires-python = ">=3.9"
dependencies = ["requests==2.32.3"]
"""
SOURCE = """\
import os

import requests

SETTINGS = os.environ["APP_SETTINGS"]
"""


def repository(directory: Path, requests: str = "2.32.3") -> Path:
    """A repository under version control, with the profile of a production that has some version of requests."""
    (directory / "profiles").mkdir(parents=True)
    (directory / "pyproject.toml").write_text(PROJECT)
    (directory / "shop.py").write_text(SOURCE)
    found = {**WHOLE, "packages": section(requests={"version": requests}, idna={"version": "3.10"})}
    (directory / "profiles" / "production.json").write_bytes(profile(found, name="production"))
    git(directory, "init", "--quiet", "--initial-branch=main")
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message=shop")
    return directory


def git(directory: Path, *words: str) -> str:
    """What git says there, as somebody who may commit."""
    own = ("-c", "user.name=dev", "-c", "user.email=dev@example.com", "-c", "safe.directory=*")
    done = subprocess.run(["git", *own, *words], cwd=directory, check=True, capture_output=True, text=True)
    return done.stdout


def written(kind: str, directory: Path, *options: str) -> Path:
    """The file that `parity init KIND` writes there, with the name of this version for pip where none is given."""
    before = set(directory.rglob("*"))
    named = () if "--install" in options else ("--install", f"parity=={__version__}")
    result = parity("init", kind, *options, *named, cwd=directory)
    assert (result.code, result.out) == (0, ""), result.err
    (path,) = (path for path in set(directory.rglob("*")) - before if path.is_file())
    return path


def loaded(path: Path) -> Any:
    """A file of YAML; the key `on` stays a word."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def valid(path: Path, schema: str) -> None:
    """Hold a file against one of the schemas that check-jsonschema carries."""
    ran([PROGRAMS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", path], path.parent)


def ran(words: list[str | Path], cwd: Path, env: Mapping[str, str] | None = None, code: int = 0) -> str:
    """Run a program to its end, which is the one that is expected; what it said on both streams."""
    done = subprocess.run(
        [*map(str, words)],
        cwd=cwd,
        env={**environment(), **(env or {})},
        check=False,
        timeout=120,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == code, done.stdout
    return done.stdout


def scripted(script: str, cwd: Path, env: Mapping[str, str], code: int = 0) -> str:
    """Run a step's script as the runner does with `shell: bash`."""
    assert "${{" not in script, "an expression would become part of the script's text"
    return ran(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd, env, code)


def beside_this_python(directory: Path) -> dict[str, str]:
    """An environment in which pip takes nothing from a network, and what it installs finds the dependencies here."""
    site = next(path for path in sys.path if path.endswith("site-packages"))
    return {
        "HOME": str(directory),
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PYTHONPATH": site,
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
    }


def wheel(directory: Path) -> str:
    """The directory, with the wheel of this tree in it."""
    words: list[str | Path] = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    ran([sys.executable, *words, "--wheel-dir", directory, ROOT], ROOT, {"HOME": str(directory)})
    return str(directory)


def as_this_machine_installs(directory: Path, wheels: str) -> dict[str, str]:
    """An environment in which pip installs as it does on this machine, and from a directory besides."""
    own = {
        name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.lower().endswith("_proxy")
    }
    links = " ".join(filter(None, [wheels, own.get("PIP_FIND_LINKS")]))
    return {
        **own,
        "HOME": str(directory),
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "PIP_FIND_LINKS": links,
    }
