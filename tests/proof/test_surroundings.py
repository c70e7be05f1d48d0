"""For each fact of locale, time and TLS: two real containers that differ in it, and a program that fails of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.profile import Profile
from tests.images.fixtures import RunContainer
from tests.proof.surroundings import PAIRS, Side, furnish
from tests.targets.looking import take

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = pytest.mark.docker

SECTIONS = frozenset({"locale", "packages", "python", "time", "tls"})

Started = Callable[[Side], tuple[str, Profile]]


@pytest.fixture(scope="module")
def started(run_for_module: RunContainer, app_image: str, tmp_path_factory: pytest.TempPathFactory) -> Started:
    """started(side) -> (container, its profile), each side once."""
    directory = tmp_path_factory.mktemp("surroundings")
    directory.chmod(0o755)
    furnish(directory)
    known: dict[str, tuple[str, Profile]] = {}

    def start(side: Side) -> tuple[str, Profile]:
        if repr(side) not in known:
            name = run_for_module(app_image, ready="serving", **side.options(directory))
            known[repr(side)] = name, take(f"docker://{name}", sections=SECTIONS)
        return known[repr(side)]

    return start


@pytest.mark.parametrize("fact", PAIRS)
def test_what_makes_a_program_fail_is_found_and_nothing_else(
    fact: str, started: Started, docker_engine: DockerClient
) -> None:
    pair = PAIRS[fact]
    (here, local), (there, production) = started(pair.local), started(pair.production)
    codes, texts = zip(*(run(docker_engine, name, pair.program) for name in (here, there)), strict=True)
    assert codes == (0, 1), texts
    assert pair.says in texts[1]
    found = {
        f"{one.section}.{one.key}": one.severity.value
        for one in judge(compare(local, production), local, production)
        if one.severity.value != "info" and one.section != "python"
    }
    assert found == pair.found


def run(engine: DockerClient, name: str, source: str) -> tuple[int, str]:
    """(exit code, output) of a program in a container, by the Python that serves there."""
    code, output = engine.containers.get(name).exec_run(["/app/.venv/bin/python", "-c", source])
    return int(code or 0), cast("bytes", output).decode("utf-8", "replace")
