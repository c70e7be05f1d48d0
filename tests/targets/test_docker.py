"""Containers of a real engine: what serves in them is what the profile tells."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from parity.engine.container import interpreters, merge, with_engine_facts
from parity.errors import Incomplete, ParityError, Unreachable
from parity.profile import Profile, Section, Status
from parity.profile.item import field
from parity.snapshot.request import Request
from parity.snapshot.take import take
from parity.snapshot.target import Reading

if TYPE_CHECKING:
    from docker import DockerClient

RunContainer = Callable[..., str]


class Quiet:
    """A Progress that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def __call__(self, words: str) -> None:
        self.told.append(words)

    def warn(self, sentence: str) -> None:
        self.told.append(sentence)


def snapshot(name: str, **request: object) -> Profile:
    return take(f"docker://{name}", Request(**request), Quiet())  # type: ignore[arg-type]


def item(profile: Profile, section: str, key: str) -> object:
    return profile.sections[section].items.get(key)


@pytest.mark.docker
def test_the_interpreter_of_the_server_is_described_not_the_systems(serving: str) -> None:
    profile = snapshot(serving)
    assert item(profile, "python", "kind") == "venv"
    assert str(item(profile, "python", "executable")).startswith("/app/.venv/bin/python")
    assert "idna" in profile.sections["packages"].items
    assert item(profile, "process", "uid") == 1000
    assert item(profile, "environment", "APP_SETTINGS") == {"state": "set", "from": "process"}
    assert profile.identity["image"].startswith("sha256:")
    statuses = {name: section.status for name, section in profile.sections.items()}
    assert statuses.pop("database") is Status.SKIPPED
    assert set(statuses.values()) == {Status.OK}


@pytest.mark.docker
def test_another_user_and_another_environment_of_the_exec_change_nothing(
    run_container: RunContainer, app_image: str
) -> None:
    user = "setpriv --reuid 1000 --regid 1000 --clear-groups"
    script = f"exec env -u APP_SETTINGS RUNTIME_ONLY=1 HOME=/data {user} python server.py"
    name = run_container(app_image, ["sh", "-c", script], user="root", ready="serving")
    profile = snapshot(name)
    assert item(profile, "process", "uid") == 1000
    assert item(profile, "environment", "RUNTIME_ONLY") == {"state": "set", "from": "process"}
    assert item(profile, "environment", "APP_SETTINGS") is None
    assert profile.sections["environment"].status is Status.OK


@pytest.mark.docker
def test_a_server_that_gave_up_its_uid_gets_the_engines_names_and_says_so(dropped: str) -> None:
    profile = snapshot(dropped)
    environment = profile.sections["environment"]
    assert environment.status is Status.PARTIAL
    assert environment.hidden == ("*",)
    assert environment.reason is not None
    assert "engine's names" in environment.reason
    assert environment.items["APP_SETTINGS"] == {"state": "set", "from": "engine"}
    assert item(profile, "process", "uid") == 1000
    assert item(profile, "python", "kind") == "venv"


@pytest.mark.docker
def test_an_idle_container_has_its_interpreter_inferred(idle: str) -> None:
    profile = snapshot(idle)
    assert item(profile, "python", "kind") == "venv"
    assert any("no Python process runs there" in note for note in profile.sections["python"].notes)


@pytest.mark.docker
def test_an_interpreter_that_is_not_on_the_path_is_found(run_container: RunContainer, app_image: str) -> None:
    name = run_container(
        app_image, ["/app/.venv/bin/python", "server.py"], environment={"PATH": "/nowhere"}, ready="serving"
    )
    assert item(snapshot(name), "python", "kind") == "venv"


@pytest.mark.docker
def test_a_container_without_a_python_is_told_from_its_files(run_container: RunContainer, app_image: str) -> None:
    script = "rm -rf /usr/bin/python3* /app/.venv; echo gone; exec sleep 600"
    profile = snapshot(run_container(app_image, ["sh", "-c", script], user="root", ready="gone"))
    assert "dpkg" in profile.sections["system_packages"].items
    assert item(profile, "platform", "distribution") == "debian 12"
    assert profile.sections["python"].status is Status.ABSENT


@pytest.mark.docker
def test_a_python_that_was_named_and_is_not_there_is_incomplete(idle: str) -> None:
    with pytest.raises(Incomplete) as caught:
        snapshot(idle, python="/nowhere/python3")
    assert "no Python" in str(caught.value)


