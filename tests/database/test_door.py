"""At the door of a real container, before a real server: what is wrong is told, and once it is right it opens."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.canary import Canary
from tests.cli.program import parity
from tests.database.servers import Running
from tests.database.test_migrations import FILES
from tests.images.fixtures import BuildImage, RunContainer
from tests.services import program

pytestmark = [pytest.mark.docker, pytest.mark.postgres]

POLICY = """\
[environment]
required = ["DATABASE_URL", "SHOP_KEY"]

[door]
python = ">=3.11"
packages = { django = ">=5,<6", alembic = ">=1" }
volumes = ["/data", "/tmp"]
migrations = true

[door.database]
server-version = ">=13"
extensions = ["pg_trgm"]
settings = { statement_timeout = "0ms", row_security = true }
"""
UPGRADE = "python -B -m alembic -q upgrade {} && python -B -m django migrate --settings settings -v0 shop {}"


@pytest.fixture
def database(server: Running) -> Iterator[str]:
    """The DSN of an empty database of its own."""
    with psycopg.connect(server.url(), autocommit=True) as admin:
        admin.execute("CREATE DATABASE here")
        try:
            yield server.url(database="here")
        finally:
            admin.execute("DROP DATABASE here WITH (FORCE)")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a policy, two migrations of Alembic's and two of Django's."""
    for name, text in {**FILES, "parity.toml": POLICY}.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def inside(
    container: str, *command: str, stdin: str = "", user: str = "1000:1000", **variables: str
) -> tuple[int, str]:
    """(exit status, standard error) of a command in the container, as its user."""
    given = [word for name, value in variables.items() for word in ("-e", f"{name}={value}")]
    argv = [program("docker"), "exec", "-i", "-u", user, *given, container, *command]
    done = subprocess.run(argv, input=stdin, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_the_door_opens_when_all_is_as_the_policy_has_it(
    repository: Path, database: str, build_image: BuildImage, run_container: RunContainer, canary: Canary
) -> None:
    image = build_image("drivers", "bookworm")
    mounted = {str(repository): {"bind": "/src"}}
    container = run_container(
        image, ["sleep", "infinity"], network_mode="host", volumes=mounted, named_volumes={"data": {"bind": "/data"}}
    )
    script = parity("require", "--emit", cwd=repository).out

    def door(**variables: str) -> tuple[int, list[str]]:
        code, said = inside(container, "python", "-", stdin=script, **variables)
        return code, [line.removeprefix("parity require: ") for line in said.splitlines()]

    def root(command: str) -> None:
        done = inside(
            container, "sh", "-ec", f"cd /src && {command}", user="0", URL=database, PYTHONPATH="/src", SHOP_KEY="x"
        )
        assert done == (0, "")

    # A volume that nobody gave to the user, a variable that is not set, an empty database.
    code, said = door(DATABASE_URL=database)
    assert (code, said) == (
        1,
        [
            "environment.SHOP_KEY: not set",
            "volumes./data: not writable by uid 1000 (owned by 0:0, mode 0755)",
            "database.extensions.pg_trgm: not installed in this database",
            "database.migrations.alembic: not applied: a1, b2",
            "database.migrations.django.shop: not applied: 0001_initial, 0002_price",
        ],
    )
    root("chown 1000:1000 /data")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    root(UPGRADE.format("a1", "0001"))
    assert door(DATABASE_URL=database, SHOP_KEY=canary.secret) == (
        1,
        ["database.migrations.alembic: not applied: b2", "database.migrations.django.shop: not applied: 0002_price"],
    )
    root(UPGRADE.format("head", "0002"))
    assert door(DATABASE_URL=database, SHOP_KEY=canary.secret) == (0, [])
    # A wrong password is no word of the policy's, and shuts the door.
    code, said = door(DATABASE_URL="postgresql://app:" + canary.word + "@127.0.0.1:1/app", SHOP_KEY="x")
    assert code == 1
    assert [line.partition(":")[0] for line in said] == ["database"]
    canary.assert_clean("\n".join(said).encode())
