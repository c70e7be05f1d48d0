"""A gate that cries wolf is switched off: what is the same, or was made from the same lock, never fails one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Result, parity
from tests.images.build import HERE, wheels
from tests.images.fixtures import BuildImage, RunContainer

pytestmark = pytest.mark.docker

LOCK = HERE / "app" / "requirements.txt"
HERE_IS = f"{sys.version_info[0]}.{sys.version_info[1]}"


def gate(local: str, production: str, cwd: Path, *words: str, **env: str | None) -> Result:
    return parity("gate", local, production, "--no-declared", "--format", "json", *words, cwd=cwd, env=env)


def errors(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["id"], one["key"], one["why"]) for one in document["findings"] if one["severity"] == "error"]


@pytest.fixture(scope="module")
def web(run_for_module: RunContainer, app_image: str) -> str:
    """The application as it is served."""
    return run_for_module(app_image, ready="serving")


def test_two_containers_of_one_image_have_no_finding_at_all(
    web: str, run_container: RunContainer, app_image: str, tmp_path: Path
) -> None:
    result = gate(f"docker://{web}", f"docker://{run_container(app_image, ready='serving')}", tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.document["findings"] == []
    assert result.document["verdict"] == "parity"


def test_an_image_rebuilt_from_the_same_lock_is_no_error(
    web: str, run_container: RunContainer, build_image: BuildImage, app_image: str, tmp_path: Path
) -> None:
    rebuilt = run_container(build_image("rebuilt", "bookworm", on=app_image), ready="serving")
    for sides in ((web, rebuilt), (rebuilt, web)):
        local, production = (f"docker://{side}" for side in sides)
        result = gate(local, production, tmp_path, "--fail-on", "warning")
        assert errors(result.document) == []
        assert (result.code, result.err) == (0, "")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment of this machine's own Python, synced from the application's lock."""
    directory = tmp_path_factory.mktemp("laptop") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", directory], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(directory / "bin" / "python"), "--disable-pip-version-check"]
    words = ["install", "--quiet", "--no-index", "--no-deps", "--no-compile"]
    subprocess.run([*pip, *words, *wheels(LOCK, HERE_IS)], check=True)
    return directory


def test_a_laptop_synced_from_the_same_lock_is_no_error(laptop: Path, web: str) -> None:
    python = str(laptop / "bin" / "python")
    result = gate("local", f"docker://{web}?python=/app/.venv/bin/python", laptop.parent, "--python", python)
    assert {one["section"]: one["keys"] for one in result.document["compared"]}["packages"] >= 10
    found = errors(result.document)
    if HERE_IS != "3.11":
        # Another minor release is one, whatever the lock says.
        found = [one for one in found if not one[0].startswith("python.")]
    assert found == []
