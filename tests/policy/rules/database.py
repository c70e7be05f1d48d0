"""Severities of `database`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case, version

OFFERED = {"default_version": "1", "offered": True}
THERE = {"exists": True, "usable": True, "writable": True}


def had(*names: str) -> dict[str, object]:
    """What a table of applied migrations tells."""
    return {"heads": [names[-1]], "applied": len(names), "names": [*names]}


VECTOR = {"extensions.vector": version("0.7", schema="public")}
CASES: list[Case] = [
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
