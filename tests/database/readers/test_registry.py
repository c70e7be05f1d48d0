"""Which reader a DSN is for: the scheme decides, and what has none is PostgreSQL's, `postgresql` by its file's name."""

from __future__ import annotations

import pytest

from parity.database.readers import named, of


@pytest.mark.parametrize(
    ("dsn", "reader"),
    [
        ("postgresql://db/app", "postgresql"),
        ("postgres://db/app", "postgresql"),
        ("postgresql+psycopg2://db/app", "postgresql"),
        ("host=db dbname=app", "postgresql"),
        ("mysql://db/app", "mysql"),
        ("mariadb://db/app", "mysql"),
        ("mysql+pymysql://db/app", "mysql"),
        ("mysql+mysqldb://db/app", "mysql"),
        ("REDIS://cache", "redis"),
        ("rediss://cache/1", "redis"),
        ("redis+socket:///run/redis.sock", "redis"),
        ("mongodb://db/app", "postgresql"),
        ("sqlite:///app.db", "postgresql"),
        ("", "postgresql"),
    ],
)
def test_scheme_chooses(dsn: str, reader: str) -> None:
    assert of(dsn) == reader


def test_no_two_readers_share_a_scheme() -> None:
    schemes = [scheme for name in ("mysql", "postgresql", "redis") for scheme in named(name).SCHEMES]
    assert len(schemes) == len(set(schemes))
