"""From inside the target: by its own DSN and each driver that it may have, for real, and nothing of the DSN shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.canary import Canary
from tests.cli.program import parity
from tests.database.servers import Running
from tests.database.test_pooler import state
from tests.images.fixtures import BuildImage, containers

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = [pytest.mark.docker, pytest.mark.postgres]

Start = Callable[..., str]
BaseImage = Callable[[str], str]

DRIVERS = ("psycopg", "psycopg2", "asyncpg", "pg8000")
ONLY = ("--section", "database", "--database-through", "target")


@pytest.fixture(scope="module")
def drivers_image(build_image: BuildImage) -> str:
    """An image with every driver, in which no Python runs."""
    return build_image("drivers", "bookworm")


@pytest.fixture(scope="module")
def start(docker_engine: DockerClient, drivers_image: str) -> Iterator[Start]:
    """start(image=None, **variables) -> the name of a container with those, on this machine's own network."""
    with containers(docker_engine) as run:

        def started(image: str = drivers_image, **variables: str) -> str:
            return run(image, ["sleep", "infinity"], environment=variables, network_mode="host")

        yield started


@pytest.fixture(scope="module")
def container(start: Start, server: Running, pooler: Running, canary: Canary) -> str:
    """One with a DSN of each sort in a variable of its own."""
    word = canary.word
    dsns = {
        "MONITOR": server.url("monitor", word, "app"),
        "POOLER": pooler.url(),
        "TLS": server.url("tls_only", word, "app", "?sslmode=disable"),
        "WRONG": server.url("app", word + "x", "app"),
        "NOWHERE": f"postgresql://app:{word}@127.0.0.1:1,nowhere.invalid/{word}",
    }
    spelt = {
        f"{name}_{driver}": dsn.replace("postgresql://", f"postgresql+{driver}://")
        for name, dsn in dsns.items()
        for driver in DRIVERS
    }
    return start(**spelt, DATABASE_URL=server.url())


def through(container: str, variable: str | None = None) -> tuple[dict[str, Any], str]:
    """(the section, everything that was printed)."""
    named = ("--database-url-env", variable) if variable else ()
    result = parity("snapshot", f"docker://{container}", *ONLY, *named)
    assert result.code == 0, result.err
    return json.loads(result.out)["sections"]["database"], result.out + result.err


@pytest.fixture(scope="module")
def of_host(server: Running, canary: Canary) -> dict[str, Any]:
    """What the host reads by itself."""
    dsn = {"DATABASE_URL": server.url("monitor", canary.word, "app")}
    items: dict[str, Any] = json.loads(parity("snapshot", *ONLY[:2], env=dsn).out)["sections"]["database"]["items"]
    return items


@pytest.mark.parametrize("driver", DRIVERS)
def test_each_driver_reads_what_the_host_reads(
    container: str, of_host: dict[str, Any], canary: Canary, driver: str
) -> None:
    section, printed = through(container, f"MONITOR_{driver}")
    assert f"asked from inside the target, through {driver}" in section["notes"]
    assert section["items"] == of_host
    assert section["items"]["ssl_in_use"] is True
    assert section["items"]["pooler"] is False
    canary.assert_clean(printed)


@pytest.mark.parametrize("driver", DRIVERS)
def test_pooler_s_next_client_finds_nothing_changed(pooler: Running, container: str, driver: str) -> None:
    before = state(pooler.url())
    section, _ = through(container, f"POOLER_{driver}")
    assert section["status"] == "ok", section["reason"]
    assert section["items"]["pooler"] is True
    assert state(pooler.url()) == before
    assert before["prepared"] == (0,)


@pytest.mark.parametrize("driver", DRIVERS)
def test_server_that_demands_tls(container: str, canary: Canary, driver: str) -> None:
    section, printed = through(container, f"TLS_{driver}")
    assert section["status"] == "partial", section["reason"]
    assert section["items"]["ssl_required"] is section["items"]["ssl_in_use"] is True
    assert section["items"]["refused_as_given"] == "without TLS"
    canary.assert_clean(printed)


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("WRONG", "authentication failed: wrong user or password"),
        ("NOWHERE", "connection refused: nothing listens there; the host name does not resolve"),
    ],
)
def test_fault(container: str, canary: Canary, driver: str, name: str, reason: str) -> None:
    section, printed = through(container, f"{name}_{driver}")
    assert (section["status"], section["reason"]) == ("unavailable", reason)
    canary.assert_clean(printed)


def test_variable(container: str) -> None:
    assert through(container)[0]["status"] == "ok"
    section, _ = through(container, "SHOP_DB")
    assert (section["status"], section["reason"]) == ("absent", "no SHOP_DB in the environment of the process")


def test_no_driver(server: Running, start: Start, base_image: BaseImage) -> None:
    section, _ = through(start(base_image("bookworm"), DATABASE_URL=server.url()))
    assert section["status"] == "unavailable"
    assert section["reason"] == "no driver: the program has none of psycopg, psycopg2, asyncpg, pg8000"


def test_dsn_in_place_of_a_name_goes_nowhere(canary: Canary) -> None:
    dsn = f"postgresql://app:{canary.word}@db/app"
    result = parity("snapshot", "local", *ONLY, "--database-url-env", dsn)
    assert result.code == 2
    canary.assert_clean(result.out, result.err)
    assert parity("snapshot", "local", "--database-through", "somewhere").code == 2


def test_nobody_asks_without_the_option(container: str) -> None:
    result = parity("snapshot", f"docker://{container}", "--section", "database")
    assert json.loads(result.out)["sections"]["database"]["status"] == "skipped"
