"""The collector: it opens no connection by itself, and says why where it could not."""

from __future__ import annotations

import pytest

from parity.probe.collectors import database
from parity.probe.kit import Absent, Unavailable, View
from parity.probe.process.proc import Process


def view(environ: dict[str, str] | None, **options: object) -> View:
    made = View(options)
    made.process = Process(1, environ=environ)
    return made


def test_nothing_to_ask() -> None:
    with pytest.raises(Absent, match="no DATABASE_URL in the environment of the process"):
        database.collect(view({"PROD_URL": "postgresql://db/app"}))


def test_variable_that_was_named() -> None:
    with pytest.raises(Absent, match="no PROD_URL"):
        database.collect(view({"DATABASE_URL": "postgresql://db/app"}, database={"variable": "PROD_URL"}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("postgresql://me:pw@db@there/app", "DATABASE_URL: invalid DSN (not shown)"),
        ("mysql://me:pw@db/app", "DATABASE_URL: the DSN is not one of PostgreSQL"),
    ],
)
def test_what_is_no_dsn(text: str, reason: str) -> None:
    with pytest.raises(Unavailable) as refused:
        database.collect(view({"DATABASE_URL": text}))
    assert str(refused.value) == reason
    assert refused.value.__context__ is None


def test_environment_that_was_refused() -> None:
    with pytest.raises(Unavailable, match="could not be read"):
        database.collect(view(None))


def test_files_alone() -> None:
    made = view({"DATABASE_URL": "postgresql://db/app"})
    made.live = False
    with pytest.raises(Unavailable, match="a process that runs"):
        database.collect(made)
