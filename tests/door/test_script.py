"""The script: reproducible, readable, small, on every Python of this machine, at the cost of a Python's start."""

from __future__ import annotations

import ast
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parity.door.demands import Demands, demands
from parity.door.script import script
from parity.policy.agreed import Door, Policy, Server
from tests.canary import Canary
from tests.probe import pythons

POLICY = Policy(
    names=("SECRET_KEY",),
    door=Door(
        python=">=3.8",
        packages={"pytest": ">=7"},
        volumes=("/tmp",),
        database=Server("DSN", 2.5, ">=15", ("pg_trgm",), {"TimeZone": "UTC", "row_security": True}),
    ),
)
MIGRATIONS = {"migrations.alembic": ("a1", "b2<a1")}
CHEAP: Demands = {"environment": ["SECRET_KEY"], "python": ">=3.8", "packages": {"pytest": ""}, "volumes": ["/tmp"]}
ROOT = Path(__file__).parents[2]
EVERY = ("environment", "python", "packages", "volumes", "database")


def started(
    text: str, *arguments: str, python: str = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    """The script over standard input, with these variables and no others."""
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C", **variables}
    argv = [python, "-", *arguments]
    return subprocess.run(argv, input=text, env=environ, capture_output=True, text=True, check=False, cwd="/")


def test_demands_are_those_of_the_policy_and_no_more() -> None:
    assert demands(Policy(), {}) == {}
    assert demands(POLICY, MIGRATIONS) == {
        "environment": ["SECRET_KEY"],
        "python": ">=3.8",
        "packages": {"pytest": ">=7"},
        "volumes": ["/tmp"],
        "database": {
            "variable": "DSN",
            "seconds": 2.5,
            "server_version": ">=15",
            "extensions": ["pg_trgm"],
            "settings": {"TimeZone": "UTC", "row_security": True},
            "migrations": {"migrations.alembic": ["a1", "b2<a1"]},
        },
    }
    assert demands(Policy(), MIGRATIONS)["database"]["variable"] == "DATABASE_URL"
    assert tuple(demands(POLICY, {})) == EVERY


def test_it_is_the_same_each_time_and_its_data_can_be_read() -> None:
    asked = demands(POLICY, MIGRATIONS)
    text = script(asked, "parity.toml")
    assert script(demands(POLICY, MIGRATIONS), "parity.toml") == text
    assert text.isascii()
    tree = ast.parse(text, feature_version=(3, 8))
    stated = {ast.unparse(one.targets[0]): one.value for one in tree.body if isinstance(one, ast.Assign)}
    assert ast.literal_eval(stated["DEMANDS"]) == asked
    assert "as parity.toml has it" in text.splitlines()[1]


def test_a_hostile_name_stays_a_comment_and_a_literal() -> None:
    asked: Demands = {"environment": ["A'''\n", "é\u202e"], "volumes": ["/tmp\\"]}
    text = script(asked, "x\nimport os; os.abort()\n#.toml")
    assert text.isascii()
    assert started(text).returncode == 1
    assert "abort" in text.splitlines()[1]


@pytest.mark.parametrize("name", EVERY)
def test_it_holds_what_its_checks_need(name: str) -> None:
    whole = demands(POLICY, MIGRATIONS)
    text = script({name: whole[name]}, "")
    done = started(text, SECRET_KEY="x", DSN="postgresql://127.0.0.1:1/x")
    assert "Traceback" not in done.stderr
    assert (done.returncode == 0) == (name != "database")
    assert ("parity.probe.postgres" in text) == (name == "database")


def test_it_runs_on_every_python_of_this_machine_and_an_older_one_keeps_the_door_shut() -> None:
    asked = {**CHEAP, "packages": {"no-such-package": ""}, "database": {"variable": "DSN", "seconds": 1.0}}
    for python in pythons.supported():
        done = started(script(asked, ""), python=python.path, SECRET_KEY="x")
        assert (done.returncode, done.stderr.splitlines()) == (
            1,
            [
                "parity require: packages.no-such-package: not installed",
                "parity require: database.DSN: not set, and it says where the database is",
            ],
        ), python
    for python in pythons.unsupported():
        done = started(script(CHEAP, ""), python=python.path, SECRET_KEY="x")
        assert done.returncode == 1
        assert "unsupported Python" in done.stderr


@pytest.mark.parametrize(
    "path", sorted((ROOT / "parity" / "door" / "inside").rglob("*.py")), ids=lambda path: path.stem
)
def test_what_runs_at_the_door_keeps_to_the_floor(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.isascii()
    assert "'''" not in source
    for node in ast.walk(ast.parse(source, path.name, feature_version=(3, 8))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            own = name.startswith(("parity.probe", "parity.door.inside"))
            assert own or name.partition(".")[0] in sys.stdlib_module_names, name


def test_it_says_nothing_when_all_holds_and_becomes_the_command(tmp_path: Path) -> None:
    text = script(CHEAP, "")
    done = started(text, SECRET_KEY="x")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = started(text, "-v", SECRET_KEY="x")
    assert (done.returncode, done.stderr) == (0, "parity require: all holds: environment, python, packages, volumes\n")
    touched = str(tmp_path / "started")
    assert started(text, "--", "touch", touched).returncode == 1
    assert not Path(touched).exists()
    assert started(text, "--", "touch", touched, SECRET_KEY="x").returncode == 0
    assert Path(touched).exists()
    assert started(text, "sh", "-c", "exit 7", SECRET_KEY="x").returncode == 7


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--help"], 0, "usage: [-v] [-- COMMAND ARGUMENTS...]"),
        (["--quick"], 2, "usage: [-v] [-- COMMAND ARGUMENTS...]"),
        (["--", "/nonexistent/x"], 2, "cannot start /nonexistent/x: no such file or directory"),
    ],
)
def test_its_arguments(arguments: list[str], code: int, said: str) -> None:
    done = started(script(CHEAP, ""), *arguments, SECRET_KEY="x")
    assert (done.returncode, done.stderr) == (code, f"parity require: {said}\n")


def test_a_module_beside_it_is_not_imported(tmp_path: Path) -> None:
    for name in ("re", "select", "fnmatch"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(99)\n")
    (tmp_path / "door.py").write_text(script(CHEAP, ""))
    for argv in (["door.py"], [str(tmp_path / "door.py")]):
        done = subprocess.run([sys.executable, *argv], cwd=tmp_path, env={"PYTHONPATH": ""}, check=False)
        assert done.returncode == 1


def test_no_value_is_shown() -> None:
    canary = Canary()
    text = script({**demands(POLICY, MIGRATIONS)}, "")
    done = started(text, DSN=f"postgresql://app:{canary.word}@127.0.0.1:1/{canary.word}", OTHER=canary.secret)
    assert done.returncode == 1
    canary.assert_clean(done.stdout.encode(), done.stderr.encode())


def test_it_takes_less_than_80_ms_without_a_database() -> None:
    text = script(CHEAP, "")

    def spent() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert started(text, SECRET_KEY="x").returncode == 0
        after: Any = resource.getrusage(resource.RUSAGE_CHILDREN)
        return float(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)

    # Of a shared machine the best of three is the program's own.
    assert min(spent() for _ in range(3)) < 0.080