@pytest.mark.docker
def test_mounts_are_named_by_the_engine(run_container: RunContainer, app_image: str, tmp_path: Path) -> None:
    binds = {str(tmp_path): {"bind": "/srv/in", "mode": "ro"}}
    name = run_container(
        app_image, ready="serving", named_volumes={"data": {"bind": "/data", "mode": "rw"}}, volumes=binds
    )
    volumes = snapshot(name).sections["volumes"].items
    assert field(volumes["/data"], "kind") == "volume"
    assert field(volumes["/srv/in"], "kind") == "bind"
    anonymous = run_container(app_image, ready="serving")
    assert field(snapshot(anonymous).sections["volumes"].items["/data"], "kind") == "anonymous volume"


@pytest.mark.docker
def test_a_path_that_was_asked_for_is_judged_as_the_server(serving: str) -> None:
    volumes = snapshot(serving, paths=("/root", "/app", "/none")).sections["volumes"].items
    assert field(volumes["/root"], "writable") is False
    assert field(volumes["/app"], "writable") is False
    assert field(volumes["/none"], "exists") is False


@pytest.mark.docker
@pytest.mark.parametrize(("state", "says"), [("paused", "it is paused"), ("exited", "it does not run (exited)")])
def test_a_container_that_does_not_run_is_told_from_its_files_and_left_as_it_is(
    docker_engine: DockerClient, idle: str, state: str, says: str
) -> None:
    container = docker_engine.containers.get(idle)
    if state == "paused":
        container.pause()
    else:
        container.kill()
        container.wait()
    profile = snapshot(idle)
    container.reload()
    assert container.status == state
    if state == "paused":
        container.unpause()
    assert item(profile, "python", "executable") == "/app/.venv/bin/python3"
    assert "idna" in profile.sections["packages"].items
    assert item(profile, "environment", "APP_SETTINGS") == {"state": "set", "from": "engine"}
    assert profile.sections["cpu"].reason == f"{says}, and files do not tell"
    assert profile.sections["limits"].reason == f"{says}: these are the limits that the engine sets"
    assert all(
        any(note.endswith(says) for note in section.notes)
        for name, section in profile.sections.items()
        if name not in {"container", "database"} and section.status is not Status.UNAVAILABLE
    )


@pytest.mark.docker
def test_a_container_that_was_never_started_is_told_from_its_files(docker_engine: DockerClient, app_image: str) -> None:
    container = docker_engine.containers.create(app_image)
    try:
        profile = snapshot(str(container.name))
        container.reload()
        assert container.status == "created"
    finally:
        container.remove(v=True)
    assert profile.sections["packages"].status is Status.OK
    assert item(profile, "volumes", "/data") == {"kind": "anonymous volume", "read_only": False}


@pytest.mark.docker
def test_a_container_that_is_not_there_is_unreachable(docker_engine: DockerClient) -> None:
    with pytest.raises(Unreachable) as caught:
        snapshot("parity-test-never-was")
    assert caught.value.exit_code == 3


@pytest.mark.docker
def test_a_volume_over_the_packages_hides_what_is_in_it(
    docker_engine: DockerClient, run_container: RunContainer, app_image: str
) -> None:
    name = run_container(app_image, ready="serving", named_volumes={"venv": {"bind": "/app/.venv", "mode": "rw"}})
    docker_engine.containers.get(name).kill()
    packages = snapshot(name).sections["packages"]
    assert packages.status is Status.PARTIAL
    assert packages.hidden == ("*",)
    assert "/app/.venv" in str(packages.reason)


@pytest.mark.docker
def test_a_container_that_dies_under_the_probe_is_incomplete(docker_engine: DockerClient, idle: str) -> None:
    # The interpreter that is asked for waits until the container is killed under it.
    container = docker_engine.containers.get(idle)
    container.exec_run(
        ["sh", "-c", "printf '#!/bin/sh\\necho half an answer\\nsleep 60\\n' > /tmp/python3; chmod 755 /tmp/python3"]
    )
    killer = threading.Timer(1.0, container.kill)
    killer.start()
    began = time.monotonic()
    with pytest.raises(ParityError) as caught:
        snapshot(idle, python="/tmp/python3", timeout=20.0)
    killer.join()
    assert caught.value.exit_code == 3
    assert time.monotonic() - began < 10


