"""The images and containers that other tests stand on are what they say they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.images import pair

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = pytest.mark.docker


def said(engine: DockerClient, name: str, *command: str) -> str:
    """What a command in a container prints, its exit status with it when it failed."""
    code, output = engine.containers.get(name).exec_run(list(command))
    assert isinstance(output, bytes)
    text = output.decode("utf-8", "replace").strip()
    return text if code == 0 else f"exit {code}: {text}"


def test_app_serves_as_its_own_user(docker_engine: DockerClient, serving: str) -> None:
    assert said(docker_engine, serving, "python", "--version").startswith("Python 3.11.")
    assert said(docker_engine, serving, "stat", "-c", "%U", "/proc/1") == "app"
    assert said(docker_engine, serving, "python", "-c", "import flask, greenlet, psycopg2") == ""


def test_deployed_app_lacks_what_was_seeded(
    docker_engine: DockerClient, deployed_image: str, run_container: Callable[..., str]
) -> None:
    name = run_container(deployed_image, ready="serving")
    assert said(docker_engine, name, "python", "--version").startswith("Python 3.13.")
    assert "No module named 'itsdangerous'" in said(docker_engine, name, "python", "-c", "import flask")


def test_dropped_server_is_not_the_user_that_exec_gives(docker_engine: DockerClient, dropped: str) -> None:
    assert said(docker_engine, dropped, "id", "-u") == "0"
    assert said(docker_engine, dropped, "stat", "-c", "%u", "/proc/1") == "1000"


def test_idle_container_runs_no_python(docker_engine: DockerClient, idle: str) -> None:
    assert said(docker_engine, idle, "cat", "/proc/1/comm") == "sleep"


SEEDS = {
    "python": ["cat", "/proc/1/cmdline"],
    "packages": ["python", "-m", "pip", "list", "--format=freeze"],
    "platform": ["grep", "VERSION_ID", "/etc/os-release"],
    "system_packages": ["dpkg", "--list", "netbase"],
    "libraries": ["/app/.venv/bin/python", "-c", "import greenlet"],
    "environment": ["printenv", "APP_QUEUE_URL"],
    "process": ["grep", "NoNewPrivs", "/proc/1/status"],
    "volumes": ["touch", "/data/probe"],
}


def test_every_seed_is_really_there(docker_engine: DockerClient, seeded_pair: tuple[str, str]) -> None:
    assert SEEDS.keys() == pair.SEEDED.keys()
    for section, command in SEEDS.items():
        local, production = (said(docker_engine, name, *command) for name in seeded_pair)
        assert local != production, section
        assert not local.startswith("exit"), section


@pytest.mark.postgres
def test_postgres_servers_are_what_their_keys_say(postgres_servers: dict[int, str]) -> None:
    for major, dsn in postgres_servers.items():
        with psycopg.connect(dsn) as connection:
            assert connection.info.server_version // 10000 == major
