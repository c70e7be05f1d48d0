"""For each fact of how a container is made and finds others: two real ones that differ in it, and who fails by it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.profile import Profile
from tests.images.fixtures import RunContainer
from tests.proof.made import (
    LOCAL_ADDRESS,
    NAME_SERVER,
    OUTSIDE,
    PAIRS,
    PRODUCTION_ADDRESS,
    SIDES,
    Pair,
    furnish,
)
from tests.targets.looking import take

if TYPE_CHECKING:
    from docker import DockerClient
    from docker.models.containers import Container

pytestmark = pytest.mark.docker

SECTIONS = frozenset({"container", "environment", "network", "process", "python", "volumes"})

Started = dict[str, tuple[str, Profile]]
"""{side: (container, its profile)}."""

OF_THE_MACHINE = ("network.",)
"""What else differs from a container that is in the machine's own network, as the machine has it."""


@pytest.fixture(scope="module")
def names(run_for_module: RunContainer, app_image: str, docker_engine: DockerClient) -> Container:
    """A name server."""
    return docker_engine.containers.get(run_for_module(app_image, ready="serving", **NAME_SERVER))


@pytest.fixture(scope="module")
def network(docker_engine: DockerClient, names: Container) -> Iterator[str]:
    """A network that users define, in which the name server has a name."""
    made = docker_engine.networks.create(f"parity-test-{uuid4().hex[:12]}")
    made.connect(names, aliases=["names"])
    yield str(made.name)
    made.reload()
    for container in made.containers:
        made.disconnect(container, force=True)
    made.remove()


@pytest.fixture(scope="module")
def listening() -> Iterator[int]:
    """A port of this machine's loopback that answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def address(names: Container) -> str:
    """The name server's in the default network."""
    return str(names.attrs["NetworkSettings"]["IPAddress"])


@pytest.fixture(scope="module")
def started(
    network: str, run_for_module: RunContainer, app_image: str, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Started:
    """Every side, two started at once."""
    directory = tmp_path_factory.mktemp("made")
    furnish(directory)
    words = {"NAMES": address, "DIRECTORY": str(directory), "NETWORK": network}

    def start(side: str) -> tuple[str, Profile]:
        name = run_for_module(app_image, ready="serving", **put(SIDES[side], words))
        return name, take(f"docker://{name}", sections=SECTIONS)

    with ThreadPoolExecutor(2) as both:
        return dict(zip(SIDES, both.map(start, SIDES), strict=True))


def put(options: Any, words: dict[str, str]) -> Any:
    """The options with words in the place of those that stand for them."""
    if isinstance(options, dict):
        return {name: put(value, words) for name, value in options.items()}
    if isinstance(options, list):
        return [put(value, words) for value in options]
    for word, value in words.items() if isinstance(options, str) else ():
        options = options.replace(word, value)
    return options


@pytest.mark.parametrize("pair", PAIRS, ids=" against ".join)
def test_what_makes_a_program_fail_is_found_and_nothing_else(pair: Pair, started: Started) -> None:
    local, production = (started[side][1] for side in pair)
    found = {
        f"{one.section}.{one.key}": one.severity.value for one in judge(compare(local, production), local, production)
    }
    facts = {fact: failing.severity for fact, failing in PAIRS[pair].items()}
    apart = OF_THE_MACHINE if "of the host" in pair else ()
    serious = {key for key, severity in found.items() if severity != "info" and not key.startswith(apart or "-")}
    assert serious == {fact for fact, severity in facts.items() if severity != "info"}
    assert {fact: found.get(fact) for fact in facts} == facts


FAILURES = [(pair, fact) for pair, facts in PAIRS.items() for fact in facts]


@pytest.mark.parametrize(("pair", "fact"), FAILURES, ids=[f"{fact}-{pair[1]}" for pair, fact in FAILURES])
def test_the_program_fails_in_production_alone(
    pair: Pair, fact: str, started: Started, address: str, listening: int, docker_engine: DockerClient
) -> None:
    failing = PAIRS[pair][fact]
    program = failing.program.replace("NAMES", address).replace("HOST_PORT", str(listening))
    local, production = (runs(docker_engine, started[side][0], program) for side in pair)
    assert local(LOCAL_ADDRESS) is None
    assert failing.says in (production(PRODUCTION_ADDRESS) or "nothing")


def runs(engine: DockerClient, name: str, program: str) -> Callable[[str], str | None]:
    """(address of its machine) -> what is said of a failure, or None."""
    container = engine.containers.get(name)

    def outside(address: str) -> str | None:
        try:
            OUTSIDE[program](container, address)
        except (AssertionError, KeyError, OSError) as error:
            return repr(error)
        return None

    def inside(_: str) -> str | None:
        code, output = container.exec_run(["/app/.venv/bin/python", "-c", program])
        return cast("bytes", output).decode("utf-8", "replace") if code else None

    return outside if program in OUTSIDE else inside
