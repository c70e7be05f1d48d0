"""Checkouts that git itself made, read as files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from parity.probe.kit import View
from parity.probe.source import checkout
from tests.services import program


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    (root / "main.py").write_text("print(1)\n")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "one")
    return root


def git(root: Path, *words: str) -> str:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PATH": os.environ["PATH"]}
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    command = [program("git"), *identity, *words]
    return subprocess.run(command, cwd=root, env=own, check=True, capture_output=True, text=True).stdout.strip()


def test_a_branch(repository: Path) -> None:
    found = checkout.read(View(), str(repository))
    assert (found.commit, found.branch) == (git(repository, "rev-parse", "HEAD"), "main")
    assert found.tracked == {"main.py": 9}


def test_packed_references_and_a_detached_head(repository: Path) -> None:
    git(repository, "pack-refs", "--all")
    head = git(repository, "rev-parse", "HEAD")
    assert checkout.read(View(), str(repository)).commit == head
    git(repository, "checkout", "-q", "--detach")
    found = checkout.read(View(), str(repository))
    assert (found.commit, found.branch) == (head, None)


def test_a_second_work_tree(repository: Path, tmp_path: Path) -> None:
    git(repository, "worktree", "add", "-q", "-b", "fix", str(tmp_path / "fix"))
    found = checkout.read(View(), str(tmp_path / "fix"))
    assert (found.commit, found.branch) == (git(repository, "rev-parse", "HEAD"), "fix")
    assert found.tracked == {"main.py": 9}


@pytest.mark.parametrize("head", ["", "ref: ../../../etc/passwd", "ref: refs/heads/../../secret", "0" * 39, "\x1b[2J"])
def test_a_head_of_no_known_form_tells_nothing(repository: Path, head: str) -> None:
    (repository / ".git" / "HEAD").write_text(head)
    assert checkout.read(View(), str(repository)) is None


@pytest.mark.parametrize("data", [b"", b"DIRC", b"DIRC\x00\x00\x00\x02\xff\xff\xff\xff" + b"\x00" * 70, b"x" * 500])
def test_an_index_that_is_broken_tells_of_no_file(repository: Path, data: bytes) -> None:
    (repository / ".git" / "index").write_bytes(data)
    assert not checkout.read(View(), str(repository)).tracked


def test_what_departs() -> None:
    tracked = {"a.py": 3, "b.py": 0}
    assert not checkout.departs(tracked, {"a.py": 3, "b.py": 9})
    assert checkout.departs(tracked, {"a.py": 4, "b.py": 9})
    assert checkout.departs(tracked, {"a.py": 3})
