"""What a look at the database comes to at the door. Real servers are asked in tests/database/test_door.py."""

from __future__ import annotations

from typing import Any

import pytest

from parity.door.inside.checks import database
from parity.probe.kit import Section
from tests.canary import Canary

SEEN: dict[str, Any] = {
    "server_version": "15.8",
    "extensions.pg_trgm": {"version": "1.6", "schema": "public"},
    "TimeZone": "UTC",
    "row_security": True,
    "max_connections": 100,
    "migrations.alembic": {"heads": ["b2"], "applied": 1},
    "migrations.django.shop": {"heads": ["0001"], "applied": 1, "names": ["0001"]},
}


def section(*hidden: str, **items: Any) -> Section:
    """What was seen, with other items, and what could not be."""
    found = Section()
    found.items = {**SEEN, **items}
    for pattern in hidden:
        found.hide(pattern, "the role may not read it")
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"server_version": ">=15"}, []),
        ({"server_version": ">=16"}, [("server_version", "15.8 is not >=16")]),
        ({"extensions": ["pg_trgm", "postgis"]}, [("extensions.postgis", "not installed in this database")]),
        ({"settings": {"TimeZone": "UTC", "row_security": True, "max_connections": 100}}, []),
        (
            {"settings": {"TimeZone": "Europe/Berlin", "row_security": False, "max_connections": 200}},
            [
                ("TimeZone", "UTC is not Europe/Berlin"),
                ("max_connections", "100 is not 200"),
                ("row_security", "on is not off"),
            ],
        ),
        ({"migrations": {"migrations.alembic": ["a1", "b2<a1"]}}, []),
        ({"migrations": {"migrations.alembic": ["a1", "b2<a1", "c3<b2"]}}, [("migrations.alembic", "not applied: c3")]),
        (
            {"migrations": {"migrations.yoyo": [f"{number:04}" for number in range(7)]}},
            [("migrations.yoyo", "not applied: 0000, 0001, 0002, 0003 and 3 more")],
        ),
    ],
)
def test_what_is_otherwise_is_told(asked: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert list(database.wrong(asked, section())) == expected


def test_what_could_not_be_seen_does_not_hold() -> None:
    asked = {"extensions": ["postgis"], "migrations": {"migrations.yoyo": ["0001"]}, "server_version": ">=15"}
    assert list(database.wrong(asked, section("extensions.*", "migrations.yoyo"))) == [
        ("extensions.postgis", "could not be told: the role may not read it"),
        ("migrations.yoyo", "could not be told: the role may not read it"),
    ]


def test_a_server_under_development_is_older_than_its_release() -> None:
    assert not list(database.wrong({"server_version": ">=18"}, section(server_version="19devel")))
    assert list(database.wrong({"server_version": ">=19"}, section(server_version="19devel")))


def test_without_a_dsn_or_with_none_that_is_one_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    canary = Canary()
    asked = {"variable": "DOOR_DSN", "seconds": 1.0}
    monkeypatch.delenv("DOOR_DSN", raising=False)
    assert list(database.failures(asked, [])) == [("DOOR_DSN", "not set, and it says where the database is")]
    monkeypatch.setenv("DOOR_DSN", f"mysql://{canary.word}@host/db")
    (found,) = database.failures(asked, [])
    assert found[0] == ""
    assert canary.word not in found[1]
    monkeypatch.setenv("DOOR_DSN", "postgresql://app@127.0.0.1:1/app")
    assert list(database.failures(asked, [])) == [
        ("", "no driver: the program has none of psycopg, psycopg2, asyncpg, pg8000")
    ]
