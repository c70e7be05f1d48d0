"""The repository beside a comparison: which one is read, when it is left out, and what it tells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import ELSEWHERE, environment, parity
from tests.proof.profiles import WHOLE, profile, section

FILES = {
    "pyproject.toml": """
[project]
name = "shop"
version = "1"
requires-python = ">=3.10"
dependencies = ["requests>=2", "jinja2==3.1.4"]

[dependency-groups]
dev = ["pytest"]
""",
    "shop/__init__.py": "",
    "shop/mail.py": """import os

import jinja2

SENDER = os.environ["MAIL_SENDER"]
LEVEL = os.getenv("LOG_LEVEL", "INFO")
""",
    ".env.example": "MAIL_SENDER=\n",
}
SET = {"state": "set"}
DIFF = ("diff", "local.json", "production.json", "--format", "json")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A repository with two profiles of its program in it, production's without half of what is used."""
    root = tmp_path / "shop"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    base = {"requests": {"version": "2.32.3"}}
    local = {**base, "jinja2": {"version": "3.1.4"}, "pytest": {"version": "8.2.0"}}
    names = dict.fromkeys(("MAIL_SENDER", "LOG_LEVEL", "MY_TOKEN", "PATH"), SET)
    python = section(version="3.12.4")
    write(root / "local.json", python, section(**local), section(**names))
    write(root / "production.json", python, section(**base), section(PATH=SET))
    return root


def write(path: Path, python: Any, packages: Any, environment: Any) -> None:
    path.write_bytes(profile({**WHOLE, "python": python, "packages": packages, "environment": environment}))


def told(document: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    """{label: (severity, the side that departs)} of what the sides differ in."""
    found = (one for one in document["findings"] if one["kind"])
    return {f"{one['section']}.{one['key']}": (one["severity"], one["departs"]) for one in found}


BY_USE = {
    "packages.jinja2": ("error", "production"),
    "packages.pytest": ("info", None),
    "environment.MAIL_SENDER": ("error", "production"),
    "environment.LOG_LEVEL": ("warning", "undeclared"),
    "environment.MY_TOKEN": ("info", None),
}
BY_CATEGORY = {
    "packages.jinja2": ("warning", None),
    "packages.pytest": ("info", None),
    "environment.MAIL_SENDER": ("error", None),
    "environment.LOG_LEVEL": ("error", None),
    "environment.MY_TOKEN": ("error", None),
}


def test_the_repository_around_the_working_directory_tells_what_is_used(shop: Path) -> None:
    result = parity("diff", "../local.json", "../production.json", "--format", "json", cwd=shop / "shop")
    document = result.document
    assert (result.code, result.err) == (1, "")
    assert told(document) == BY_USE
    assert document["declared"]["target"] == {"kind": "repo", "reference": "."}
    evidence = {one["key"]: one["evidence"] for one in document["findings"]}
    assert evidence["jinja2"][0] == "imported at shop/mail.py:3"
    assert evidence["MAIL_SENDER"] == ["read without a default at shop/mail.py:5", "declared at .env.example:1"]
    unpinned = next(one for one in document["findings"] if one["id"] == "packages.unpinned")
    assert (unpinned["key"], unpinned["severity"]) == ("pyproject.toml", "info")


def test_the_commit_is_told(shop: Path) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *words], cwd=shop, check=True, env=environment())
    commit = subprocess.run([*git, "rev-parse", "HEAD"], cwd=shop, check=True, env=environment(), capture_output=True)
    document = parity(*DIFF, cwd=shop).document
    assert document["declared"]["identity"] == {"commit": commit.stdout.decode().strip()}
    shown = parity("diff", "local.json", "production.json", cwd=shop).out
    assert f"declared    repo:. at {document['declared']['identity']['commit'][:12]}\n" in shown


def test_one_is_named(shop: Path, tmp_path: Path) -> None:
    words = ("diff", shop / "local.json", shop / "production.json", "--format", "json")
    assert told(parity(*words, "--declared", shop, cwd=tmp_path).document) == BY_USE
    # A word of the query of a target is none of a directory's name.
    odd = shop.rename(tmp_path / "what?python=no")
    words = ("diff", odd / "local.json", odd / "production.json", "--format", "json")
    assert told(parity(*words, "--declared", odd, cwd=tmp_path).document) == BY_USE


def test_it_is_switched_off(shop: Path) -> None:
    document = parity(*DIFF, "--no-declared", cwd=shop).document
    assert told(document) == BY_CATEGORY
    assert (document["declared"], document["declared_reason"]) == (None, "--no-declared")
    shown = parity("diff", "local.json", "production.json", "--no-declared", cwd=shop).out
    assert "No source was read (--no-declared): severities follow categories alone." in " ".join(shown.split())


def test_one_that_has_nothing_to_do_with_either_side_is_left_out(shop: Path) -> None:
    for name in ("local", "production"):
        write(shop / f"{name}.json", section(version="3.12.4"), section(django={"version": "5.0"}), section(PATH=SET))
    write(shop / "local.json", section(version="3.12.4"), section(django={"version": "5.1"}), section(PATH=SET))
    why = "the repository here declares and imports nothing that either side has"
    assert parity(*DIFF, cwd=shop).document["declared_reason"] == why
    # One that is named is what it is.
    named = parity(*DIFF, "--declared", ".", cwd=shop).document
    assert named["declared"] is not None
    assert any(one["id"] == "environment.unset" for one in named["findings"])


