"""Any command that ends in a Python, run for real."""

from __future__ import annotations

import os
import shlex
import sys
import time
from pathlib import Path

import pytest

from parity.errors import Incomplete, TargetError, Unreachable
from parity.profile import Status
from parity.profile.document import render
from parity.snapshot.request import Request
from parity.targets import open_target
from parity.targets.exec import parse, python_argv
from tests.services import program
from tests.targets.looking import states, take

PYTHON = shlex.quote(sys.executable)


@pytest.mark.parametrize(
    ("command", "argv"),
    [
        ("docker exec -i web python3", ["docker", "exec", "-i", "web", "python3", "-I", "-S", "-B", "-"]),
        ("docker exec -i web python3 -", ["docker", "exec", "-i", "web", "python3", "-I", "-S", "-B", "-"]),
        ("env -i python3", ["env", "-i", "python3", "-I", "-S", "-B", "-"]),
        ("""sh -c 'exec python3 "$@"' sh""", ["sh", "-c", 'exec python3 "$@"', "sh", "-I", "-S", "-B", "-"]),
        ("fly ssh console -C 'python3 -'", ["fly", "ssh", "console", "-C", "python3 -I -S -B -"]),
        ("sh -c 'cd /app && python3'", ["sh", "-c", "cd /app && python3 -I -S -B -"]),
        ("a 'b;c' \"d|e\" python3", ["a", "b;c", "d|e", "python3", "-I", "-S", "-B", "-"]),
    ],
)
def test_pythons_own_words_stand_at_the_end(command: str, argv: list[str]) -> None:
    assert python_argv(parse(command, {}).words) == argv


@pytest.mark.parametrize(
    "command",
    [
        f"{PYTHON}",
        f"{PYTHON} -",
        f"env -i {PYTHON}",
        f"""sh -c 'exec "{sys.executable}" "$@"' sh""",
        f"sh -c 'exec {sys.executable} -'",
        f"sh -c 'echo Welcome; echo to production; exec {sys.executable}'",
        # As ssh and others do it: all words joined, and split again.
        f"""sh -c 'eval "$*"' sh {PYTHON}""",
    ],
)
def test_a_command_that_leads_to_a_python_gives_a_profile(command: str) -> None:
    profile = take(f"exec:{command}")
    assert profile.target.kind == "exec"
    assert profile.sections["python"].status is Status.OK
    assert profile.sections["python"].items["version"] == ".".join(map(str, sys.version_info[:3]))
    assert any("the command's own" in note for note in profile.sections["environment"].notes)


def test_the_environment_is_the_one_that_the_command_makes() -> None:
    profile = take(f"exec:env -i ONLY=this EMPTY= {PYTHON}")
    assert states(profile) == {"ONLY": "set", "EMPTY": "empty"}


def test_a_profile_keeps_of_the_command_the_programs_name_only() -> None:
    profile = take(f"exec:/usr/bin/env DATABASE_PASSWORD=k8rZ-canary {PYTHON}")
    assert profile.target.reference == profile.name == "env"
    assert "k8rZ-canary" not in render(profile)


def test_nothing_of_the_target_is_imported(tmp_path: Path) -> None:
    mark = tmp_path / "imported"
    for name in ("json.py", "sitecustomize.py", "usercustomize.py", "re.py"):
        (tmp_path / name).write_text(f"open({str(mark)!r}, 'w').close()\n", "utf-8")
    profile = take(f"exec:env PYTHONPATH={tmp_path} sh -c 'cd {tmp_path} && exec {sys.executable} -'")
    assert profile.sections["python"].status is Status.OK
    assert not mark.exists()


