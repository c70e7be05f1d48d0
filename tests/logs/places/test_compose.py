"""The logs of a service's containers, as one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from parity.errors import Unreachable
from tests.images.fixtures import RunContainer
from tests.logs.places.reading import kept, shown, understood

if TYPE_CHECKING:
    from docker import DockerClient

SAY = "for n in 1 2 3; do echo line $n; sleep 0.1; done; python3 -c \"import os; os.environ['NO_SUCH']\""


@pytest.mark.docker
def test_every_container_of_the_service_by_time(
    run_container: RunContainer, docker_engine: DockerClient, app_image: str
) -> None:
    project = f"shop{uuid.uuid4().hex[:8]}"
    label = "com.docker.compose"
    names = [
        run_container(
            app_image,
            ["sh", "-c", SAY],
            labels={f"{label}.project": project, f"{label}.service": "web", f"{label}.container-number": str(number)},
        )
        for number in (1, 2)
    ]
    for name in names:
        docker_engine.containers.get(name).wait()
    word = f"compose://web?project={project}"
    lines = b"".join(kept(word)).splitlines()
    assert {line.partition(b" | ")[0].decode() for line in lines} == set(names)
    times = [line.partition(b" | ")[2].partition(b" ")[0] for line in lines]
    assert times == sorted(times)
    failure = understood(word).failures[0]
    assert (failure.message, failure.count) == ("KeyError: 'NO_SUCH'", 2)
    assert shown(word) == f"docker compose --project-name {project} logs web"


@pytest.mark.docker
def test_a_service_without_a_container(docker_engine: DockerClient) -> None:
    with pytest.raises(Unreachable, match="no container of service none"):
        kept("compose://none?project=none-such")
