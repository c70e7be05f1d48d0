"""parity snapshot"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from parity import sections
from parity.profile.load import load
from tests.canary import Canary
from tests.cli.program import parity
from tests.images.fixtures import RunContainer
from tests.proof.profiles import WHOLE, profile


def statuses(document: dict[str, object]) -> dict[str, str]:
    found = document["sections"]
    assert isinstance(found, dict)
    return {name: one["status"] for name, one in found.items()}


def test_it_writes_a_profile_that_its_own_schema_and_its_own_loader_accept(tmp_path: Path) -> None:
    printed = parity("snapshot", "-o", "-", cwd=tmp_path)
    written = parity("snapshot", "-o", "local.json", cwd=tmp_path)
    assert (printed.code, printed.err) == (0, "")
    assert (written.code, written.out, written.err) == (0, "", "")
    schema = json.loads(parity("schema").out)
    for document in (printed.document, json.loads((tmp_path / "local.json").read_bytes())):
        jsonschema.validate(document, schema)
    assert load(tmp_path / "local.json").sections.keys() == set(sections.names())
    assert stat.S_IMODE((tmp_path / "local.json").stat().st_mode) == 0o600


def test_it_looks_at_the_project_s_interpreter_and_not_at_its_own(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    (tmp_path / "src").mkdir()
    for env in ({"VIRTUAL_ENV": None}, {"VIRTUAL_ENV": sys.prefix}):
        taken = parity("snapshot", "--section", "python", "--section", "packages", cwd=tmp_path / "src", env=env)
        found = taken.document["sections"]
        assert found["python"]["items"]["prefix"] == str(tmp_path / ".venv"), env
        assert "typer" not in found["packages"]["items"]
    named = parity("snapshot", "--section", "python", "--python", sys.prefix, cwd=tmp_path)
    assert named.document["sections"]["python"]["items"]["prefix"] == sys.prefix


def test_sections_are_chosen_and_left_out() -> None:
    only = statuses(parity("snapshot", "--section", "python", "--section", "platform").document)
    assert {name for name, status in only.items() if status == "ok"} == {"python", "platform"}
    assert {status for name, status in only.items() if name not in ("python", "platform")} == {"skipped"}
    but = statuses(parity("snapshot", "--skip", "system_packages", "--skip", "libraries").document)
    # In a container nobody asks the engine how it is made.
    assert {name for name, status in but.items() if status == "skipped"} - {"container"} == {
        "system_packages",
        "libraries",
    }
    both = statuses(parity("snapshot", "--section", "python", "--section", "platform", "--skip", "python").document)
    assert {name for name, status in both.items() if status == "ok"} == {"platform"}


def test_a_profile_in_a_file_gives_the_sections_that_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "web.json").write_bytes(profile())
    taken = parity("snapshot", "web.json", "--section", "python", "--name", "other", cwd=tmp_path)
    assert statuses(taken.document) == {"python": "ok", "packages": "skipped", "environment": "skipped"}
    assert taken.document["name"] == "other"
    assert parity("snapshot", "-", stdin=taken.stdout).stdout == taken.stdout


def test_a_required_section_that_could_not_be_read_is_3_and_the_profile_is_written(tmp_path: Path) -> None:
    for names, code in ((("python", "database"), 0), (("python",), 0), ((), 0)):
        words = [word for name in names for word in ("--require", name)]
        assert parity("snapshot", *words, cwd=tmp_path).code == code
    skipped = parity("snapshot", "--skip", "packages", "--require", "packages", "-o", "local.json", cwd=tmp_path)
    assert skipped.code == 3
    assert skipped.line() == "section packages is required and is skipped: not asked for"
    assert statuses(json.loads((tmp_path / "local.json").read_bytes()))["python"] == "ok"
    (tmp_path / "web.json").write_bytes(profile(WHOLE))
    lacking = parity("snapshot", "web.json", "--require", "volumes", cwd=tmp_path)
    assert (lacking.code, lacking.line()) == (3, "section volumes is required and is missing")


@pytest.mark.parametrize("name", ["pipe", "/dev/zero", "/proc/self/mem", "directory"])
def test_a_dotenv_file_that_cannot_be_read_costs_its_section_alone(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "directory").mkdir()
    began = time.monotonic()
    taken = parity("snapshot", "--timeout", "2", "--env-file", name, cwd=tmp_path)
    assert time.monotonic() - began < 2 + 2
    assert taken.code == 0
    found = taken.document["sections"]
    assert found["environment"]["status"] == "partial"
    assert found["environment"]["reason"]
    elsewhere = {"container", "database", "environment", "source"}
    assert {one["status"] for name, one in found.items() if name not in elsewhere} == {"ok"}


def test_a_dotenv_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    taken = parity("snapshot", "--env-file", "nothing.env", cwd=tmp_path)
    assert (taken.code, taken.line()) == (2, "--env-file: there is no file nothing.env")


def test_the_names_of_a_dotenv_file_count_as_declared(tmp_path: Path) -> None:
    (tmp_path / "app.env").write_text("APP_TOKEN=x\nexport APP_EMPTY=\n# comment\nlower.dotted=1\nbad name=1\n")
    taken = parity("snapshot", "--section", "environment", "--env-file", "app.env", cwd=tmp_path, env={"APP_SET": "y"})
    items = taken.document["sections"]["environment"]["items"]
    assert items["APP_TOKEN"] == {"from": "dotenv", "state": "set"}
    assert items["APP_EMPTY"] == {"from": "dotenv", "state": "empty"}
    assert items["APP_SET"] == {"from": "process", "state": "set"}
    assert "lower.dotted" in items
    assert "bad name" not in items


def test_a_path_that_matters_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o750)
    taken = parity("snapshot", "--section", "volumes", "--path", "data", "--path", "/srv/nowhere", cwd=tmp_path)
    items = taken.document["sections"]["volumes"]["items"]
    (key,) = [name for name in items if name.endswith("data")]
    assert items[key]["mode"] == "0750"
    assert items[key]["writable"] is True
    assert items["/srv/nowhere"]["exists"] is False


def test_nobody_s_name_home_or_host_is_in_it(tmp_path: Path) -> None:
    home = tmp_path / "home" / "alice.canary"
    (home / "project").mkdir(parents=True)
    env = {"HOME": str(home), "USER": "alice.canary", "LOGNAME": "alice.canary", "HOSTNAME": "laptop.canary"}
    taken = parity("snapshot", cwd=home / "project", env=env)
    assert taken.code == 0
    assert "alice.canary" not in taken.out
    assert "laptop.canary" not in taken.out


@pytest.mark.docker
def test_options_of_one_side_stand_in_the_target_and_add_up(run_container: RunContainer, app_image: str) -> None:
    name = run_container(app_image, ready="serving", tmpfs={"/mnt/scratch": ""})
    taken = parity("snapshot", f"docker://{name}?path=/data&path=/mnt&name=web", "--path", "/opt", "--name", "other")
    assert (taken.code, taken.err) == (0, "")
    assert taken.document["name"] == "web"
    assert {"/data", "/mnt", "/opt"} <= taken.document["sections"]["volumes"]["items"].keys()


@pytest.mark.docker
def test_anonymised_it_names_nobody_and_no_place(run_container: RunContainer, app_image: str) -> None:
    canary = Canary()
    user = f"u{canary.word[:20]}"
    shell = f"useradd --uid 4242 --home-dir /home/{user} --create-home {user}; exec setpriv --reuid 4242 --clear-groups"
    name = run_container(
        app_image,
        ["sh", "-c", f"{shell} env HOME=/home/{user} python server.py"],
        user="root",
        ready="serving",
        tmpfs={f"/home/{user}/cache": "uid=4242"},
    )
    plain, hidden = (parity("snapshot", f"docker://{name}", *option) for option in ((), ("--anonymize",)))
    assert (plain.code, hidden.code) == (0, 0)
    assert plain.document["sections"]["process"]["items"]["user"] == user
    assert user not in hidden.out
    assert name not in hidden.out
    assert plain.document["identity"]["image"] not in hidden.out
    assert hidden.document["sections"]["process"]["items"]["user"] == "user-1"
    assert hidden.document["sections"]["packages"] == plain.document["sections"]["packages"]
    # One name is one id on both sides, so that a comparison says what it said.
    same = parity(
        "diff", f"docker://{name}", f"docker://{name}", "--anonymize", "--format", "json", "--fail-on", "info"
    )
    assert (same.code, same.document["findings"]) == (0, [])
    assert same.document["local"]["target"] == same.document["production"]["target"]
    assert user not in same.out
    assert name not in same.out


def test_an_output_that_cannot_work_is_told_before_anything_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("#!/bin/sh\nsleep 600\n")
    (tmp_path / "python").chmod(0o755)
    for command in (("snapshot",), ("diff", "local", "local?name=other")):
        began = time.monotonic()
        result = parity(*command, "--python", "./python", "-o", "profiles/local.json", cwd=tmp_path)
        assert time.monotonic() - began < 5
        assert (result.code, result.out) == (2, "")
        assert result.line() == "cannot write profiles/local.json: its directory is not there"
        assert result.err.endswith("\n  mkdir -p profiles\n")
