"""Severities of `database`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case, version

OFFERED = {"default_version": "1", "offered": True}
THERE = {"exists": True, "usable": True, "writable": True}


def had(*names: str) -> dict[str, object]:
    """What a table of applied migrations tells."""
    return {"heads": [names[-1]], "applied": len(names), "names": [*names]}


VECTOR = {"extensions.vector": version("0.7", schema="public")}
MARIADB = {"product": "MariaDB"}
MYSQL = {"product": "MySQL"}
REDIS = {"product": "Redis"}
CASES: list[Case] = [
    ({"server_version": "17.2", "jit": True}, {**MARIADB, "read_only": True}, {"product": ("product", ERROR)}),
    ({**REDIS, "databases": 16}, {"server_version": "17.2"}, {"product": ("product", ERROR)}),
    (
        {**MARIADB, "server_version": "10.11.6", "local_infile": True},
        {**MYSQL, "server_version": "8.0.36", "local_infile": False},
        {"product": ("product", WARNING), "local_infile": ("setting", WARNING)},
    ),
    (
        {**MYSQL, "server_version": "8.0.36"},
        {**MYSQL, "server_version": "8.4.1"},
        {"server_version": ("major", WARNING)},
    ),
    ({**MYSQL, "server_version": "8.0.36"}, {**MYSQL, "server_version": "8.0.40"}, {"server_version": ("minor", INFO)}),
    ({**REDIS, "server_version": "7.2.4"}, {**REDIS, "server_version": "6.2.7"}, {"server_version": ("older", ERROR)}),
    (
        {**MARIADB, "server_version": "10.11.6", "old_passwords": False},
        {**MARIADB, "server_version": "11.8.1"},
        {"server_version": ("major", WARNING), "old_passwords": ("missing", INFO)},
    ),
    (
        {**MYSQL, "sql_mode": "ANSI_QUOTES"},
        {**MYSQL, "sql_mode": "ANSI_QUOTES,ONLY_FULL_GROUP_BY"},
        {"sql_mode": ("sql-mode", ERROR)},
    ),
    (
        {**MYSQL, "time_zone": "SYSTEM", "system_time_zone": "CET"},
        {**MYSQL, "time_zone": "+02:00"},
        {"time_zone": ("setting", WARNING), "system_time_zone": ("missing", INFO)},
    ),
    ({**MYSQL, "sql_mode": "STRICT_ALL_TABLES"}, {**MYSQL, "sql_mode": ""}, {"sql_mode": ("setting", WARNING)}),
    (
        {**MYSQL, "sql_mode": "NO_ZERO_DATE"},
        {**MYSQL, "sql_mode": "NO_AUTO_VALUE_ON_ZERO,NO_ZERO_DATE"},
        {"sql_mode": ("setting", WARNING)},
    ),
    ({**MYSQL, "read_only": False}, {**MYSQL, "read_only": True}, {"read_only": ("replica", ERROR)}),
    ({**MYSQL, "max_connections": 100}, {**MYSQL, "max_connections": 500}, {"max_connections": ("setting", INFO)}),
    (
        {**MYSQL, "max_allowed_packet": 2},
        {**MYSQL, "max_allowed_packet": 1},
        {"max_allowed_packet": ("setting", WARNING)},
    ),
    ({**REDIS, "modules.search": {"version": "2"}}, REDIS, {"modules.search": ("module-missing", ERROR)}),
    (
        {**REDIS, "modules.search": {"version": "2"}},
        {**REDIS, "modules.search": {"version": "3"}},
        {"modules.search": ("setting", WARNING)},
    ),
    (
        {**REDIS, "maxmemory_policy": "noeviction"},
        {**REDIS, "maxmemory_policy": "allkeys-lru"},
        {"maxmemory_policy": ("setting", WARNING)},
    ),
    ({"server_version": "17.2"}, {"server_version": "15.8"}, {"server_version": ("older", ERROR)}),
    ({"server_version": "15.8"}, {"server_version": "17.2"}, {"server_version": ("major", WARNING)}),
    ({"server_version": "15.8"}, {"server_version": "15.10"}, {"server_version": ("minor", INFO)}),
    (VECTOR, {}, {"extensions.vector": ("extension-missing", ERROR)}),
    (
        VECTOR,
        {"extensions.vector": version("0.5", schema="public")},
        {"extensions.vector": ("extension-changed", WARNING)},
    ),
    ({"replica": False}, {"replica": True}, {"replica": ("replica", ERROR)}),
    ({"DateStyle": "ISO, MDY"}, {"DateStyle": "ISO, DMY"}, {"DateStyle": ("setting", WARNING)}),
    ({"jit": True}, {}, {"jit": ("missing", WARNING)}),
    (
        {"server_version": "17.2", "transaction_timeout": "0"},
        {"server_version": "15.8"},
        {"server_version": ("older", ERROR), "transaction_timeout": ("missing", INFO)},
    ),
    ({}, {"jit": True}, {"jit": ("extra", INFO)}),
    ({"privileges.superuser": True}, {"privileges.superuser": False}, {"privileges.superuser": ("privilege", WARNING)}),
    ({"privileges.superuser": False}, {"privileges.superuser": True}, {"privileges.superuser": ("extra", INFO)}),
    ({"available_extensions.x": {"default_version": "1"}}, {}, {}),
    ({"available_extensions.vector": OFFERED}, {}, {"available_extensions.vector": ("extension-unavailable", WARNING)}),
    ({"available_extensions.hstore": OFFERED}, {}, {"available_extensions.hstore": ("extension-unavailable", INFO)}),
    (
        {"available_extensions.vector": OFFERED, **VECTOR},
        {},
        {
            "available_extensions.vector": ("extension-unavailable", ERROR),
            "extensions.vector": ("extension-missing", ERROR),
        },
    ),
    ({}, {"available_extensions.vector": OFFERED}, {"available_extensions.vector": ("extra", INFO)}),
    ({"migrations.alembic": {"heads": ["a"]}}, {}, {"migrations.alembic": ("migrations", ERROR)}),
    (
        {"migrations.alembic": {"heads": ["a"]}},
        {"migrations.alembic": {"heads": ["b"]}},
        {"migrations.alembic": ("migrations", ERROR)},
    ),
    (
        {"migrations.django.shop": had("0001", "0002")},
        {"migrations.django.shop": had("0001")},
        {"migrations.django.shop": ("migrations", ERROR)},
    ),
    (
        {"migrations.django.shop": had("0001")},
        {"migrations.django.shop": had("0001", "0002")},
        {"migrations.django.shop": ("migrations-unknown", WARNING)},
    ),
    (
        {"migrations.flyway": {"heads": ["2"], "failed": 0}},
        {"migrations.flyway": {"heads": ["2"], "failed": 1}},
        {"migrations.flyway": ("migrations", ERROR)},
    ),
    ({}, {"migrations.alembic": {"heads": ["b"]}}, {"migrations.alembic": ("extra", INFO)}),
    ({"ssl_required": False}, {"ssl_required": True}, {"ssl_required": ("ssl-required", WARNING)}),
    ({}, {"refused_as_given": "without TLS"}, {"refused_as_given": ("ssl-required", ERROR)}),
    (
        {"collation_version_matches": True},
        {"collation_version_matches": False},
        {"collation_version_matches": ("collation-version", WARNING)},
    ),
    (
        {},
        {"collation_version_matches": False},
        {"collation_version_matches": ("collation-version", WARNING)},
    ),
    ({"schemas.shop": THERE}, {"schemas.shop": {**THERE, "exists": False}}, {"schemas.shop": ("schema", ERROR)}),
    ({"schemas.shop": THERE}, {"schemas.shop": {**THERE, "usable": False}}, {"schemas.shop": ("schema", ERROR)}),
    ({"schemas.$user": THERE}, {"schemas.$user": {**THERE, "exists": False}}, {"schemas.$user": ("schema", WARNING)}),
    ({"schemas.shop": THERE}, {"schemas.shop": {**THERE, "writable": False}}, {"schemas.shop": ("privilege", WARNING)}),
    ({"schemas.shop": THERE}, {}, {"schemas.shop": ("setting", INFO)}),
    (
        {"default_privileges.tables": {"granted": ["SELECT"]}},
        {"default_privileges.tables": {"granted": []}},
        {"default_privileges.tables": ("setting", WARNING)},
    ),
]
