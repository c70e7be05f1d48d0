"""What the source asks of production's database: migrations that wait, and room for its pools."""

from __future__ import annotations

from typing import Any

import pytest

from parity.declared.facts import Extension, Facts, Migration, MigrationHead, PoolSetting
from parity.policy import Severity
from parity.policy.migrations import Standing, standing
from parity.profile.model import Item
from tests.policy.repository import at, found, repository, side

ALEMBIC = Facts(
    migration_heads=(MigrationHead("alembic", "c3", at("alembic/versions/c3.py:4")),),
    migrations=(
        Migration("alembic", "a1", at("alembic/versions/a1.py:4")),
        Migration("alembic", "b2", at("alembic/versions/b2.py:4"), follows=("a1",)),
        Migration("alembic", "c3", at("alembic/versions/c3.py:4"), follows=("b2",)),
    ),
)
DJANGO = Facts(
    migration_heads=(MigrationHead("django", "shop.0003_price", at("shop/migrations/0003_price.py:4")),),
    migrations=(
        Migration("django", "0001_initial", at("a.py:1"), "shop"),
        Migration("django", "0002_left", at("a.py:1"), "shop", ("0001_initial",)),
        Migration("django", "0001_all", at("a.py:1"), "shop", (), ("0001_initial", "0002_left")),
        Migration("django", "0003_price", at("a.py:1"), "shop", ("0002_left",)),
    ),
)


def heads(*names: str) -> dict[str, Any]:
    return {"migrations.alembic": {"heads": [*names], "applied": len(names)}}


def had(*names: str) -> dict[str, Any]:
    return {"migrations.django.shop": {"heads": [names[-1]], "names": [*names]}}


@pytest.mark.parametrize(
    ("local", "production", "rule", "words"),
    [
        (heads("c3"), heads("c3"), None, ""),
        (heads("c3"), heads("a1"), "migrations", "b2, c3"),
        (heads("a1"), heads("a1"), "migrations", "b2, c3"),
        (heads("c3"), {}, "migrations", "a1, b2, c3"),
        ({}, {}, "migrations", "a1, b2, c3"),
        (heads("c3"), heads("d4"), "migrations-unknown", "d4"),
        (heads("d4"), heads("d4"), "migrations-unknown", "d4"),
        (heads("b2"), heads("c3"), "extra", "every migration that the source holds"),
        ({"product": "MySQL"}, {"product": "MySQL"}, "migrations", "a1, b2, c3"),
        ({"product": "Redis"}, {"product": "Redis"}, None, ""),
        ({}, {"product": "MySQL"}, "migrations", "a1, b2, c3"),
    ],
)
def test_alembic(local: dict[str, Any], production: dict[str, Any], rule: str | None, words: str) -> None:
    result = found(side(database=local), side(database=production), repository(ALEMBIC))
    told = {one.id: one for (_, key), one in result.items() if key == "migrations.alembic"}
    assert set(told) == ({f"database.{rule}"} if rule else set())
    for one in told.values():
        assert words in one.why
    assert ("database.migrations" in told) is (rule == "migrations")


