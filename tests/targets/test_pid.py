"""A process of this machine, with everything that the kernel shows of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from parity.errors import TargetError, Unreachable
from parity.profile import Status
from parity.profile.document import to_document
from parity.snapshot.request import Request
from parity.targets import open_target
from tests.images.fixtures import RunContainer
from tests.services import missing
from tests.targets.conftest import SERVE, StartPython
from tests.targets.looking import states, take

if TYPE_CHECKING:
    from docker import DockerClient

SYSTEM_PYTHON = "/usr/bin/python3"
SOMEBODY = 54321
"""A uid that no account has."""


@pytest.fixture
def root_with_system_python() -> None:
    """Root, and a Python that every user may run."""
    if os.geteuid() != 0 or not os.access(SYSTEM_PYTHON, os.X_OK):
        missing(f"needs root and {SYSTEM_PYTHON}")


def test_a_process_is_seen_with_its_own_environment_and_interpreter(start_python: StartPython, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    process = start_python(environ={"ONLY": "x", "EMPTY": ""}, python=str(python))
    profile = take(f"pid:{process.pid}")
    assert (profile.target.kind, profile.target.reference) == ("pid", str(process.pid))
    assert states(profile) == {"ONLY": "set", "EMPTY": "empty"}
    assert profile.sections["process"].items["command"] == "program python"
    assert profile.sections["python"].items["kind"] == "venv"


def test_the_python_below_a_shell_is_what_serves() -> None:
    command = ["/bin/sh", "-c", '"$0" -c "$1" & echo $!; wait', sys.executable, SERVE]
    with subprocess.Popen(command, env={"DEEP": "1"}, stdout=subprocess.PIPE, start_new_session=True) as shell:
        assert shell.stdout is not None
        try:
            python = int(shell.stdout.readline())
            shell.stdout.readline()
            profile = take(f"pid:{shell.pid}")
        finally:
            os.killpg(shell.pid, signal.SIGKILL)
    assert python != shell.pid
    assert profile.sections["process"].items["command"] == "program " + Path(sys.executable).name
    assert "DEEP" in states(profile)


def test_a_process_without_a_python_is_looked_at_itself() -> None:
    with subprocess.Popen(["sleep", "60"], env={"PATH": os.environ["PATH"]}) as process:
        try:
            profile = take(f"pid:{process.pid}")
        finally:
            process.kill()
    assert states(profile) == {"PATH": "set"}
    assert any("no Python process runs there" in note for note in profile.sections["python"].notes)


def test_a_process_that_has_ended(start_python: StartPython) -> None:
    process = start_python()
    process.kill()
    process.wait()
    with pytest.raises(Unreachable, match=f"pid:{process.pid}: there is no process {process.pid}, or it is hidden"):
        take(f"pid:{process.pid}")


def test_a_process_that_waits_for_its_parent_has_ended() -> None:
    with subprocess.Popen(["true"]) as process:
        while "Z" not in Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2][:3]:
            time.sleep(0.01)
        with pytest.raises(Unreachable, match="there is no process"):
            take(f"pid:{process.pid}")


@pytest.mark.usefixtures("root_with_system_python")
def test_as_root_the_process_of_another_user_is_seen_as_that_user(start_python: StartPython) -> None:
    process = start_python(environ={"OF": "somebody"}, python=SYSTEM_PYTHON, user=SOMEBODY)
    # A directory that root may write to, and the user may not.
    with TemporaryDirectory() as closed:
        Path(closed).chmod(0o755)
        profile = take(f"pid:{process.pid}", sections=None, paths=(closed,))
    assert states(profile) == {"OF": "set"}
    assert profile.sections["process"].items["uid"] == SOMEBODY
    item = profile.sections["volumes"].items[closed]
    assert not isinstance(item, (str, int, float, type(None)))
    assert item["writable"] is False
    for name in ("python", "packages", "libraries", "system_packages", "platform"):
        assert profile.sections[name].status is Status.OK, name


@pytest.mark.usefixtures("root_with_system_python")
def test_what_the_person_who_looks_has_started_does_not_tell_who_it_is(
    start_python: StartPython, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TemporaryDirectory() as place:
        home = Path(place) / "alice"
        (home / "bin").mkdir(parents=True)
        (home / "bin" / "tool").touch()
        for path in (Path(place), *Path(place).rglob("*")):
            path.chmod(0o755)
        process = start_python(environ={"HOME": str(home), "PATH": f"{home}/bin"}, python=SYSTEM_PYTHON, user=SOMEBODY)
        word = f"pid:{process.pid}"
        asked: dict[str, Any] = {"sections": None, "paths": (f"{home}/data",), "source": str(home)}
        of_another = take(word, **asked)
        monkeypatch.setenv("SUDO_UID", str(SOMEBODY))
        own = take(word, **asked)
    assert "alice" in str(to_document(of_another))
    assert own.sections["executables"].items["tool"] == "~/bin"
    assert "~/data" in own.sections["volumes"].items
    assert "alice" not in str(to_document(own))


@pytest.mark.docker
def test_a_process_of_a_container_is_read_through_its_own_root(
    docker_engine: DockerClient, run_container: RunContainer, app_image: str
) -> None:
    volume = {"data": {"bind": "/data", "mode": "rw"}}
    name = run_container(app_image, ready="serving", environment={"ONLY": "x"}, named_volumes=volume)
    pid = pid_of(docker_engine, name)
    outside, inside = (take(word, sections=None, paths=("/app",)) for word in (f"pid:{pid}", f"docker://{name}"))
    assert states(outside)["ONLY"] == "set"
    assert inside.sections["packages"].items
    assert outside.sections["container"].status is Status.SKIPPED
    for section in inside.sections.keys() - {"container"}:
        told = inside.sections[section]
        assert outside.sections[section].status is told.status, section
        assert outside.sections[section].items == told.items, section


@pytest.mark.docker
def test_a_path_of_a_container_is_judged_where_its_links_lead_in_there(
    docker_engine: DockerClient, run_container: RunContainer, app_image: str
) -> None:
    script = "ln -s /tmp/inside /tmp/link; mkdir -m 700 /tmp/inside; exec python /app/server.py"
    pid = pid_of(docker_engine, run_container(app_image, ["sh", "-c", script], ready="serving"))
    found = take(f"pid:{pid}", sections=frozenset({"volumes"}), paths=("/tmp/link",)).sections["volumes"]
    item = found.items["/tmp/link"]
    assert not isinstance(item, (str, int, float, type(None)))
    assert (item["exists"], item["mode"], item["uid"]) == (True, "0700", 1000)


def pid_of(docker_engine: DockerClient, name: str) -> int:
    """The number, on this machine, of the process that a container was started with."""
    pid: int = docker_engine.containers.get(name).attrs["State"]["Pid"]
    if os.geteuid() != 0 or not Path(f"/proc/{pid}").is_dir():
        missing("needs root, and a Docker Engine on this machine")
    return pid


@pytest.mark.parametrize(
    "word",
    [
        "pid:",
        "pid:0",
        "pid:-1",
        "pid:1;reboot",
        "pid:self",
        "pid:../1",
        "pid:1.5",
        "pid:٣",
        "pid:4194305",
        "pid:" + "9" * 400,
        "pid:1?user=root",
        "pid:--help",
    ],
)
def test_hostile_names_are_refused_before_anything_starts(word: str, traced: Path) -> None:
    with pytest.raises(TargetError):
        open_target(word, Request())
    assert not traced.exists()
