"""The files of a repository: what counts as its own, what is left out, and what a hostile tree cannot do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from parity.declared import git, walk
from parity.declared.facts import Fault
from tests.declared.checkouts import ENVIRON, committed, write


def test_files_of_all_kinds_sorted(tmp_path: Path) -> None:
    write(tmp_path, {"b/z.py": "", "a.py": "", "b/a/x": "", ".env.example": "", ".github/workflows/ci.yml": ""})
    found = walk.walk(tmp_path)
    assert found.paths == (".env.example", ".github/workflows/ci.yml", "a.py", "b/a/x", "b/z.py")
    assert found.read("b/z.py") == b""
    assert found.faults == ()


def test_what_others_made_is_left_out(tmp_path: Path) -> None:
    for name in (".git", ".venv", "node_modules", "a/__pycache__", ".tox", "x.egg-info", "lib/site-packages"):
        write(tmp_path, {f"{name}/x.py": ""})
    write(tmp_path, {"env/pyvenv.cfg": "", "env/lib/x.py": "", "env2/conda-meta/history": "", "env2/x.py": ""})
    write(tmp_path, {"cached/CACHEDIR.TAG": "", "cached/x.py": "", "own/venv.py": "", "environment/x.py": ""})
    assert walk.walk(tmp_path).paths == ("environment/x.py", "own/venv.py")


def test_ignore_files_hold_where_git_was_not_asked(tmp_path: Path) -> None:
    write(tmp_path, {".gitignore": "*.log\nbuild/\nsecrets.py\n", "a/.gitignore": "!keep.log\n/x.py\n"})
    write(tmp_path, {"a.log": "", "a/keep.log": "", "a/x.py": "", "a/b/x.py": "", "build/y.py": "", "secrets.py": ""})
    found = walk.walk(tmp_path)
    assert found.paths == (".gitignore", "a/.gitignore", "a/b/x.py", "a/keep.log")
    assert found.ignored == ("a/x.py", "build/", "secrets.py")


def test_git_s_own_word_holds_where_it_was_asked(tmp_path: Path) -> None:
    committed(tmp_path, {".gitignore": "*.log\nbuild/\nlocal_*.py\n", "app.py": "", "kept.log.py": ""})
    write(tmp_path, {"x.log": "", "build/y.py": "", "local_settings.py": "", "new.py": ""})
    write(tmp_path, {".git/info/exclude": "new.py\n"})
    checkout = git.read(tmp_path, ENVIRON)
    assert checkout is not None
    found = walk.walk(tmp_path, checkout.ignored)
    assert found.paths == (".gitignore", "app.py", "kept.log.py")
    assert found.ignored == ("build/", "local_settings.py", "new.py")


def test_links_are_followed_within_and_never_out(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    write(root, {"a/real.py": "real", "b/x.py": ""})
    write(outside, {"secret.py": "secret"})
    (root / "link.py").symlink_to("a/real.py")
    (root / "out.py").symlink_to(outside / "secret.py")
    (root / "up.py").symlink_to("../outside/secret.py")
    (root / "gone.py").symlink_to("nowhere")
    (root / "round.py").symlink_to("round.py")
    (root / "directory").symlink_to("a")
    (root / "out").symlink_to(outside)
    found = walk.walk(root)
    assert found.paths == ("a/real.py", "b/x.py", "link.py")
    assert found.read("link.py") == b"real"
    for path in ("out.py", "up.py", "out/secret.py", "../outside/secret.py", str(outside / "secret.py"), "gone.py"):
        with pytest.raises(OSError, match=r".+"):
            found.read(path)


def test_only_files_are_read_and_only_up_to_a_limit(tmp_path: Path) -> None:
    write(tmp_path, {"big.py": "x" * 100, "a/x.py": ""})
    os.mkfifo(tmp_path / "fifo.py")
    found = walk.walk(tmp_path)
    assert found.paths == ("a/x.py", "big.py")
    assert found.read("big.py", 100) == b"x" * 100
    for path, code in (("big.py", errno.EFBIG), ("fifo.py", errno.EINVAL), ("a", errno.EINVAL), ("\0", errno.EINVAL)):
        with pytest.raises(OSError, match=r".+") as caught:
            found.read(path, 99)
        assert caught.value.errno == code


def test_a_directory_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        walk.walk(tmp_path / "nowhere")


def test_bounds_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"{'d/' * depth}x.py": "" for depth in range(4)})
    monkeypatch.setattr(walk, "MAX_DEPTH", 2)
    assert walk.walk(tmp_path).paths == ("d/d/x.py", "d/x.py", "x.py")
    assert walk.walk(tmp_path).faults == (Fault("d/d/d/: too deep, not looked into"),)
    monkeypatch.setattr(walk, "MAX_ENTRIES", 3)
    found = walk.walk(tmp_path)
    assert found.paths == ("x.py",)
    hides = (("packages", "*"), ("environment", "*"))
    assert found.faults == (Fault("more than 3 files and directories: the rest was not looked at", hides),)
    monkeypatch.setattr(walk, "MAX_ENTRIES", 1_000)
    monkeypatch.setattr(walk, "SECONDS", -1.0)
    assert [fault.hides for fault in walk.walk(tmp_path).faults] == [hides]


def test_names_that_are_no_text_come_back(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    (tmp_path / name).write_bytes(b"x")
    found = walk.walk(tmp_path)
    assert found.paths == (name,)
    assert found.read(name) == b"x"
