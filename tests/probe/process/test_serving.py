"""Which process serves, and what the kernel shows of it: real processes, some of them hard to read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from parity.probe.process import descent, proc
from tests.canary import Canary
from tests.probe.running import FLAGS, run, run_inside

if TYPE_CHECKING:
    from docker import DockerClient

SLEEP = "print('up', flush=True); import time; time.sleep(60)"

RENAME = """
import ctypes
fields = open('/proc/self/stat').read().rpartition(')')[2].split()
arguments, environment, end = int(fields[45]), int(fields[47]), int(fields[48])
ctypes.memset(arguments, 0, end - arguments)
title = b'gunicorn: master [app:app]'
ctypes.memmove(arguments, title, len(title))
"""
"""What setproctitle does on Linux: the title over the arguments, NULs over the rest and the environment."""


@contextmanager
def running(argv: list[str], environment: dict[str, str] | None = None) -> Iterator[int]:
    """The pid of a process that has said that it is up."""
    with subprocess.Popen(argv, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
            yield process.pid
        finally:
            process.kill()


def test_a_value_with_newlines_makes_no_names() -> None:
    canary = Canary()
    environment = {"KEY": canary.multiline, "EMPTY": "", "EQUALS": "a=b"}
    with running([sys.executable, "-c", SLEEP], environment) as pid:
        process = proc.read(pid)
    # Compared by name: a failure must not print a value either.
    assert process.environ is not None
    assert sorted(process.environ) == ["EMPTY", "EQUALS", "KEY"]
    assert process.environ["EQUALS"] == "a=b"


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (b"", {}),
        (b"A=1\0B=\0", {"A": "1", "B": ""}),
        (b"A=1\0A=2\0", {"A": "1"}),
        (b"no equals\0=odd\0A=1\0", {"": "odd", "A": "1"}),
        (b"A=1\nB=2\0", {"A": "1\nB=2"}),
        (b"\xff\xfe=1\0", {"\udcff\udcfe": "1"}),
        (b"CUT=sho", {"CUT": "sho"}),
    ],
)
def test_a_block_is_split_at_nuls_only(block: bytes, expected: dict[str, str]) -> None:
    assert proc.parse_environ(block) == expected


def test_a_server_that_renamed_itself_has_no_readable_environment_rather_than_an_empty_one() -> None:
    with running([sys.executable, "-c", RENAME + SLEEP], {"PATH": os.defpath, "SET": "1"}) as pid:
        process = proc.read(pid)
        answer = run({"pid": pid, "sections": ["environment", "process"], "rerun": False})
    assert process.argv == ["gunicorn: master [app:app]"]
    assert process.environ is None
    assert process.python
    assert answer.serving["refused"] == ["environ"]
    assert answer.sections["environment"]["status"] == "unavailable"
    assert answer.sections["environment"]["reason"] == proc.OVERWRITTEN
    assert "home" in answer.sections["process"]["hidden"]
    assert answer.items("process")["command"].startswith("program python")


def test_a_process_without_any_variable_has_an_empty_environment() -> None:
    with running(["/usr/bin/env", "-i", sys.executable, "-c", SLEEP]) as pid:
        assert proc.read(pid).environ == {}
        answer = run({"pid": pid, "sections": ["environment"], "rerun": False})
    assert answer.sections["environment"] == {
        "status": "ok",
        "reason": None,
        "items": {},
        "volatile": {},
        "notes": [],
        "hidden": [],
    }


def test_a_process_that_is_gone_is_said_to_be() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    answer = run({"pid": process.pid})
    assert answer.sections == {}
    assert answer.document is not None
    assert answer.document["problem"] == f"there is no process {process.pid}, or it is hidden"


def test_a_zombie_has_credentials_and_nothing_else() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        read = proc.read(process.pid)
        assert read.uid == os.geteuid()
        assert read.argv == []
        assert not read.opaque


def test_where_nothing_serves_it_is_the_environment_of_who_launched_the_probe() -> None:
    environment = {"PATH": os.defpath, "FROM_THE_SHELL": "1"}
    with running([sys.executable, "-c", SLEEP], environment) as pid:
        answer = run({"launcher": pid, "sections": ["environment", "process"]}, env={"OTHER": "1"})
    assert sorted(answer.items("environment")) == ["FROM_THE_SHELL", "PATH"]
    assert "command" not in answer.items("process")
    assert answer.serving["interpreter"] == sys.executable


def test_a_launcher_that_is_gone_leaves_the_probe_itself() -> None:
    answer = run({"launcher": 4194304, "sections": ["environment"]}, env={"MINE": "1"})
    assert sorted(answer.items("environment")) == ["MINE"]


def test_descendants_come_nearest_first() -> None:
    parents = {1: 0, 5: 1, 6: 1, 7: 5, 8: 7, 20: 0}
    processes = {pid: proc.Process(pid, status={"PPid": str(parent)}) for pid, parent in parents.items()}
    assert [process.pid for process in descent.generations(processes, [1])] == [1, 5, 6, 7, 8]


@pytest.mark.parametrize(
    ("argv", "python"),
    [
        (["/app/.venv/bin/python", "-m", "app"], True),
        (["python3.13t"], True),
        (["pypy3"], True),
        (["pythonic-server"], False),
        (["sh", "-c", "python3 app.py"], False),
        ([], False),
    ],
)
def test_a_python_is_told_by_its_name(argv: list[str], python: bool) -> None:
    assert proc.Process(1, argv=argv).python is python


@pytest.fixture
def inside(
    docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]
) -> Callable[..., dict[str, object]]:
    """inside(command, ready=..., user="", argv=None, **options) -> what the probe says of who serves there."""

    def look(
        command: list[str], user: str = "", sections: tuple[str, ...] = (), **options: object
    ) -> dict[str, object]:
        name = run_container(base_image("bookworm"), command, **options)
        answer = run_inside(docker_engine, name, {"sections": list(sections) or ["process", "environment"]}, user=user)
        assert answer.document is not None, answer.err
        return answer.document

    return look


APP = "import os, sys; print('up', flush=True); __import__('time').sleep(600)"


@pytest.mark.docker
def test_the_python_below_a_shell_serves(inside: Callable[..., dict[str, object]]) -> None:
    found = inside(["sh", "-c", f'FROM_SHELL=1 python3 -c "{APP}" & wait'], ready="up")
    assert found["serving"]["pid"] != 1  # type: ignore[index]
    assert found["serving"]["note"] is None  # type: ignore[index]
    assert "FROM_SHELL" in found["sections"]["environment"]["items"]  # type: ignore[index]
    assert found["sections"]["process"]["items"]["command"] == "program python3"  # type: ignore[index]


@pytest.mark.docker
def test_what_a_supervisor_in_python_starts_serves(inside: Callable[..., dict[str, object]]) -> None:
    supervisor = "import subprocess, sys; subprocess.call([sys.executable, '-c', sys.argv[1]], env={'BELOW': '1'})"
    script = f"cat > /tmp/supervisord <<'END'\n{supervisor}\nEND\nexec python3 /tmp/supervisord \"$0\""
    found = inside(["sh", "-c", script, APP], ready="up")
    assert list(found["sections"]["environment"]["items"]) == ["BELOW"]  # type: ignore[index]


@pytest.mark.docker
def test_an_idle_container_is_read_and_said_to_be_a_guess(inside: Callable[..., dict[str, object]]) -> None:
    found = inside(["sleep", "infinity"])
    assert found["serving"]["pid"] == 1  # type: ignore[index]
    assert found["serving"]["interpreter"] == "/usr/bin/python3"  # type: ignore[index]
    assert "no Python process runs there" in found["serving"]["note"]  # type: ignore[index]


@pytest.mark.docker
def test_a_shell_session_beside_it_is_not_what_serves(
    docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]
) -> None:
    name = run_container(base_image("bookworm"), ["sh", "-c", f'sleep 1; python3 -c "{APP}" & wait'], ready="up")
    docker_engine.api.exec_start(docker_engine.api.exec_create(name, ["python3", "-c", APP])["Id"], detach=True)
    served = run_inside(docker_engine, name, {"sections": ["process"]}).serving["pid"]
    parent = docker_engine.containers.get(name).exec_run(["sh", "-c", f"grep PPid /proc/{served}/status"]).output
    assert parent == b"PPid:\t1\n"


@pytest.mark.docker
def test_a_server_that_gave_up_root_hides_its_environment_from_root(inside: Callable[..., dict[str, object]]) -> None:
    drop = "import os; os.setgid(1234); os.setuid(1234); " + APP
    found = inside(["python3", "-c", drop], ready="up", sections=("environment", "process", "volumes"))
    assert {"environ", "exe", "cwd"} <= set(found["serving"]["refused"])  # type: ignore[index]
    assert found["serving"]["uid"] == found["serving"]["gid"] == 1234  # type: ignore[index]
    assert found["sections"]["environment"]["status"] == "unavailable"  # type: ignore[index]
    assert found["sections"]["environment"]["reason"] == "EACCES permission denied"  # type: ignore[index]
    process = found["sections"]["process"]  # type: ignore[index]
    assert (process["status"], process["hidden"]) == ("partial", ["home", "working_directory"])
    assert process["items"]["capabilities"] == {"effective": []}
    # Root asks, and is told what the server may do.
    assert found["sections"]["volumes"]["items"]["/"]["writable"] is False  # type: ignore[index]
    assert found["sections"]["volumes"]["items"]["/tmp"]["writable"] is True  # type: ignore[index]


@pytest.mark.docker
def test_a_renamed_server_of_another_user_below_a_shell_is_found(inside: Callable[..., dict[str, object]]) -> None:
    drop = "import os; os.setgid(1234); os.setuid(1234)"
    hidden = f"{drop}\n{RENAME}\nctypes.CDLL(None).prctl(15, b'gunicorn: maste')\n{SLEEP}"
    found = inside(["sh", "-c", 'python3 -c "$0" & wait', hidden], ready="up")
    assert found["serving"]["uid"] == 1234  # type: ignore[index]
    assert "exe" in found["serving"]["refused"]  # type: ignore[index]
    assert "command" not in found["sections"]["process"]["items"]  # type: ignore[index]


@pytest.mark.docker
def test_in_the_pid_namespace_of_the_host_ours_are_those_that_see_our_mounts(
    inside: Callable[..., dict[str, object]],
) -> None:
    found = inside(["sh", "-c", f'OURS=1 python3 -c "{APP}" & wait'], ready="up", pid_mode="host")
    assert "OURS" in found["sections"]["environment"]["items"]  # type: ignore[index]


@pytest.mark.docker
def test_nothing_is_written_and_nothing_left_running(
    docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]
) -> None:
    name = run_container(base_image("bookworm"), ["sleep", "infinity"], user="1234:1234", read_only=True)
    container = docker_engine.containers.get(name)
    before = container.diff()
    answer = run_inside(docker_engine, name, {})
    assert answer.code == 0
    assert container.diff() == before
    assert [process[-1] for process in container.top()["Processes"]] == ["sleep infinity"]
    argv = ("python3", *FLAGS, "-")
    assert run_inside(docker_engine, name, {"sections": ["process"]}, argv=argv, user="0").serving["uid"] == 1234


@pytest.mark.docker
def test_where_other_users_processes_are_hidden_nothing_is_made_up(
    docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]
) -> None:
    hide = "import ctypes; assert ctypes.CDLL(None).mount(b'proc', b'/proc', b'proc', 0, b'hidepid=2') == 0; "
    options = {"cap_add": ["SYS_ADMIN"], "security_opt": ["apparmor=unconfined"]}
    name = run_container(base_image("bookworm"), ["python3", "-c", hide + APP], ready="up", **options)
    answer = run_inside(docker_engine, name, {"sections": ["environment", "process", "volumes"]}, user="4321:4321")
    assert {section["status"] for section in answer.sections.values()} == {"unavailable"}
    assert answer.serving["uid"] is None
