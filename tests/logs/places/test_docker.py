"""The log of a container that runs, that has ended, and that keeps none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parity.errors import Unreachable
from parity.logs.places import kinds
from tests.cli.program import parity
from tests.images.fixtures import RunContainer
from tests.logs.places.reading import kept, shown, understood

if TYPE_CHECKING:
    from docker import DockerClient

FAIL = [
    "sh",
    "-c",
    'echo started; python3 -c "import os; os.environ[\'NO_SUCH\']"; echo over; test -n "$STAY" && sleep 60',
]


def test_the_kinds_are_the_files() -> None:
    assert kinds() == {"docker", "compose", "kubernetes", "systemd"}


@pytest.mark.docker
@pytest.mark.parametrize("tty", [False, True], ids=["streams", "terminal"])
def test_both_streams_with_their_times_of_one_that_runs(run_container: RunContainer, app_image: str, tty: bool) -> None:
    name = run_container(app_image, FAIL, ready="over", tty=tty, environment={"STAY": "1"})
    log = understood(f"docker://{name}")
    assert log.failures[0].message == "KeyError: 'NO_SUCH'"
    assert log.first_time is not None
    assert log.failures[0].first.time is not None
    assert shown(f"docker://{name}") == f"docker logs {name}"


@pytest.mark.docker
def test_explain_takes_the_log_by_itself(run_container: RunContainer, app_image: str, tmp_path: Path) -> None:
    local = run_container(app_image, ["sleep", "60"], environment={"NO_SUCH": "1"})
    production = run_container(app_image, FAIL, ready="over", environment={"STAY": "1"})
    words = ("--section", "environment", "--section", "packages", "--section", "python", "--no-declared")
    result = parity("explain", f"docker://{local}", f"docker://{production}", *words, "--format", "json", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    told = json.loads(result.out)
    assert told["causes"][0]["label"] == "environment.NO_SUCH"
    assert told["log_reason"] is None


@pytest.mark.docker
def test_one_that_has_ended_has_its_log_still(
    run_container: RunContainer, docker_engine: DockerClient, app_image: str
) -> None:
    name = run_container(app_image, FAIL)
    docker_engine.containers.get(name).wait()
    assert understood(f"docker://{name}").failures[0].message == "KeyError: 'NO_SUCH'"


@pytest.mark.docker
def test_a_log_that_the_engine_does_not_keep_is_said(
    run_container: RunContainer, app_image: str, tmp_path: Path
) -> None:
    name = run_container(app_image, FAIL, log_config={"type": "none"}, environment={"STAY": "1"})
    with pytest.raises(Unreachable, match="logging driver") as caught:
        kept(f"docker://{name}")
    assert "--log FILE" in (caught.value.hint or "")
    words = ("explain", "local", f"docker://{name}", "--section", "environment", "--no-declared")
    named = parity(*words, "--log", "auto", cwd=tmp_path)
    assert (named.code, named.out) == (3, "")
    assert "logging driver" in named.line()
    by_itself = parity(*words, cwd=tmp_path)
    assert by_itself.code == 0
    assert "warning: no log is read" in by_itself.err
    assert "no log was read (" in by_itself.out


@pytest.mark.docker
def test_no_such_container(docker_engine: DockerClient) -> None:
    with pytest.raises(Unreachable, match="there is no container parity-test-none"):
        kept("docker://parity-test-none")


@pytest.mark.docker
def test_how_a_silent_end_came_is_told_by_the_engine(
    run_container: RunContainer, docker_engine: DockerClient, app_image: str, tmp_path: Path
) -> None:
    eats = ["python3", "-c", "x = bytearray(300 << 20)"]
    killed = run_container(app_image, eats, mem_limit="64m", memswap_limit="64m")
    docker_engine.containers.get(killed).wait()
    result = parity("explain", "local", f"docker://{killed}", "--section", "limits", "--format", "json",
                    "--no-declared", cwd=tmp_path)  # fmt: skip
    told = json.loads(result.out)
    assert told["verdict"] == "explained"
    assert told["causes"][0]["label"] == "limits.memory"
    quiet = run_container(app_image, ["sh", "-c", "exit 3"])
    docker_engine.containers.get(quiet).wait()
    assert understood(f"docker://{quiet}").failures[0].message == "its last run exited with code 3"
    well = run_container(app_image, ["true"])
    docker_engine.containers.get(well).wait()
    assert understood(f"docker://{well}").failures == ()
