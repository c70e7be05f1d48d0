"""What .gitignore files leave out: git itself is asked the same."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parity.declared.ignore import ignored, parse
from tests.declared.checkouts import ENVIRON
from tests.declared.checkouts import git as run

PATHS = [
    "a",
    "b.py",
    "a/b.py",
    "a/b/c.py",
    "b/a/c",
    "x.log",
    "a/x.log",
    "a/b/x.log",
    "ab/c.py",
    "a b/c",
    "#x",
    "!x",
    "*",
    "[a]",
]
CASES = [
    "*.log",
    "a",
    "a/",
    "/a",
    "/b.py",
    "a/b.py",
    "b/",
    "a/*",
    "a/**",
    "**/c.py",
    "**/b/c.py",
    "a/**/c.py",
    "a*",
    "?",
    "[ab]",
    "[!a]*",
    "[^a]*",
    "\\#x",
    "\\!x",
    "# x",
    "*.log\n!x.log",
    "*.log\n!/a/x.log",
    "a/\n!a/b.py",
    "a/*\n!a/b.py",
    "*\n!*.py\n!*/",
    "x.log   ",
    "a b/",
    "\\*",
    "[",
    "[]a]",
    "**",
    "/",
    "",
    "a//b.py",
    "?//",
    "*b*",
    "/**/x.log",
    "b.py\r",
]


def by_git(root: Path, text: str) -> set[str]:
    """The paths, of PATHS, that git leaves out."""
    (root / ".gitignore").write_bytes(text.encode())
    asked = "\0".join(PATHS)
    command = ["git", "-C", str(root), "check-ignore", "--no-index", "-z", "--stdin"]
    done = subprocess.run(command, input=asked, env=ENVIRON, capture_output=True, text=True, check=False, timeout=60)
    return {path for path in done.stdout.split("\0") if path}


def by_rules(text: str) -> set[str]:
    rules = (("", parse(text)),)

    def out(path: str) -> bool:
        parts = path.split("/")
        above = ["/".join(parts[:number]) for number in range(1, len(parts))]
        return any(ignored(one, directory=True, rules=rules) for one in above) or ignored(
            path, directory=False, rules=rules
        )

    return {path for path in PATHS if out(path)}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("root")
    run(directory, "init", "--quiet")
    return directory


@pytest.mark.parametrize("text", CASES, ids=repr)
def test_git_says_the_same(root: Path, text: str) -> None:
    assert by_rules(text) == by_git(root, text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="ab/*?!.\n", max_size=12))
def test_git_says_the_same_of_any_pattern(root: Path, text: str) -> None:
    assert by_rules(text) == by_git(root, text)


def test_the_nearest_file_decides_and_an_outer_one_holds_below() -> None:
    rules = (("", parse("*.log\n*.tmp")), ("a/b", parse("!keep.log\n/only.py")))
    assert not ignored("a/b/keep.log", directory=False, rules=rules)
    assert ignored("a/b/other.log", directory=False, rules=rules)
    assert ignored("a/b/only.py", directory=False, rules=rules)
    assert not ignored("a/b/c/only.py", directory=False, rules=rules)


@pytest.mark.parametrize("pattern", ["*a" * 200, "**/" * 150 + "x", "[" * 400, "a" * 100_000, "*" * 499, "?*" * 240])
def test_a_pattern_costs_no_more_than_its_length(pattern: str) -> None:
    began = time.monotonic()
    rules = (("", parse(pattern)),)
    for path in ("a" * 255 + "b", "a/" * 40 + "b"):
        ignored(path, directory=False, rules=rules)
    assert time.monotonic() - began < 2
