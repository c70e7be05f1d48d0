"""What the engine's record of a container tells of its limits, and of its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from parity.engine import ended, limits
from parity.profile import Status
from tests.images.fixtures import RunContainer
from tests.targets.looking import take

if TYPE_CHECKING:
    from docker import DockerClient

MIB = 1 << 20


@pytest.mark.parametrize(
    ("host", "items"),
    [
        ({"Memory": 64 * MIB, "MemorySwap": 64 * MIB}, {"memory": 64 * MIB, "swap": 0}),
        ({"Memory": 64 * MIB, "MemorySwap": -1}, {"memory": 64 * MIB, "swap": "unlimited"}),
        ({"Memory": 64 * MIB}, {"memory": 64 * MIB, "swap": 64 * MIB}),
        ({"NanoCpus": 1_500_000_000}, {"cpu": 1.5}),
        ({"CpuQuota": 50_000, "CpuPeriod": 0}, {"cpu": 0.5}),
        ({"PidsLimit": 32, "CpusetCpus": "0-1,3"}, {"pids": 32, "affinity": 3}),
        ({"ShmSize": MIB, "IpcMode": "private"}, {"shm": MIB}),
        ({"Ulimits": [{"Name": "nproc", "Soft": 8, "Hard": -1}]}, {"processes": 8}),
        ({"Ulimits": [{"Name": "nofile", "Soft": 8, "Hard": -1}]}, {"nofile": 8, "nofile_hard": "unlimited"}),
    ],
)
def test_what_is_set_is_told_and_the_rest_is_not_known(host: dict[str, Any], items: dict[str, Any]) -> None:
    section = limits.of_record({"HostConfig": host}, "it is paused")
    assert (section.status, section.items, section.hidden) == (Status.PARTIAL, items, ("*",))
    assert section.reason == "it is paused: these are the limits that the engine sets"


@pytest.mark.parametrize("host", [{}, {"Memory": 0, "PidsLimit": None, "ShmSize": MIB, "IpcMode": "host"}])
def test_where_nothing_is_set_nothing_is_known(host: dict[str, Any]) -> None:
    assert limits.of_record({"HostConfig": host}, "it is paused").status is Status.UNAVAILABLE


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"Running": True, "Status": "running", "ExitCode": 0}, ""),
        ({"Status": "created", "ExitCode": 0}, ""),
        ({"Status": "exited", "ExitCode": 0}, ""),
        ({"Status": "exited", "ExitCode": 2}, "its last run exited with code 2"),
        (
            {"Status": "exited", "ExitCode": 137, "OOMKilled": True},
            "OOMKilled: its last run was killed for want of memory (exit code 137)",
        ),
    ],
)
def test_the_end_of_the_last_run(state: dict[str, Any], words: str) -> None:
    assert ended.words({"State": state}) == words


def test_the_line_has_the_time_of_the_engine_or_none() -> None:
    state = {"Status": "exited", "ExitCode": 2, "FinishedAt": "2026-03-01T12:00:00.5Z"}
    assert ended.line({"State": state}, "web") == (
        b"2026-03-01T12:00:00.5Z container web: its last run exited with code 2\n"
    )
    assert ended.line({"State": {**state, "FinishedAt": "x\ny"}}, "web").startswith(b"container web: ")


@pytest.mark.docker
def test_a_container_that_was_killed_for_memory_has_its_limits_and_its_end(
    run_container: RunContainer, docker_engine: DockerClient, app_image: str
) -> None:
    eats = ["python3", "-c", "x = bytearray(300 << 20)"]
    name = run_container(app_image, eats, mem_limit="64m", memswap_limit="64m")
    docker_engine.containers.get(name).wait()
    sections = take(f"docker://{name}", sections=frozenset({"limits", "container"})).sections
    assert {"memory": 64 * MIB, "swap": 0}.items() <= dict(sections["limits"].items).items()
    assert sections["container"].volatile == {"exit_code": 137, "oom_killed": True}
    assert "killed for want of memory" in sections["container"].notes[0]
