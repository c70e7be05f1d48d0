"""Each kind of target tells of each section what the table promises, and what it cannot tell it says with a reason."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parity import sections
from tests.cli.program import Result, parity
from tests.images.fixtures import Exported, RunContainer
from tests.proof.statuses import TABLE, expected, statuses
from tests.services import missing

if TYPE_CHECKING:
    from docker import DockerClient

ROOT = Path(__file__).parents[2]
AS_APP = ["setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups", "python", "server.py"]


def told(result: Result) -> dict[str, str]:
    """{section: status} of a snapshot that ended well. Whatever is not whole has a reason."""
    found: Mapping[str, Any] = result.document["sections"]
    # A command line may say once more which sections could not be read; nothing else is to be said.
    assert result.code == 0
    assert [line for line in result.err.splitlines() if "could not read" not in line] == []
    assert [name for name, one in found.items() if one["status"] != "ok" and not one["reason"]] == []
    return {name: one["status"] for name, one in found.items()}


def test_the_table_has_every_section() -> None:
    assert {tuple(sorted(row)) for row in statuses().values()} == {sections.names()}


def test_the_table_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.partition("<!-- statuses -->\n")[2].partition("<!-- end -->")[0] == TABLE.read_text("utf-8")


def test_this_machine() -> None:
    found = told(parity("snapshot", cwd=ROOT))
    assert found == expected("`local`", found)


@pytest.mark.docker
@pytest.mark.postgres
def test_with_a_dsn(serving: str, postgres_servers: dict[int, str]) -> None:
    env = {"THE_DSN": postgres_servers[15]}
    for target, row in (("local", "`local`, with a DSN"), (f"docker://{serving}", "`docker://`, with a DSN")):
        found = told(parity("snapshot", target, "--database-url-env", "THE_DSN", env=env, cwd=ROOT))
        assert found == expected(row, found)


@pytest.mark.docker
@pytest.mark.parametrize(
    ("row", "options"),
    [
        ("a Python server", {"ready": "serving"}),
        ("a server of another user", {"command": AS_APP, "user": "root", "ready": "serving"}),
        (
            "a server that gave up root",
            {"command": ["python", "server.py", "--drop", "1000:1000"], "user": "root", "ready": "serving"},
        ),
        ("no Python process", {"command": ["sleep", "infinity"]}),
        ("read-only root", {"read_only": True, "ready": "serving"}),
    ],
)
def test_a_container(run_container: RunContainer, app_image: str, row: str, options: dict[str, Any]) -> None:
    container = run_container(app_image, **options)
    taken = parity("snapshot", f"docker://{container}")
    assert told(taken) == statuses()[f"`docker://`, {row}"]
    # Whoever may look, it is the process that serves that is looked at, and its interpreter.
    found = taken.document["sections"]
    assert found["process"]["items"]["uid"] == 1000
    assert found["python"]["items"]["prefix"] == "/app/.venv"
    assert "flask" in found["packages"]["items"]
    assert found["environment"]["items"]["APP_SETTINGS"]["state"] == "set"


@pytest.mark.docker
def test_an_unpacked_root_file_system(app_image: str, exported: Exported) -> None:
    assert told(parity("snapshot", f"rootfs://{exported(app_image)}")) == statuses()["`rootfs://`"]


@pytest.mark.docker
def test_a_process_of_a_container(docker_engine: DockerClient, serving: str) -> None:
    pid = docker_engine.containers.get(serving).attrs["State"]["Pid"]
    if os.geteuid() != 0 or not Path(f"/proc/{pid}").is_dir():
        missing("needs root, and a Docker Engine on this machine")
    assert told(parity("snapshot", f"pid:{pid}")) == statuses()["`pid:`, in a container"]


@pytest.mark.docker
def test_a_profile_in_a_file_tells_what_it_told_before(serving: str, tmp_path: Path) -> None:
    path = tmp_path / "web.json"
    taken = parity("snapshot", f"docker://{serving}", "-o", path)
    assert (taken.code, taken.out) == (0, "")
    again = parity("snapshot", path)
    assert told(again) == statuses()["a profile in a file"]
    assert again.stdout == path.read_bytes()
    assert parity("snapshot", "-", stdin=path.read_bytes()).stdout == path.read_bytes()


@pytest.mark.docker
def test_what_was_refused_is_unknown_in_a_diff_and_never_gone(
    serving: str, dropped: str, run_container: RunContainer, app_image: str
) -> None:
    more = run_container(app_image, ready="serving", environment={"APP_QUEUE_URL": "queue"})
    document = parity("diff", f"docker://{more}", f"docker://{dropped}", "--format", "json").document
    assert {one["id"] for one in document["findings"] if one["severity"] == "error"} == set()
    assert ("environment", "APP_QUEUE_URL", "production") in {
        (one["section"], one["key"], one["side"]) for one in document["unknown"]
    }
    shown = " ".join(parity("diff", f"docker://{more}", f"docker://{dropped}").out.split())
    assert "environment (partial on production)" in shown


@pytest.mark.docker
@pytest.mark.parametrize("state", ["paused", "exited", "created"])
def test_a_container_that_does_not_run_is_told_from_its_files_and_stays_as_it_is(
    docker_engine: DockerClient, app_image: str, state: str
) -> None:
    container = docker_engine.containers.create(app_image)
    try:
        if state != "created":
            container.start()
            (container.pause if state == "paused" else container.kill)()
        result = parity("snapshot", f"docker://{container.name}")
        assert told(result) == statuses()["`docker://`, stopped, paused or never started"]
        container.reload()
        assert container.status == state
    finally:
        container.remove(force=True, v=True)


@pytest.mark.docker
def test_a_container_without_a_python(run_container: RunContainer, app_image: str) -> None:
    gone = ["sh", "-c", "rm -rf /usr/bin/python3* /app/.venv; echo gone; exec sleep infinity"]
    container = run_container(app_image, gone, user="root", ready="gone")
    taken = parity("snapshot", f"docker://{container}")
    assert told(taken) == statuses()["`docker://`, no Python at all"]


@pytest.mark.docker
def test_an_image(docker_engine: DockerClient, app_image: str) -> None:
    # That an archive of it tells the same is held where images are read.
    taken = parity("snapshot", f"image://{app_image}")
    assert told(taken) == statuses()["`image://`, of the engine or in an archive"]
    assert taken.document["identity"]["image"] == docker_engine.images.get(app_image).id
