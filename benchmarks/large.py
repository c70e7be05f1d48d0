"""Profiles of thousands of items, made of what a real one holds."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import Failed
from benchmarks.setting import Setting

ITEMS = 5_000

SEAL = """
import json, sys
from parity.profile.document import from_document, render
sys.stdout.write(render(from_document(json.load(sys.stdin))))
"""


def real(setting: Setting) -> dict[str, Any]:
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


def write(setting: Setting, base: dict[str, Any], name: str, unequal: Callable[[int], bool]) -> Path:
    """A profile of ITEMS packages, those of another major version for whose number `unequal` says so."""
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
