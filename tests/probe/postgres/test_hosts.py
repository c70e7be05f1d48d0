"""Several hosts of one DSN, each as libpq would try it."""

from __future__ import annotations

import pytest

from parity.probe.postgres.dsn import parse, per_host


@pytest.mark.parametrize(
    ("dsn", "hosts"),
    [
        ("postgresql://app@db:5433/app", [{"host": "db", "port": "5433"}]),
        ("postgresql://one:1,two/app", [{"host": "one", "port": "1"}, {"host": "two"}]),
        ("host=one,two port=7", [{"host": "one", "port": "7"}, {"host": "two", "port": "7"}]),
        (
            "hostaddr=10.0.0.1,10.0.0.2 host=db",
            [{"host": "db", "hostaddr": "10.0.0.1"}, {"host": "db", "hostaddr": "10.0.0.2"}],
        ),
        ("dbname=app", [{}]),
    ],
)
def test_hosts(dsn: str, hosts: list[dict[str, str]]) -> None:
    found = per_host(parse(dsn).parameters)
    assert [{name: one[name] for name in ("host", "hostaddr", "port") if name in one} for one in found] == hosts
    assert (
        len(
            {frozenset(one.items()) - {(name, one.get(name)) for name in ("host", "hostaddr", "port")} for one in found}
        )
        == 1
    )


@pytest.mark.parametrize(
    ("dsn", "driver"),
    [("postgresql+asyncpg://db/app", "asyncpg"), ("postgres://db/app", ""), ("host=db", "")],
)
def test_driver_that_sqlalchemy_names(dsn: str, driver: str) -> None:
    assert parse(dsn).driver == driver
