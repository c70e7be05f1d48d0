"""parity fix"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.program import parity
from tests.fix.cases import COMPOSE, DOCKERFILE
from tests.proof.profiles import WHOLE, profile, section
from tests.services import program

SET = {"state": "set"}
SECRET = "hunter2-of-the-shop"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository, and the profiles of both sides beside it."""
    repository = tmp_path / "shop"
    repository.mkdir()
    texts = {
        "Dockerfile": DOCKERFILE,
        "compose.yaml": COMPOSE,
        "requirements.txt": "flask==3.0.0\nclick==8.0.4\n",
        ".env.example": "QUEUE_URL=\n",
        ".env": f"QUEUE_URL={SECRET}\n",
        "shop.py": 'import os, click, flask\n\n\n\nKEY = os.environ["STRIPE_KEY"]\nQUEUE = os.environ["QUEUE_URL"]\n',
    }
    for name, text in texts.items():
        (repository / name).write_text(text)
    base: dict[str, Any] = {**WHOLE, "process": section(uid=1000, gid=1000)}
    flask = {"version": "3.0.0", "requires": ["click>=8.1.3"]}
    local = {
        **base,
        "packages": section(flask=flask, click={"version": "8.1.7"}),
        "environment": section(STRIPE_KEY=SET, QUEUE_URL=SET),
        "platform": section(kernel="6.1.0"),
    }
    production = {
        **base,
        "packages": section(flask=flask, click={"version": "8.0.4"}),
        "environment": section(QUEUE_URL=SET),
        "platform": section(kernel="5.10.0"),
    }
    (tmp_path / "local.json").write_bytes(profile(local, name="local"))
    (tmp_path / "production.json").write_bytes(profile(production, name="production"))
    return tmp_path


def fix(shop: Path, *more: str) -> Any:
    return parity("fix", "local.json", "production.json", "--declared", "shop", *more, cwd=shop)


def tree(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def test_it_prints_commands_and_writes_nothing(shop: Path) -> None:
    before = tree(shop)
    result = fix(shop)
    assert result.code == 0
    assert "ERROR  packages.click" in result.out
    assert "docker compose up --detach --build" in result.out
    assert "+click==8.1.7" in result.out
    assert tree(shop) == before


def test_what_it_writes_applies_and_nothing_else_changes(shop: Path) -> None:
    before = tree(shop)
    result = fix(shop, "--write", "fixes")
    assert result.code == 0
    assert {path: text for path, text in tree(shop).items() if not path.startswith("fixes/")} == before
    assert {path.name for path in (shop / "fixes").iterdir()} == {
        "fix.patch",
        "constraints.txt",
        "check_environment.py",
    }
    subprocess.run([program("git"), "apply", "../fixes/fix.patch"], cwd=shop / "shop", check=True)
    assert (shop / "shop" / "requirements.txt").read_text() == "flask==3.0.0\nclick==8.1.7\n"
    assert (shop / "shop" / ".env.example").read_text() == "QUEUE_URL=\nSTRIPE_KEY=\n"
    assert "STRIPE_KEY: ${STRIPE_KEY:?is not set}" in (shop / "shop" / "compose.yaml").read_text()


def test_the_patched_compose_file_asks_for_the_variable(shop: Path) -> None:
    fix(shop, "--write", "fixes")
    subprocess.run([program("git"), "apply", "../fixes/fix.patch"], cwd=shop / "shop", check=True)
    words = [program("docker-compose"), "--file", "compose.yaml", "config", "--quiet"]
    given = {"PATH": "/usr/bin:/bin", "QUEUE_URL": "x"}
    without = subprocess.run(words, cwd=shop / "shop", env=given, capture_output=True, text=True, check=False)
    assert without.returncode != 0
    assert "STRIPE_KEY" in without.stderr
    subprocess.run(words, cwd=shop / "shop", env={**given, "STRIPE_KEY": "x"}, check=True)


def test_the_start_up_check_names_what_is_missing_and_no_value(shop: Path) -> None:
    fix(shop, "--write", "fixes")
    words = [sys.executable, "fixes/check_environment.py"]
    done = subprocess.run(words, cwd=shop, env={"QUEUE_URL": SECRET}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "these variables are missing or empty: STRIPE_KEY\n"
    assert subprocess.run(words, cwd=shop, env={"STRIPE_KEY": SECRET}, check=False).returncode == 0


def test_it_never_writes_over_a_file(shop: Path) -> None:
    (shop / "fixes").mkdir()
    (shop / "fixes" / "constraints.txt").write_text("mine\n")
    result = fix(shop, "--write", "fixes")
    assert result.code == 2
    assert "it is there already" in result.line()
    assert tree(shop / "fixes") == {"constraints.txt": b"mine\n"}


def test_one_cause_is_fixed_alone(shop: Path) -> None:
    result = fix(shop, "--cause", "environment.STRIPE_KEY", "--format", "json")
    assert [one["label"] for one in result.document["treated"]] == ["environment.STRIPE_KEY"]


def test_a_cause_that_is_none_is_told(shop: Path) -> None:
    result = fix(shop, "--cause", "packages.nothing")
    assert result.code == 2
    assert "the two sides do not differ in" in result.line()


def test_all_names_what_has_no_remedy(shop: Path) -> None:
    assert "NO REMEDY" not in fix(shop).out
    result = fix(shop, "--all")
    assert result.code == 0
    assert "platform.kernel: no remedy is known" in result.out


def test_the_log_tells_what_is_fixed(shop: Path) -> None:
    log = 'Traceback (most recent call last):\n  File "/app/shop.py", line 5, in <module>\n'
    log += "    KEY = os.environ[\"STRIPE_KEY\"]\nKeyError: 'STRIPE_KEY'\n"
    (shop / "prod.log").write_text(log)
    result = fix(shop, "--log", "prod.log", "--format", "json")
    assert [one["label"] for one in result.document["treated"]] == ["environment.STRIPE_KEY"]


def test_the_other_side_can_be_changed(shop: Path) -> None:
    result = fix(shop, "--side", "local", "--format", "json")
    assert {one["side"] for one in result.document["treated"]} == {"local"}


def test_the_document_is_of_its_published_schema(shop: Path) -> None:
    schema = json.loads(files("parity.report").joinpath("remedies.schema.json").read_text("utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema)
    checker.check_schema(schema)
    result = fix(shop, "--all", "--format", "json")
    checker.validate(result.document)
    assert result.stdout == fix(shop, "--all", "--format", "json").stdout


def test_no_value_leaves_the_repository(shop: Path) -> None:
    fix(shop, "--write", "fixes", "--all")
    assert SECRET not in fix(shop, "--all").out
    assert all(SECRET.encode() not in text for text in tree(shop / "fixes").values())


@pytest.mark.parametrize(
    "words",
    [("--side", "both"), ("--format", "html"), ("--cause", "packages.click", "--all"), ("--write", "local.json")],
)
def test_what_cannot_be_right_is_refused(shop: Path, words: tuple[str, ...]) -> None:
    result = fix(shop, *words)
    assert result.code == 2
    assert result.line()
