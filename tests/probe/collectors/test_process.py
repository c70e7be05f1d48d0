"""Who the process is and what it may do, of real processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parity.probe.collectors import process as collector
from parity.probe.kit import View
from parity.probe.process import proc, serving
from tests.canary import Canary
from tests.probe.running import Answer, run, run_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docker import DockerClient

SECTION = {"sections": ["process"]}
SLEEP = "print('up', flush=True); import time; time.sleep(60)"


@contextmanager
def served(argv: list[str], **popen: Any) -> Iterator[Answer]:
    """What the probe says of a process of this machine."""
    with subprocess.Popen(argv, stdout=subprocess.PIPE, **popen) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
            yield run({**SECTION, "pid": process.pid, "rerun": False})
        finally:
            process.kill()


def test_this_process() -> None:
    items = run(SECTION, env={"HOME": "/nonexistent"}, umask=0o027).items("process")
    assert items["uid"] == os.geteuid()
    assert items["gid"] == os.getegid()
    assert items["umask"] == "0027"
    assert set(items["groups"]["ids"]) == {str(group) for group in os.getgroups()}
    assert items["home"] == {"path": "~", "from": "HOME", "exists": False}
    assert items["passwd_entry"] is True
    assert "command" not in items


def test_the_person_who_looks_is_not_in_it(tmp_path: Path) -> None:
    home = tmp_path / "alice"
    work = home / "work"
    work.mkdir(parents=True)
    answer = run(SECTION, env={"HOME": str(home)}, cwd=work)
    assert answer.items("process")["home"] == {
        "path": "~",
        "from": "HOME",
        "exists": True,
        "readable": True,
        "writable": True,
    }
    assert answer.items("process")["working_directory"]["path"] == "~/work"
    assert b"alice" not in answer.out.replace(b'"interpreter"', b"")


def test_an_argument_is_never_recorded() -> None:
    canary = Canary()
    with served([sys.executable, "-c", SLEEP, "--password", canary.secret]) as answer:
        assert answer.items("process")["command"] == "program " + Path(sys.executable).name
        canary.assert_clean(answer.out, answer.err)


@pytest.mark.parametrize(
    ("argv", "exe", "expected"),
    [
        (["/app/.venv/bin/python", "app.py"], "/usr/bin/python3.11", "script app.py"),
        (["gunicorn: master [app --key sekret]"], "/usr/bin/python3.11", "program python3.11"),
        (["celery@host:sekret"], "/usr/bin/python3.11", "program python3.11"),
        (["postgres://u:sekret@h/db"], "/usr/bin/python3.11", "program python3.11"),
        (["app\x1b[2J"], None, None),
        (["x" * 100], None, None),
        ([], None, None),
        (["-bash"], "/bin/bash", "program -bash"),
    ],
)
def test_a_command_is_a_file_name_or_nothing(argv: list[str], exe: str | None, expected: str | None) -> None:
    assert collector.command(proc.Process(1, argv=argv, exe=exe)) == expected


def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    with served([sys.executable, "-c", f"import os; os.rmdir({str(gone)!r}); {SLEEP}"], cwd=gone) as answer:
        assert answer.items("process")["working_directory"]["exists"] is False


def test_without_proc_it_still_knows_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, refused: dict[str, str], what: str) -> None:
        refused[what] = "ENOENT no such file or directory"

    monkeypatch.setattr(proc, "_bytes", refuse)
    view = View()
    view.process = serving.find({})
    section = collector.collect(view).as_dict()
    assert section["items"]["uid"] == os.geteuid()
    assert re.fullmatch("0[0-7]{3}", section["items"]["umask"])
    assert section["status"] == "partial"
    assert section["hidden"] == [
        "blocked_signals", "capabilities", "ignored_signals", "no_new_privileges", "read_only_root", "seccomp"
    ]  # fmt: skip


SERVES = "import signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2}); print(flush=True); input()"


@pytest.mark.parametrize(
    ("trap", "ignored"), [("true", None), ("trap '' TERM HUP", ["SIGHUP", "SIGTERM"]), ("trap '' PIPE", None)]
)
def test_signals_that_do_nothing_to_a_process_by_its_start(trap: str, ignored: list[str] | None) -> None:
    started = ["sh", "-c", f'{trap}; exec "$0" -c "$1"', sys.executable, SERVES]
    with subprocess.Popen(started, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        view = View()
        view.process = proc.read(child.pid)
        items = collector.collect(view).as_dict()["items"]
        child.communicate(b"\n")
    assert items.get("ignored_signals") == (ignored and {"names": ignored})
    assert items["blocked_signals"] == {"names": ["SIGUSR2"]}


def test_the_numbers_of_signals_are_this_machines() -> None:
    named = {number: "SIG" + name for number, name in enumerate(collector._SIGNALS) if name}
    known = {one.value: one.name for one in signal.Signals if one.value < 32}
    assert {number: name for number, name in known.items() if named.get(number) != name} == {}


@pytest.fixture
def in_container(
    docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]
) -> Callable[..., dict[str, Any]]:
    """in_container(**options) -> items of `process` for a Python server there."""

    def look(**options: Any) -> dict[str, Any]:
        name = run_container(base_image("bookworm"), ["python3", "-c", SLEEP], ready="up", **options)
        return run_inside(docker_engine, name, SECTION).items("process")

    return look


@pytest.mark.docker
def test_a_container_as_root(in_container: Callable[..., dict[str, Any]]) -> None:
    items = in_container()
    assert items["uid"] == 0
    assert items["user"] == "root"
    assert items["command"] == "program python3"
    assert items["home"] == {"path": "/root", "from": "HOME", "exists": True, "readable": True, "writable": True}
    assert len(items["capabilities"]["effective"]) == 14
    assert items["read_only_root"] is False
    assert items["no_new_privileges"] is False


@pytest.mark.docker
def test_a_container_as_nobody_known_in_a_read_only_root(in_container: Callable[..., dict[str, Any]]) -> None:
    items = in_container(
        user="4321:100",
        group_add=["44"],
        read_only=True,
        security_opt=["no-new-privileges"],
        environment={"HOME": "/root"},
        working_dir="/usr",
    )
    assert items == {
        "uid": 4321,
        "gid": 100,
        "user": None,
        "passwd_entry": False,
        "groups": {"ids": ["100", "44"]},
        "umask": "0022",
        "home": {"path": "/root", "from": "HOME", "exists": True, "readable": False, "writable": False},
        "working_directory": {"path": "/usr", "exists": True, "readable": True, "writable": False},
        "capabilities": {"effective": []},
        "no_new_privileges": True,
        "seccomp": "filter",
        "read_only_root": True,
        "command": "program python3",
    }


@pytest.mark.docker
def test_capabilities_by_the_names_that_docker_takes(in_container: Callable[..., dict[str, Any]]) -> None:
    items = in_container(cap_drop=["ALL"], cap_add=["NET_BIND_SERVICE", "SYS_PTRACE"])
    assert items["capabilities"] == {"effective": ["NET_BIND_SERVICE", "SYS_PTRACE"]}
