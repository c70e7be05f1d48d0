"""A program that fails by what production allows it: the fact is among the findings, with weight, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import parity
from tests.images import confined
from tests.images.fixtures import RunContainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from docker import DockerClient

pytestmark = pytest.mark.docker


@pytest.fixture(scope="module")
def pair(run_for_module: RunContainer, base_image: Callable[[str], str]) -> tuple[str, str]:
    """(local, production): two containers that serve, and that differ as tests/images/confined.py says."""
    image = base_image("bookworm")
    local = run_for_module(image, ready="serving", **confined.LOCAL)
    return local, run_for_module(image, ready="serving", **confined.production())


def test_each_fact_by_which_a_program_fails_is_a_finding_of_weight_and_nothing_else_is(pair: tuple[str, str]) -> None:
    local, production = pair
    document = parity("diff", f"docker://{local}", f"docker://{production}", "--format", "json").document
    weights = {(one["section"], one["key"]): one["severity"] for one in document["findings"]}
    assert {key for key, severity in weights.items() if severity != "info"} == confined.FAILING.keys()
    assert {key for key, severity in weights.items() if severity == "info"} == confined.BESIDE


@pytest.mark.parametrize("fact", confined.FAILING, ids="-".join)
def test_the_program_fails_in_production_alone(
    pair: tuple[str, str], docker_engine: DockerClient, fact: tuple[str, str]
) -> None:
    local, production = (docker_engine.containers.get(name) for name in pair)
    argv = ["python3", "-c", confined.FAILING[fact]]
    assert local.exec_run(argv) == (0, b"")
    assert production.exec_run(argv).exit_code != 0
