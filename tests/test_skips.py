"""The list of skipped tests is held against real sessions of pytest, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import skips

SUITE = """
import pytest

@pytest.mark.skip(reason="seen here")
def test_skipped(): ...

@pytest.mark.xfail(reason="not a skip", strict=True)
def test_fails_as_expected():
    assert False

def test_passes(): ...
"""

PLUGIN = """
from pathlib import Path
from tests import skips

def pytest_configure(config):
    if skips.in_ci():
        config.pluginmanager.register(skips.Skips(config, Path("listed.txt")))
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\ntestpaths = ["t"]\n')
    (tmp_path / "conftest.py").write_text(PLUGIN)
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "test_it.py").write_text(SUITE)
    return tmp_path


def run(suite: Path, listed: str, *arguments: str, ci: str = "true") -> subprocess.CompletedProcess[str]:
    (suite / "listed.txt").write_text(listed)
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(Path(skips.__file__).parents[1])}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=suite, env=environment, capture_output=True, text=True, check=False)


def test_passes_when_the_list_is_exact(suite: Path) -> None:
    done = run(suite, "# why\nt/test_it.py::test_skipped\n")
    assert done.returncode == 0, done.stdout


def test_fails_on_a_skip_that_is_not_listed(suite: Path) -> None:
    done = run(suite, "")
    assert done.returncode == 1
    assert "skipped, and not listed: t/test_it.py::test_skipped" in done.stdout


def test_fails_on_a_listed_test_that_ran(suite: Path) -> None:
    done = run(suite, "t/test_it.py::test_skipped\nt/test_it.py::test_passes\n")
    assert done.returncode == 1
    assert "listed, and not skipped: t/test_it.py::test_passes" in done.stdout


@pytest.mark.parametrize("narrowing", [["-k", "passes"], ["t/test_it.py::test_passes"]])
def test_a_part_of_the_suite_need_not_skip_everything_listed(suite: Path, narrowing: list[str]) -> None:
    assert run(suite, "t/test_it.py::test_skipped\n", *narrowing).returncode == 0


def test_a_laptop_may_skip(suite: Path) -> None:
    assert run(suite, "", ci="").returncode == 0


def test_the_list_names_tests_that_exist() -> None:
    root = Path(skips.__file__).parents[1]
    assert [one for one in skips.read(skips.LISTED) if not (root / one.partition("::")[0]).exists()] == []
