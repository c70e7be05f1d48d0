"""Severities of `database`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case, version

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
]