@pytest.mark.parametrize(
    ("names", "pending", "unknown"),
    [
        (("0001_initial", "0002_left", "0003_price"), (), ()),
        (("0001_all", "0003_price"), (), ()),
        (("0001_initial",), ("0001_all", "0002_left", "0003_price"), ()),
        (("0001_initial", "0002_left"), ("0003_price",), ()),
        (("0001_initial", "0002_left", "0003_price", "0004_later"), (), ("0004_later",)),
    ],
)
def test_django_with_a_squashed_one(names: tuple[str, ...], pending: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    declared = repository(DJANGO).sections["database"].items["migrations.django.shop"]
    applied: Item = {"heads": names[-1:], "names": names}
    assert standing(declared, applied) == Standing(pending, unknown)


def test_a_source_of_several_databases() -> None:
    other = Facts(
        migration_heads=(MigrationHead("alembic", "z9", at("other/z9.py:1")),),
        migrations=(Migration("alembic", "z9", at("other/z9.py:1")),),
    )
    result = found(side(database=heads("c3")), side(database=heads("c3")), repository(ALEMBIC, other))
    assert not [one for one in result.values() if one.id == "database.migrations"]


def test_what_production_could_not_show_is_not_pending() -> None:
    from tests.diff.profiles import profile, section

    hidden = profile({"database": section({}, hidden=("migrations.*",))})
    result = found(side(database=heads("c3")), hidden, repository(ALEMBIC))
    assert not [one for one in result.values() if one.id == "database.migrations"]


def pool(**values: int) -> Facts:
    return Facts(pool_settings=tuple(PoolSetting(name, value, at("db.py:3")) for name, value in values.items()))


@pytest.mark.parametrize(
    ("declared", "workers", "more", "severity"),
    [
        (pool(size=5), 4, {}, None),
        (pool(size=5, overflow=10), 8, {}, Severity.ERROR),
        (pool(size=10), 6, {}, Severity.WARNING),
        (pool(size=98), None, {}, Severity.ERROR),
        (pool(size=5), 4, {"connection_limit.role": 15}, Severity.ERROR),
        (pool(size=5, overflow=-1), 99, {}, None),
        (pool(max_age=60), 99, {}, None),
    ],
)
def test_pool(declared: Facts, workers: int | None, more: dict[str, Any], severity: Severity | None) -> None:
    database = {"max_connections": 100, "superuser_reserved_connections": 3, "reserved_connections": 0, **more}
    process = {} if workers is None else {"workers": workers}
    both = side(database=database, process=process)
    one = found(both, both, repository(declared)).get(("database.pool", "max_connections"))
    assert (one.severity if one else None) is severity
    if one:
        assert "in all, and production has" in one.why
        assert one.evidence == ("the pool is declared at db.py:3",)


TRIGRAMS = Facts(extensions=(Extension("pg_trgm", at("migrations/0002_search.py:14")),))
ALWAYS = {"extensions.plpgsql": {"version": "1.0", "schema": "pg_catalog"}}
OFFERED = {"available_extensions.pg_trgm": {"default_version": "1.6", "offered": True}}
OTHERS = {"available_extensions.hstore": {"default_version": "1.8", "offered": True}}
THERE = {"extensions.pg_trgm": {"version": "1.6", "schema": "public"}}


@pytest.mark.parametrize(
    ("local", "production", "rule", "severity", "words"),
    [
        (None, {**ALWAYS, **OTHERS}, "database.extension-needed", "error", "does not offer it"),
        ({**ALWAYS, **OTHERS}, {**ALWAYS, **OTHERS}, "database.extension-needed", "error", "does not offer it"),
        (None, {**ALWAYS, **OFFERED}, "database.extension-needed", "warning", "until the source has created it"),
        (None, {**ALWAYS, **OFFERED, **THERE}, None, "", ""),
        # A database that works without it is evidence against the file that names it.
        ({**ALWAYS, **OFFERED}, {**ALWAYS, **OFFERED}, None, "", ""),
        ({**ALWAYS, **OFFERED, **THERE}, {**ALWAYS, **OFFERED}, "database.extension-missing", "error", "not there"),
        (
            {**ALWAYS, **OFFERED, **OTHERS},
            {**ALWAYS, **OTHERS},
            "database.extension-unavailable",
            "error",
            "the source does it",
        ),
        # A server of another kind has none at all.
        (None, {"sql_mode": "STRICT_TRANS_TABLES"}, None, "", ""),
    ],
)
def test_an_extension_that_the_source_creates(
    local: dict[str, Any] | None, production: dict[str, Any], rule: str | None, severity: str, words: str
) -> None:
    sides = [side() if items is None else side(database=items) for items in (local, production)]
    told = {one.id: one for one in found(sides[0], sides[1], repository(TRIGRAMS)).values() if "pg_trgm" in one.key}
    assert set(told) == ({rule} if rule else set())
    for one in told.values():
        assert one.severity.value == severity
        assert words in one.why
        assert one.evidence == ("created at migrations/0002_search.py:14",)


def test_an_extension_that_production_may_have_is_not_asked_for() -> None:
    from tests.diff.profiles import profile, section

    hidden = profile({"database": section({**ALWAYS, **OTHERS}, hidden=("extensions.*",))})
    assert not [one for one in found(side(), hidden, repository(TRIGRAMS)).values() if "pg_trgm" in one.key]
