"""The workflow and the action: by their schemas, and by running the scripts of their steps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parity import __version__
from tests.report.consumers import Command, commands
from tests.templates.runner import ACTION, Runner
from tests.templates.written import (
    as_this_machine_installs,
    beside_this_python,
    git,
    loaded,
    ran,
    repository,
    scripted,
    valid,
    wheel,
    written,
)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """One on which the action has installed parity from its own code."""
    directory = tmp_path_factory.mktemp("runner")
    runner = Runner(directory, beside_this_python(directory))
    install, _ = loaded(ACTION)["runs"]["steps"]
    runner.step(install, runner.temp)
    return runner


@pytest.fixture
def gate() -> dict[str, Any]:
    """The action's own step."""
    step: dict[str, Any] = loaded(ACTION)["runs"]["steps"][1]
    return step


def test_the_action_is_valid_and_its_inputs_reach_scripts_through_the_environment_alone() -> None:
    valid(ACTION, "github-actions")
    action = loaded(ACTION)
    asked = set()
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]
        asked |= {word.removeprefix("${{ inputs.").removesuffix(" }}") for word in step["env"].values()}
    assert asked | {"working-directory"} == set(action["inputs"])


def test_the_action_gates_and_tells(runner: Runner, gate: dict[str, Any], tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", requests="1.0")
    words = {"local": "repo:.", "production": "profiles/production.json", "sarif": "parity.sarif"}
    said = runner.step(gate, shop, code=1, **words)
    found = runner.outputs()
    assert (found["verdict"], found["exit-code"]) == ("drift", "1")
    assert json.loads(Path(found["json"]).read_text())["verdict"] == "drift"
    assert json.loads((shop / "parity.sarif").read_text())["version"] == "2.1.0"
    told = [one for one in commands(said) if isinstance(one, Command)]
    assert [one.properties.get("file") for one in told if one.name == "error"] == ["pyproject.toml"]
    assert "requests" in Path(runner.env["GITHUB_STEP_SUMMARY"]).read_text()
    runner.step(gate, shop, code=0, **words, exit_zero="true")
    assert runner.outputs()["verdict"] == "drift"


def test_the_action_is_green_for_parity_and_never_for_what_is_wrong(
    runner: Runner, gate: dict[str, Any], tmp_path: Path
) -> None:
    shop = repository(tmp_path / "shop")
    Path(runner.env["GITHUB_STEP_SUMMARY"]).unlink(missing_ok=True)
    runner.step(gate, shop, local="repo:.", production="profiles/production.json", summary="false")
    assert runner.outputs()["verdict"] == "parity"
    assert not Path(runner.env["GITHUB_STEP_SUMMARY"]).exists()
    runner.step(gate, shop, code=2, local="repo:.", production="nowhere.json", exit_zero="true")
    assert runner.outputs() == {"verdict": "error", "exit-code": "2", "json": str(runner.temp / "parity.json")}


def test_an_input_is_a_word_and_never_a_command(runner: Runner, gate: dict[str, Any], tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop")
    attack = '"; touch attacked; $(touch attacked) `touch attacked` #'
    for name in ("local", "production", "policy", "fail_on", "max_age"):
        runner.step(gate, shop, code=2, **{"local": "repo:.", "production": "profiles/production.json", name: attack})
        assert runner.outputs()["verdict"] == "error"
    assert not list(tmp_path.rglob("attacked"))


def test_the_workflow_is_valid_and_its_steps_run(runner: Runner, tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", requests="1.0")
    path = written("github", shop, "--target", "profiles/production.json", "--production", "profiles/now.json")
    assert path == shop / ".github" / "workflows" / "parity.yml"
    valid(path, "github-workflows")
    workflow = loaded(path)
    steps = {step["name"]: step for job in workflow["jobs"].values() for step in job["steps"] if "run" in step}
    assert all("${{" not in step["run"] for step in steps.values())
    env = {**runner.env, **workflow["env"], **workflow["jobs"]["snapshot"]["env"]}
    scripted(steps["Snapshot production"]["run"], shop, env)
    origin = tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--bare", str(origin))
    git(shop, "remote", "add", "origin", str(origin))
    git(shop, "push", "--quiet", "--set-upstream", "origin", "main")
    scripted(steps["Commit the profile"]["run"], shop, env)
    assert git(origin, "show", "--stat", "--format=%s", "main").split("\n")[0] == "Snapshot production [skip ci]"
    said = scripted(steps["Gate"]["run"], shop, {**env, **steps["Gate"]["env"]}, code=1)
    assert "DRIFT  1 error" in said
    assert (shop / "parity.sarif").exists()


def test_the_install_step_takes_what_it_is_told(tmp_path: Path) -> None:
    install = loaded(written("github", tmp_path, "--install", "git+https://example.com/parity@v1"))
    assert install["env"]["PARITY_INSTALL"] == "git+https://example.com/parity@v1"
    step = loaded(ACTION)["runs"]["steps"][0]
    runner = Runner(tmp_path, beside_this_python(tmp_path))
    assert "starts with a dash" in runner.step(step, tmp_path, code=2, version="--index-url=http://attack.example")
    assert ran(["ls", runner.temp], tmp_path) == ""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A directory with the wheel of this tree."""
    return wheel(tmp_path_factory.mktemp("wheels"))


def test_the_action_installs_a_release_and_gates(release: str, tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", requests="1.0")
    # Beside its dependencies there is an installation of parity, too.
    runner = Runner(tmp_path, {**beside_this_python(tmp_path), "PIP_FIND_LINKS": release, "PIP_IGNORE_INSTALLED": "1"})
    words = {"local": "repo:.", "production": "profiles/production.json", "junit": "parity.xml"}
    found = runner.action(tmp_path, code=1, version=__version__, working_directory="shop", **words)
    assert (found["verdict"], found["exit-code"]) == ("drift", "1")
    assert json.loads(Path(found["json"]).read_text())["verdict"] == "drift"
    assert (shop / "parity.xml").exists()
    assert "requests" in runner.files["GITHUB_STEP_SUMMARY"].read_text()
    python = runner.temp / "parity" / "bin" / "python"
    assert ran([python, "-c", "import parity; print(parity.__file__)"], tmp_path).startswith(str(runner.temp))


def test_a_workflow_runs_as_it_is_written(release: str, tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop")
    path = written("github", shop)
    valid(path, "github-workflows")
    workflow = loaded(path)
    assert workflow["on"] == {"pull_request": ""}
    assert [*workflow["jobs"]] == ["gate"]
    assert workflow["env"]["PARITY_INSTALL"] == f"parity=={__version__}"
    runner = Runner(tmp_path, {**as_this_machine_installs(tmp_path, release), **workflow["env"]})
    said = [runner.run(step, shop, {}) for step in workflow["jobs"]["gate"]["steps"] if "run" in step]
    assert "PARITY" in said[-1]
    assert (shop / "parity.sarif").exists()