def test_elsewhere_there_is_none_and_nothing_is_read(shop: Path) -> None:
    files = str(shop / "local.json"), str(shop / "production.json")
    document = parity("diff", *files, "--format", "json").document
    assert document["declared_reason"] == "no repository around the working directory"
    assert told(document) == BY_CATEGORY
    script = (
        "import sys, contextlib, os, parity.__main__ as program\n"
        "with contextlib.redirect_stdout(open(os.devnull, 'w')):\n"
        "    assert program.run(sys.argv[1:]) == 1\n"
        "assert not [name for name in sys.modules if name.startswith('parity.declared')]\n"
    )
    subprocess.run([sys.executable, "-c", script, "diff", *files], cwd=ELSEWHERE, env=environment(), check=True)


def test_a_home_directory_is_no_repository(shop: Path) -> None:
    document = parity(*DIFF, cwd=shop, env={"HOME": str(shop)}).document
    assert document["declared_reason"] == "no repository around the working directory"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--declared", "nowhere"), "--declared: no such directory: 'nowhere'"),
        (("--declared", "local.json"), "--declared: no such directory: 'local.json'"),
        (("--declared", ".", "--no-declared"), "--declared and --no-declared exclude each other"),
    ],
)
def test_what_cannot_be_right_is_refused(shop: Path, words: tuple[str, ...], said: str) -> None:
    result = parity(*DIFF, *words, cwd=shop)
    assert (result.code, result.out) == (2, "")
    assert result.line() == said


def test_broken_files_are_no_end(shop: Path) -> None:
    (shop / "shop" / "broken.py").write_text("import (")
    (shop / "requirements.txt").write_bytes(b"\0\1\2")
    document = parity(*DIFF, cwd=shop).document
    # What a file that nobody could read may ask for is not known to be unused.
    assert told(document)["packages.jinja2"] == ("error", "production")
    assert document["declared"] is not None


def test_the_same_things_twice_are_parity_beside_a_repository(shop: Path) -> None:
    words = ("diff", "local.json", "local.json", "--fail-on", "warning", "--format", "json")
    result = parity(*words, cwd=shop)
    assert result.code == 0
    assert {one["kind"] for one in result.document["findings"]} <= {None}


def test_names_of_users_have_one_id_on_all_sides(shop: Path) -> None:
    result = parity(*DIFF, "--anonymize", cwd=shop)
    assert result.code == 1
    assert told(result.document) == BY_USE


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A program of the standard library alone, beside two profiles of it: production gives its variable another
    name."""
    root = tmp_path / "pages"
    (root / ".git").mkdir(parents=True)
    (root / "pages.py").write_text(
        'import os\n\n\ndef rows(found):\n    return found[: int(os.getenv("PAGE_SIZE"))]\n\n\nprint(rows([1]))\n'
    )
    pip = section(pip={"version": "24.0"}, idna={"version": "3.10"})
    write(root / "local.json", section(version="3.12.4"), pip, section(PATH=SET, PAGE_SIZE=SET))
    write(root / "production.json", section(version="3.12.4"), pip, section(PATH=SET, PAGESIZE=SET))
    return root


TRACEBACK = """Traceback (most recent call last):
  File "/srv/pages.py", line 8, in <module>
    print(rows([1]))
  File "/srv/pages.py", line 5, in rows
    return found[: int(os.getenv("PAGE_SIZE"))]
TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
"""


def test_a_program_that_needs_no_package_is_known_by_the_variables_that_it_reads(pages: Path) -> None:
    document = parity(*DIFF, cwd=pages).document
    assert document["declared_reason"] is None
    assert [label for label, (severity, _) in told(document).items() if severity == "error"] == [
        "environment.PAGE_SIZE"
    ]
    (pages / "prod.log").write_text(TRACEBACK)
    shown = parity("explain", "local.json", "production.json", "--log", "prod.log", cwd=pages).out
    assert "pages.py:5" in shown


@pytest.mark.parametrize(("file", "its"), [("pages.py", True), ("other.py", False)])
def test_a_log_tells_whose_it_is_by_the_lines_that_it_quotes(pages: Path, file: str, its: bool) -> None:
    (pages / "prod.log").write_text(TRACEBACK.replace("pages.py", file))
    for name in ("local", "production"):
        write(pages / f"{name}.json", section(version="3.12.4"), section(), section(PATH=SET))
    words = ("explain", "local.json", "production.json", "--log", "prod.log", "--format", "json")
    assert (parity(*words, cwd=pages).document["declared"] is not None) is its
    # Another program's file of that name holds other lines.
    (pages / "pages.py").write_text("print(rows([1]))\n")
    assert parity(*words, cwd=pages).document["declared"] is None


@pytest.mark.parametrize("name", ["local", "production"])
def test_a_profile_against_itself_is_parity_beside_this_project(name: str) -> None:
    root = Path(__file__).parents[2]
    same = f"profiles/{name}.json"
    result = parity("diff", same, same, "--fail-on", "warning", "--format", "json", cwd=root)
    assert (result.code, result.document["declared_reason"]) == (0, None)
    assert {one["kind"] for one in result.document["findings"]} <= {None}
