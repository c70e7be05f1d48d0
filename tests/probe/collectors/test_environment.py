"""Names of variables: the true ones, all of them, and not a byte of a value."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from parity.probe.collectors import environment
from tests.canary import Canary
from tests.probe.running import run

SECTION = {"sections": ["environment"]}


def test_names_with_their_state_and_where_they_come_from() -> None:
    answer = run(SECTION, env={"SET": "1", "EMPTY": ""})
    assert answer.sections["environment"] == {
        "status": "ok",
        "reason": None,
        "items": {"SET": {"state": "set", "from": "process"}, "EMPTY": {"state": "empty", "from": "process"}},
        "volatile": {},
        "notes": [],
        "hidden": [],
    }


def test_no_byte_of_a_value_leaves() -> None:
    canary = Canary()
    variables = {
        "TOKEN": canary.secret,
        "PEM": canary.multiline,
        "DATABASE_URL": f"postgres://u:{canary.word}@h/db",
        "PYTHONPATH": f"/{canary.word}",
    }
    answer = run(SECTION, env=variables)
    assert set(answer.items("environment")) == set(variables)
    canary.assert_clean(answer.out, answer.err)


def test_what_is_no_name_is_counted_and_not_stored() -> None:
    variables = {
        "a b": "1",
        "\x1b[2J": "1",
        "BASH_FUNC_x%%": "() { :; }",
        "1DIGIT": "1",
        "caf\u00e9": "1",
        "N" * 256: "1",
        "new\nline": "1",
        "spring.datasource.url": "1",
        "with-dash": "1",
        "_": "1",
        "N" * 255: "1",
    }
    answer = run(SECTION, env=variables)
    assert set(answer.items("environment")) == {"spring.datasource.url", "with-dash", "_", "N" * 255}
    assert answer.sections["environment"]["notes"] == ["invalid_names: 7, left out"]


def test_a_name_of_a_megabyte_is_no_name() -> None:
    # Longer than one word of execve may be: no process can be started with it.
    items, notes = environment.from_pairs({"N" * (1 << 20): "1", "": "1", "KEPT": ""}, "engine", {})
    assert items == {"KEPT": {"state": "empty", "from": "engine"}}
    assert notes == ("invalid_names: 2, left out",)


def test_more_names_than_anybody_has_are_cut_and_said_to_be() -> None:
    variables = {f"N{number:05}": "" for number in range(environment.NAMES_LIMIT + 10)}
    section = run(SECTION, env=variables).sections["environment"]
    assert sorted(section["items"]) == sorted(variables)[: environment.NAMES_LIMIT]
    assert (section["status"], section["hidden"]) == ("partial", ["*"])


def test_a_dotenv_file_adds_what_the_process_lacks(tmp_path: Path) -> None:
    canary = Canary()
    (tmp_path / "app.env").write_text(
        f"SHARED=from file\nEMPTY_IN_PROCESS=x\nADDED={canary.word}\nEMPTY=\nBARE\nbad name\n"
        f'KEY="{canary.multiline}"\n\x1b[2J=1\n'
    )
    request = {**SECTION, "env_files": ["app.env"]}
    answer = run(request, env={"SHARED": "1", "EMPTY_IN_PROCESS": ""}, cwd=tmp_path)
    assert answer.items("environment") == {
        "SHARED": {"state": "set", "from": "process"},
        "EMPTY_IN_PROCESS": {"state": "empty", "from": "process"},
        "ADDED": {"state": "set", "from": "dotenv"},
        "EMPTY": {"state": "empty", "from": "dotenv"},
        "KEY": {"state": "set", "from": "dotenv"},
    }
    assert answer.sections["environment"]["notes"] == [
        "dotenv: 1 lines could not be understood",
        "dotenv: 1 names stand without a value and set nothing",
        "dotenv: invalid_names: 1, left out",
    ]
    canary.assert_clean(answer.out, answer.err)


def test_the_first_of_two_dotenv_files_wins(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("A=\nB=1\n")
    (tmp_path / "two").write_text("A=1\nC=1\n")
    answer = run({**SECTION, "env_files": [str(tmp_path / "one"), "two"]}, env={}, cwd=tmp_path)
    states = {name: item["state"] for name, item in answer.items("environment").items()}
    assert states == {"A": "empty", "B": "set", "C": "set"}


def test_a_dotenv_file_that_is_not_there_adds_no_name_and_hides_none(tmp_path: Path) -> None:
    section = run({**SECTION, "env_files": [str(tmp_path / "secret-name.env")]}, env={"A": "1"}).sections["environment"]
    assert (section["status"], section["hidden"], list(section["items"])) == ("ok", [], ["A"])
    assert section["notes"] == ["dotenv: a file that was asked for is not there"]


@pytest.mark.parametrize("kind", ["directory", "fifo", "huge"])
def test_a_dotenv_file_that_cannot_be_read_hides_what_it_would_add(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "secret-name.env"
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "huge":
        with path.open("wb") as stream:
            stream.truncate(1 << 40)
    section = run({**SECTION, "env_files": [str(path)]}, env={"A": "1"}).sections["environment"]
    assert (section["status"], section["hidden"], list(section["items"])) == ("partial", ["*"], ["A"])
    assert section["reason"].startswith("a dotenv file that was asked for could not be read: E")
    assert "secret-name" not in section["reason"]


def test_a_dotenv_file_that_nobody_asked_for_is_mentioned(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SECRET=1\n")
    for request, expected in (
        (SECTION, [".env in the working directory was not read; --env-file .env adds its names"]),
        ({**SECTION, "env_files": [".env"]}, []),
    ):
        assert run(request, env={}, cwd=tmp_path).sections["environment"]["notes"] == expected


def test_a_dotenv_file_beside_a_server_is_not_mentioned(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SECRET=1\n")
    command = [sys.executable, "-c", "print('up', flush=True); import time; time.sleep(60)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        process.stdout.readline()
        section = run({**SECTION, "pid": process.pid, "rerun": False}).sections["environment"]
        process.kill()
    assert section["notes"] == []
