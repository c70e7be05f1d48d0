"""What the README says is what the program does: its transcript, its targets, its commands and exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parity import targets
from parity.cli._application import commands
from parity.errors import Incomplete, InvalidProfile, ParityError, UsageError
from parity.report import formats
from tests.cli.program import parity

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def between(start: str, end: str = "<!-- end -->") -> str:
    return README.partition(start)[2].partition(end)[0]


def test_it_opens_with_two_commands_that_do_all_the_set_up() -> None:
    first = re.search(r"```\n(.*?)```", README, re.DOTALL)
    assert first is not None
    assert [line.split("#")[0].strip() for line in first[1].splitlines()] == ["make demo", "make test"]


def test_the_transcript_is_what_the_command_prints(tmp_path: Path) -> None:
    told = between("<!-- transcript -->")
    command = re.search(r"^\$ parity (.*)$", told, re.MULTILINE)
    assert command is not None
    words = [str(ROOT / word) if word.endswith(".json") else word for word in command[1].split()]
    result = parity(*words, cwd=tmp_path, env={"COLUMNS": "80"})
    assert result.code == 1
    assert told.strip().removeprefix("```").removesuffix("```").partition("\n$ ")[2].partition("\n")[2] == result.out


def test_the_explanation_is_what_the_command_prints(tmp_path: Path) -> None:
    told = between("<!-- explanation -->")
    command = re.search(r"^\$ parity (.*)$", told, re.MULTILINE)
    assert command is not None
    words = [str(ROOT / word) if word.startswith("profiles/") else word for word in command[1].split()]
    result = parity(*words, cwd=tmp_path, env={"COLUMNS": "80"})
    assert result.code == 0
    assert told.strip().removeprefix("```").removesuffix("```").partition("\n$ ")[2].partition("\n")[2] == result.out


@pytest.mark.parametrize("kind", sorted(targets.kinds()))
def test_every_kind_of_target_is_in_the_table(kind: str) -> None:
    word = {"local": "`local`", "file": "`PATH`"}.get(kind, f"`{kind}:")
    assert word in between("### Targets", "### "), f"{kind} is not there"


@pytest.mark.parametrize("name", [module.__name__.rpartition(".")[2] for module in commands()])
def test_every_command_is_named(name: str) -> None:
    assert f"parity {name}" in README


def test_the_table_of_reports_names_every_format_and_no_other() -> None:
    told = re.findall(r"^\| `([a-z]+)` \|", between("## Reports", "## "), re.MULTILINE)
    assert sorted(told) == list(formats())


@pytest.mark.parametrize("error", [UsageError, InvalidProfile, Incomplete, ParityError])
def test_every_exit_code_is_told(error: type[ParityError]) -> None:
    assert f"| {error.exit_code} |" in between("### Exit codes", "## ")


def test_every_directory_of_the_architecture_is_there() -> None:
    named = re.findall(r"^\| `(parity/[a-z/]+/)`", README, re.MULTILINE)
    assert len(named) > 10
    for place in named:
        assert (ROOT / place).is_dir(), place
    packages = {f"parity/{path.parent.name}/" for path in (ROOT / "parity").glob("*/__init__.py")}
    assert packages <= set(named) | {"parity/probe/collectors/"}