@pytest.mark.docker
@pytest.mark.parametrize(
    "body",
    ["cat /dev/zero", "echo Welcome", "head -c 3000000 /dev/urandom", "exit 0", "kill -9 $$", "sleep 60"],
)
def test_an_interpreter_that_is_something_else_is_incomplete(docker_engine: DockerClient, idle: str, body: str) -> None:
    script = f"printf '#!/bin/sh\\n{body}\\n' > /tmp/python3; chmod 755 /tmp/python3"
    docker_engine.containers.get(idle).exec_run(["sh", "-c", script])
    began = time.monotonic()
    with pytest.raises(ParityError) as caught:
        snapshot(idle, python="/tmp/python3", timeout=1.0)
    assert caught.value.exit_code == 3
    assert time.monotonic() - began < 6


@pytest.mark.docker
def test_nothing_is_left_behind_in_the_container(
    docker_engine: DockerClient, run_container: RunContainer, app_image: str
) -> None:
    name = run_container(app_image, ready="serving", read_only=True)
    container = docker_engine.containers.get(name)
    before = sorted(row[-1] for row in container.top()["Processes"])
    snapshot(name)
    assert sorted(row[-1] for row in container.top()["Processes"]) == before
    assert container.diff() in (None, [])


@pytest.mark.docker
def test_two_snapshots_of_an_unchanged_container_are_the_same(serving: str) -> None:
    first, second = (snapshot(serving) for _ in range(2))
    assert {name: (section.status, dict(section.items)) for name, section in first.sections.items()} == {
        name: (section.status, dict(section.items)) for name, section in second.sections.items()
    }


@pytest.mark.docker
def test_the_command_line_takes_a_container(serving: str, tmp_path: Path) -> None:
    out = str(tmp_path / "production.json")
    done = subprocess.run(
        [sys.executable, "-m", "parity", "snapshot", f"docker://{serving}", "-o", out, "--require", "packages"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert Path(out).stat().st_mode & 0o777 == 0o600


def test_the_likeliest_interpreter_is_tried_first() -> None:
    container = {"Path": "/app/.venv/bin/python3.12", "Config": {"Env": ["VIRTUAL_ENV=/opt/venv"]}}
    order = list(interpreters(container, None))
    assert order[:4] == ["/app/.venv/bin/python3.12", "python3", "python", "/opt/venv/bin/python"]
    assert list(interpreters(container, "/x/python")) == ["/x/python"]
    assert next(interpreters({"Path": "gunicorn", "Config": {}}, None)) == "python3"


def test_of_two_looks_the_one_that_told_more_is_kept() -> None:
    first = Reading({"a": Section(Status.OK, items={"x": 1}), "b": Section(Status.UNAVAILABLE, "refused")})
    second = Reading({"a": Section(Status.PARTIAL, "refused"), "b": Section(Status.OK, items={"y": 2})})
    merged = merge(first, second).sections
    assert merged["a"].items == {"x": 1}
    assert merged["b"].items == {"y": 2}


def test_a_declared_volume_that_is_not_mounted_is_said() -> None:
    container = {"Image": "sha256:1", "Mounts": [], "Config": {"Volumes": {"/data": {}}, "Env": []}}
    reading = with_engine_facts(Reading({"volumes": Section(Status.OK, items={})}), container, Request())
    assert reading.sections["volumes"].items == {"/data": {"kind": "declared volume", "mounted": False}}


@pytest.mark.docker
@pytest.mark.parametrize(
    ("release", "version"), [("bullseye", "3.9."), ("bookworm", "3.11."), ("trixie", "3.13."), ("sid", "3.14.")]
)
def test_each_release_of_debian_and_its_python(
    run_container: RunContainer, base_image: Callable[[str], str], release: str, version: str
) -> None:
    profile = snapshot(run_container(base_image(release), ["sleep", "infinity"]))
    assert str(item(profile, "python", "version")).startswith(version)
    assert item(profile, "python", "kind") == "system"
    statuses = {name: section.status for name, section in profile.sections.items() if name != "database"}
    # It works in `/`, where no program's code is told from the system.
    assert statuses.pop("source") is Status.UNAVAILABLE
    assert set(statuses.values()) == {Status.OK}


@pytest.mark.docker
def test_what_an_image_preloads_is_not_loaded_into_the_probe(run_container: RunContainer, app_image: str) -> None:
    name = run_container(app_image, ["sleep", "infinity"], environment={"LD_PRELOAD": "/nonexistent/evil.so"})
    profile = snapshot(name)
    assert item(profile, "environment", "LD_PRELOAD") == {"state": "set", "from": "process"}
    assert profile.sections["packages"].status is Status.OK
