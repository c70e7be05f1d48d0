"""Which repository lies around a directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.snapshot.repository import MARKS, around


@pytest.mark.parametrize("mark", MARKS)
def test_the_nearest_one_upwards(mark: str, tmp_path: Path) -> None:
    below = tmp_path / "services" / "shop" / "src"
    below.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert around(below) == tmp_path
    (tmp_path / "services" / "shop" / mark).touch()
    assert around(below) == tmp_path / "services" / "shop"


def test_a_worktree_has_a_file_there(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert around(tmp_path) == tmp_path


def test_a_home_is_none_and_what_lies_in_it_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".git").mkdir()
    project = tmp_path / "shop"
    project.mkdir()
    assert around(project) is None
    (project / "pyproject.toml").touch()
    assert around(project) == project


def test_none_is_found_above_the_root() -> None:
    assert around(Path("/")) is None
