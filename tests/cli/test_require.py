"""parity require"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import environment, parity

POLICY = """\
[environment]
required = ["SHOP_KEY"]

[door]
python = ">=3.8"
packages = { pytest = "*" }
volumes = ["/tmp"]
"""
VENV = ("--python", sys.executable)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A directory with a policy."""
    (tmp_path / "parity.toml").write_text(POLICY)
    return tmp_path


def test_all_holds_without_a_word_or_with_one(project: Path) -> None:
    result = parity("require", *VENV, cwd=project, env={"SHOP_KEY": "x"})
    assert (result.code, result.out, result.err) == (0, "", "")
    result = parity("require", "-v", *VENV, cwd=project, env={"SHOP_KEY": "x"})
    said = "parity require: all holds: environment, python, packages, volumes\n"
    assert (result.code, result.out, result.err) == (0, "", said)


def test_a_line_for_each_failure_and_nothing_is_started(project: Path) -> None:
    (project / "parity.toml").write_text(POLICY.replace("/tmp", "/nonexistent").replace(">=3.8", "<3.8"))
    result = parity("require", *VENV, "--", "touch", "started", cwd=project, env={"SHOP_KEY": ""})
    assert (result.code, result.out) == (1, "")
    version = ".".join(map(str, sys.version_info[:3]))
    assert result.err.splitlines() == [
        "parity require: environment.SHOP_KEY: set to nothing",
        f"parity require: python.version: {version} is not <3.8",
        "parity require: volumes./nonexistent: not there",
    ]
    assert not (project / "started").exists()


def test_it_becomes_the_command(project: Path) -> None:
    command = ("--", "sh", "-c", "echo $$ $SHOP_KEY; exit 7")
    result = parity("require", *VENV, *command, cwd=project, env={"SHOP_KEY": "x"})
    assert result.code == 7
    assert result.out.split()[1] == "x"
    result = parity("require", *VENV, "--", "/nonexistent/x", cwd=project, env={"SHOP_KEY": "x"})
    assert result.code == 2
    assert result.line() == "cannot start /nonexistent/x: no such file or directory"


def test_the_script_that_is_written_says_the_same(project: Path) -> None:
    assert parity("require", "--emit", "-o", "door.py", cwd=project).code == 0
    assert (project / "door.py").stat().st_mode & 0o777 == 0o755
    assert parity("require", "--emit", cwd=project).out == (project / "door.py").read_text()
    done = subprocess.run(
        [sys.executable, "door.py"], cwd=project, env=environment(), capture_output=True, text=True, check=False
    )
    result = parity("require", *VENV, cwd=project)
    assert (done.returncode, done.stderr) == (1, result.err) == (result.code, result.err)


def test_the_programs_own_interpreter_is_asked(project: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", ".venv"], cwd=project, check=True)
    result = parity("require", cwd=project, env={"SHOP_KEY": "x", "VIRTUAL_ENV": None})
    assert (result.code, result.err) == (1, "parity require: packages.pytest: not installed\n")


def test_an_interpreter_that_cannot_answer_is_no_answer(project: Path) -> None:
    broken = project / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    result = parity("require", "--python", str(broken), cwd=project, env={"SHOP_KEY": "x"})
    assert result.code == 3
    assert "did not answer" in result.line()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--emit", "--", "true"), "--emit takes no command"),
        (("-o", "x.py"), "-o is where --emit writes"),
        (("--policy", "gone.toml"), "no such policy: gone.toml"),
    ],
)
def test_what_cannot_be_right(project: Path, arguments: tuple[str, ...], words: str) -> None:
    result = parity("require", *arguments, cwd=project)
    assert result.code == 2
    assert words in result.line()


def test_a_door_that_asks_for_nothing_is_refused(tmp_path: Path) -> None:
    result = parity("require", cwd=tmp_path)
    assert (result.code, result.line()) == (2, "no policy here requires anything")
    (tmp_path / "parity.toml").write_text('fail-on = "error"\n')
    result = parity("require", cwd=tmp_path)
    assert (result.code, result.line()) == (2, "parity.toml requires nothing")


def test_migrations_are_those_of_the_policys_repository(project: Path) -> None:
    (project / "parity.toml").write_text("[door]\nmigrations = true\n")
    result = parity("require", "--emit", cwd=project)
    assert result.code == 2
    assert "there are none in" in result.line()
    versions = project / "alembic" / "versions"
    versions.mkdir(parents=True)
    (versions / "a1.py").write_text("revision = 'a1'\ndown_revision = None\ndef upgrade(): ...\n")
    (versions / "b2.py").write_text("revision = 'b2'\ndown_revision = 'a1'\ndef upgrade(): ...\n")
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    named = ("--policy", "../parity.toml")
    written = parity("require", "--emit", *named, cwd=elsewhere).out
    assert "'migrations': {'migrations.alembic': ['a1', 'b2<a1']}" in written
    (versions / "c3.py").write_text("import alembic\nrevision = (\n")
    result = parity("require", "--emit", cwd=project)
    assert result.code == 3
    assert "alembic/versions/c3.py" in result.line()
