"""A runner of GitHub Actions, as far as the steps of an action and of a job see one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.templates.written import ROOT, loaded, scripted

ACTION = ROOT / "action.yml"

_EXPRESSION = re.compile(r"\$\{\{ ([a-z-]+(?:\.[a-z-]+)+) \}\}")


class Runner:
    """Its directories and files, and what it hands from one step to the next."""

    def __init__(self, directory: Path, env: Mapping[str, str]) -> None:
        self.temp = directory / "temp"
        self.temp.mkdir()
        self.files = {
            name: directory / name.lower()
            for name in ("GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")
        }
        self.env = {
            **env,
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(self.temp),
            **{name: str(path) for name, path in self.files.items()},
        }

    def action(self, cwd: Path, code: int = 0, **inputs: str) -> dict[str, str]:
        """Run the action: its steps one after the other, up to one that fails, which ends with `code`. Its outputs."""
        action = loaded(ACTION)
        values = {f"inputs.{name}": str(one.get("default", "")) for name, one in action["inputs"].items()}
        values |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        steps = action["runs"]["steps"]
        for step in steps:
            self.said = self.run(step, cwd, values, code if step is steps[-1] else 0)
            values |= {f"steps.{step['id']}.outputs.{name}": value for name, value in self.outputs().items()}
        return {name: _filled(one["value"], values) for name, one in action["outputs"].items()}

    def step(self, step: dict[str, Any], cwd: Path, code: int = 0, **inputs: str) -> str:
        """Run a step of the action with some of its inputs; the others are as by default."""
        given = {f"inputs.{name}": one.get("default", "") for name, one in loaded(ACTION)["inputs"].items()}
        return self.run(
            step, cwd, given | {f"inputs.{name.replace('_', '-')}": one for name, one in inputs.items()}, code
        )

    def run(self, step: dict[str, Any], cwd: Path, values: Mapping[str, str], code: int = 0) -> str:
        """Run one step, with the values of the expressions in its environment; what it prints."""
        env = {name: _filled(word, values) for name, word in step.get("env", {}).items()}
        where = cwd / _filled(step.get("working-directory", "."), values)
        said = scripted(step["run"], where, {**self.env, **env}, code)
        self.env |= _pairs(self.files["GITHUB_ENV"])
        return said

    def outputs(self) -> dict[str, str]:
        """What the last step gave."""
        return _pairs(self.files["GITHUB_OUTPUT"])


def _pairs(path: Path) -> dict[str, str]:
    """The lines NAME=VALUE of a file that a step has written, which are taken out of it."""
    if not path.exists():
        return {}
    lines = path.read_text().splitlines()
    path.unlink()
    return dict(line.split("=", 1) for line in lines)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its expressions filled in. Raises KeyError for one that has no value."""
    return _EXPRESSION.sub(lambda found: values[found[1]], text)
