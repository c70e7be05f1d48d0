"""What works on bookworm with Python 3.11 against what was deployed on trixie with 3.13."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.program import parity
from tests.images.fixtures import RunContainer

pytestmark = pytest.mark.docker

SEEDED = {
    ("packages", "click", "packages.requirement"),
    ("packages", "idna", "packages.major"),
    ("packages", "itsdangerous", "packages.missing-required"),
    ("python", "version", "python.version-minor"),
}
"""What tests/images/app/requirements-production.txt and the release make fail."""

MOST_ERRORS = 15


@pytest.fixture(scope="module")
def released(
    run_for_module: RunContainer, app_image: str, deployed_image: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """(local, production) as profiles of two serving containers."""
    directory = tmp_path_factory.mktemp("released")
    for side, image in (("local", app_image), ("production", deployed_image)):
        taken = parity("snapshot", f"docker://{run_for_module(image, ready='serving')}", "-o", directory / side)
        assert (taken.code, taken.out, taken.err) == (0, "", "")
    return directory / "local", directory / "production"


def test_the_seeded_errors_are_all_there_and_few_others(released: tuple[Path, Path]) -> None:
    result = parity("diff", *released, "--format", "json")
    document = result.document
    errors = {(one["section"], one["key"], one["id"]) for one in document["findings"] if one["severity"] == "error"}
    assert errors >= SEEDED
    assert len(errors) <= MOST_ERRORS, sorted(errors)
    assert result.code == 1
    flask = next(one for one in document["findings"] if one["key"] == "click")
    assert flask["evidence"] == ["flask 3.1.0 requires click>=8.1.3, and production has click 8.0.4"]


@pytest.mark.parametrize("columns", [80, 140])
def test_a_person_sees_the_errors_and_a_count_of_the_rest(released: tuple[Path, Path], columns: int) -> None:
    document = parity("diff", *released, "--format", "json").document
    severities = Counter(one["severity"] for one in document["findings"])
    folded = Counter(one["section"] for one in document["findings"] if one["severity"] == "info")
    result = parity("diff", *released, env={"COLUMNS": str(columns)})
    lines = result.out.splitlines()
    assert max(map(len, lines)) <= columns
    # A tired reader gets it on one screen, whatever hundreds of packages two releases differ in.
    assert len(lines) <= 55
    assert severities["info"] > 100
    shown = " ".join(result.out.split())
    assert f"ERRORS ({severities['error']})" in shown
    assert f"And {severities['info']} more of no known consequence" in shown
    assert re.search(rf"system_packages {folded['system_packages']}\b", shown)
    for words in ("click", "itsdangerous 2.2.0 missing", "idna 3.10 2.10", "3.11.2 3.13.5"):
        assert words in shown, words
    assert "libpython3.13" not in shown


def test_all_lists_the_rest(released: tuple[Path, Path]) -> None:
    document = parity("diff", *released, "--format", "json").document
    everything = parity("diff", *released, "--all").out.split()
    wanted = {one["key"] for one in document["findings"]}
    assert [key for key in sorted(wanted) if len(key) < 20 and key not in everything] == []
    assert parity("diff", *released, "--fail-on", "never").code == 0
