"""Which interpreter is the project's, told on real virtual environments."""

from __future__ import annotations

import os
import sys
import venv
from pathlib import Path

import pytest

from parity.errors import UsageError
from parity.snapshot.project import interpreter


def make_venv(directory: Path) -> Path:
    venv.create(directory, symlinks=True, with_pip=False)
    return directory / "bin" / "python"


def found(environ: dict[str, str], directory: Path, python: str | None = None) -> str:
    return interpreter(python, environ, str(directory))[0]


def test_the_nearest_venv_upwards_up_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "src" / "deep").mkdir(parents=True)
    inside = make_venv(tmp_path / "repo" / ".venv")
    assert found({"PATH": "/usr/bin"}, tmp_path / "repo" / "src" / "deep") == str(inside)


def test_a_venv_above_the_repository_is_not_the_projects(tmp_path: Path) -> None:
    outside = make_venv(tmp_path / ".venv")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert found({"PATH": os.environ["PATH"]}, tmp_path / "repo") != str(outside)


def test_the_activated_environment_comes_first(tmp_path: Path) -> None:
    make_venv(tmp_path / "repo" / ".venv")
    active = make_venv(tmp_path / "active")
    assert found({"VIRTUAL_ENV": str(tmp_path / "active"), "PATH": "/usr/bin"}, tmp_path / "repo") == str(active)


def test_the_environment_that_merely_holds_parity_is_the_last(tmp_path: Path) -> None:
    mine = make_venv(tmp_path / ".venv")
    assert found({"VIRTUAL_ENV": sys.prefix, "PATH": "/usr/bin"}, tmp_path) == str(mine)
    assert found({"VIRTUAL_ENV": sys.prefix, "PATH": "/usr/bin"}, Path("/")) == str(Path(sys.prefix) / "bin" / "python")


def test_without_an_environment_the_path_decides_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").symlink_to(sys.executable)
    python, note = interpreter(None, {"PATH": str(tmp_path / "bin")}, "/")
    assert python == str(tmp_path / "bin" / "python3")
    assert note is not None
    assert "PATH" in note


def test_python_may_be_an_interpreter_an_environment_or_a_name(tmp_path: Path) -> None:
    python = make_venv(tmp_path / "env")
    assert found({}, Path("/"), str(python)) == str(python)
    assert found({}, Path("/"), str(tmp_path / "env")) == str(python)


@pytest.mark.parametrize("word", ["/nonexistent/python", "no-such-python-3.99", "/etc/passwd"])
def test_a_python_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        found({}, Path("/"), word)
    assert caught.value.exit_code == 2
