"""Which variable holds the DSN, for which target, and what is said when it does not."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Mapping
from pathlib import Path

import pytest

from parity.database import read_database
from parity.database.read import child_environ
from parity.database.source import dsn_text
from parity.errors import UsageError
from parity.profile import Section, Status
from parity.snapshot.request import Request
from tests.canary import Canary
from tests.database.conftest import text_of
from tests.database.servers import Running, free_port

REFUSED = "connection refused: nothing listens there"


def section(
    environ: Mapping[str, str], *, local: bool = True, name: str | None = None, files: tuple[str, ...] = ()
) -> Section:
    request = Request(database_url_env=name, env_files=files)
    read = read_database(request, of_this_machine=local, deadline=time.monotonic() + 15, environ=environ)
    return read["database"]


@pytest.fixture(scope="module")
def closed() -> str:
    """A DSN of a port where nothing listens: to have been asked is all that a test wants to see."""
    return f"postgresql://me:pw@127.0.0.1:{free_port()}/app"


def test_nothing_is_read_when_it_is_not_wanted(closed: str) -> None:
    request = Request(skip=frozenset({"database"}))
    assert read_database(request, of_this_machine=True, deadline=0, environ={"DATABASE_URL": closed}) == {}


@pytest.mark.parametrize("environ", [{}, {"DATABASE_URL": ""}])
def test_absent_without_a_dsn(environ: dict[str, str]) -> None:
    found = section(environ)
    assert found.status is Status.ABSENT
    assert found.reason == "no DATABASE_URL in the environment or a dotenv file"


def test_own_variable_of_this_machine(closed: str) -> None:
    assert section({"DATABASE_URL": closed}).reason == REFUSED


def test_environment_is_the_process_own_by_default(closed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", closed)
    read = read_database(Request(), of_this_machine=True, deadline=time.monotonic() + 15)
    assert read["database"].reason == REFUSED


def test_dotenv_file_of_this_machine(closed: str, tmp_path: Path) -> None:
    (tmp_path / "first").write_text("DATABASE_URL=mysql://db/app\n")
    (tmp_path / "second").write_text(f"export DATABASE_URL='{closed}'\n")
    files = (str(tmp_path / "first"), str(tmp_path / "second"))
    assert section({}, files=files).reason == REFUSED
    assert section({"DATABASE_URL": ""}, files=files).status is Status.ABSENT


def test_dotenv_file_that_cannot_be_read(tmp_path: Path, closed: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "missing"):
        found = section({}, files=(str(tmp_path / name),))
        assert found.status is Status.UNAVAILABLE
        assert found.reason == "no DATABASE_URL in the environment, and a dotenv file could not be read"
    assert section({"DATABASE_URL": closed}, files=(str(tmp_path / "pipe"),)).reason == REFUSED


def test_another_target_is_never_given_this_machine_s_database(closed: str, tmp_path: Path) -> None:
    (tmp_path / "env").write_text(f"DATABASE_URL={closed}\nPROD_URL={closed}\n")
    files = (str(tmp_path / "env"),)
    found = section({"DATABASE_URL": closed}, local=False, files=files)
    assert found.status is Status.SKIPPED
    assert found.reason is not None
    assert "--database-url-env" in found.reason
    with pytest.raises(UsageError):
        section({}, local=False, name="PROD_URL", files=files)


def test_named_variable(closed: str) -> None:
    environ = {"PROD_URL": closed, "DATABASE_URL": "mysql://db/app"}
    for local in (True, False):
        assert section(environ, local=local, name="PROD_URL").reason == REFUSED


@pytest.mark.parametrize("environ", [{}, {"PROD_URL": ""}])
def test_named_variable_must_hold_something(environ: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="not set, or empty"):
        section(environ, name="PROD_URL")


@pytest.mark.parametrize(
    "word", ["postgresql://me:CANARY@db/app", "host=db password=CANARY", "CANARY.", "$CANARY", "", "A B", "A\n"]
)
def test_dsn_in_the_place_of_a_name_is_refused_without_echo(word: str) -> None:
    canary = Canary()
    with pytest.raises(UsageError, match="name of a variable") as refused:
        section({}, name=word.replace("CANARY", canary.word))
    assert refused.value.exit_code == 2
    canary.assert_clean(str(refused.value), repr(refused.value), str(refused.value.hint))


@pytest.mark.parametrize("kind", ["postgresql", "mysql", "redis"])
def test_invalid_dsn_in_a_named_variable_is_an_error_of_usage(kind: str) -> None:
    canary = Canary()
    with pytest.raises(UsageError, match="invalid DSN \\(not shown\\)") as refused:
        section({"PROD_URL": f"{kind}://me:%ZZ{canary.word}@db/app"}, local=False, name="PROD_URL")
    shown = "".join(traceback.format_exception(refused.value))
    canary.assert_clean(shown, repr(refused.value), str(refused.value.hint))


def test_invalid_dsn_that_nobody_named_costs_the_section() -> None:
    canary = Canary()
    found = section({"DATABASE_URL": f"postgresql://me:pa@{canary.word}@db/app"})
    assert found.status is Status.UNAVAILABLE
    assert found.reason == "DATABASE_URL: invalid DSN (not shown)"
    canary.assert_clean(text_of(found))


def test_value_that_libpq_refuses() -> None:
    canary = Canary()
    found = section({"DATABASE_URL": f"postgresql://me:{canary.word}@db/app?sslmode={canary.word}"})
    assert found.status is Status.UNAVAILABLE
    canary.assert_clean(text_of(found))


@pytest.mark.parametrize("dsn", ["mongodb://me:CANARY@db/app", "sqlite:///CANARY.db"])
def test_another_kind_of_database(dsn: str) -> None:
    canary = Canary()
    for name in (None, "DATABASE_URL"):
        found = section({"DATABASE_URL": dsn.replace("CANARY", canary.word)}, name=name)
        assert found.status is Status.UNAVAILABLE
        assert found.reason == "DATABASE_URL: the DSN is not one of PostgreSQL, MySQL, MariaDB or Redis"


def test_environment_of_the_child() -> None:
    canary = Canary()
    environ = {
        "DATABASE_URL": canary.word,
        "PGURL": canary.word,
        "AWS_SECRET": "x",
        "PGHOST": "db",
        "PGPASSWORD": "pw",
        "PGTZ": "UTC",
        "PGOPTIONS": "-c jit=off",
        "HOME": "/home/me",
        "LC_ALL": "de_DE.UTF-8",
    }
    kept = child_environ(environ, canary.word)
    assert kept == {"PGHOST": "db", "PGPASSWORD": "pw", "HOME": "/home/me", "LC_ALL": "C"}


@pytest.mark.postgres
def test_libpq_s_own_variables_fill_in(server: Running) -> None:
    environ = {"DATABASE_URL": "postgresql:///postgres", "PGHOST": "127.0.0.1", "PGPORT": str(server.port)}
    found = section({**environ, "PGUSER": "postgres", "PGTZ": "Asia/Kathmandu", "PGOPTIONS": "-c jit=off"})
    assert found.status is Status.OK, found.reason
    assert found.items["TimeZone"] != "Asia/Kathmandu"
    assert found.items["jit"] is True


def test_the_variable_that_is_meant_is_named() -> None:
    with pytest.raises(UsageError, match=r"\ATHE_DSN, which --database-url-env names, is not set"):
        dsn_text("THE_DSN", (), of_this_machine=True, environ={})