@pytest.mark.parametrize(
    ("command", "error", "says"),
    [
        ("true", Incomplete, "ended well and gave no answer of the probe's"),
        ("false", Incomplete, "exit status 1 (no message)"),
        ("sh -c 'echo no such dyno >&2; exit 3'", Incomplete, "exit status 3 (no such dyno)"),
        ("sh -c 'kill -9 $$'", Incomplete, "killed by signal 9"),
        ("sh -c cat sh", Incomplete, "ended well and gave no answer of the probe's"),
        ("no-such-program-here python3", Unreachable, "no-such-program-here: is not installed here"),
        ("/etc/passwd python3", Unreachable, "passwd: permission denied"),
    ],
)
def test_a_command_that_leads_to_none_is_incomplete(command: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=r".") as caught:
        take(f"exec:{command}")
    assert says in str(caught.value)
    assert caught.value.exit_code == 3  # type: ignore[attr-defined]


def test_a_terminal_on_the_way_is_named() -> None:
    with pytest.raises(Incomplete) as caught:
        take(f"exec:{program('script')} -qe -O /dev/null -c '{sys.executable} -'", timeout=1)
    assert "through a terminal" in str(caught.value)
    assert "-t" in (caught.value.hint or "")


def test_a_command_that_hangs_costs_its_deadline_and_leaves_nothing(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    began = time.monotonic()
    with pytest.raises(Incomplete, match="no answer within the deadline"):
        take(f"exec:sh -c 'sleep 60 & echo $! >{pid}; wait' sh", timeout=1)
    assert time.monotonic() - began < 5
    until = time.monotonic() + 5
    while (Path("/proc") / pid.read_text().strip()).is_dir() and time.monotonic() < until:
        time.sleep(0.02)
    assert not (Path("/proc") / pid.read_text().strip()).is_dir()


def test_a_command_that_lingers_after_its_answer_is_not_waited_for() -> None:
    began = time.monotonic()
    profile = take(f"exec:sh -c '{sys.executable} -I -S -B -; sleep 60' sh", timeout=30)
    assert profile.sections["python"].status is Status.OK
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("exec:", "followed by a command"),
        ("exec:''", "followed by a command"),
        ("exec:-oProxyCommand=touch python3", "not by an option"),
        ("exec:--kubeconfig=x", "not by an option"),
        ("exec:a;b", "starts no shell"),
        ("exec:sh -c true && python3", "starts no shell"),
        ("exec:python3 > /tmp/out", "starts no shell"),
        ("exec:sh -c 'python3", "quotes"),
        ("exec:sh\x00-c", "control characters"),
        ("exec:" + "a" * 4096, "characters"),
    ],
)
def test_what_is_no_command_is_refused_before_anything_starts(word: str, says: str, traced: Path) -> None:
    with pytest.raises(TargetError, match=r".") as caught:
        open_target(word, Request())
    assert says in str(caught.value)
    assert not traced.exists()


@pytest.mark.docker
def test_through_docker_exec_the_process_that_serves_is_seen(serving: str) -> None:
    straight = take(f"docker://{serving}", sections=None)
    through = take(f"exec:docker exec -i {serving} python3", sections=None)
    for name in ("python", "packages", "platform", "libraries", "system_packages", "environment", "process"):
        assert through.sections[name].items == straight.sections[name].items, name
    assert through.sections["environment"].notes == straight.sections["environment"].notes


@pytest.mark.docker
@pytest.mark.parametrize(("python", "kind"), [("/usr/bin/python3", "system"), ("/app/.venv/bin/python", "venv")])
def test_where_nothing_serves_the_interpreter_is_the_one_of_the_command(idle: str, python: str, kind: str) -> None:
    seen = take(f"exec:docker exec -i {idle} {python}").sections["python"]
    assert seen.items["executable"] == python
    assert seen.items["kind"] == kind
    assert "no Python process runs there; the interpreter is the one that the command starts" in seen.notes


@pytest.mark.docker
def test_without_standard_input_the_hint_names_it(serving: str) -> None:
    with pytest.raises(Incomplete) as caught:
        take(f"exec:docker exec {serving} python3")
    assert "gave no answer of the probe's" in str(caught.value)
    assert "standard input" in (caught.value.hint or "")


def test_the_path_of_parity_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program_here = tmp_path / "into-production"
    program_here.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    program_here.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert take("exec:into-production").sections["python"].status is Status.OK
