"""PostgreSQL, through psycopg. The look itself is the probe's: parity/probe/postgres."""

from __future__ import annotations

from typing import Any

from parity.probe.postgres import dsn

SCHEMES = dsn.SCHEMES


def parameters(text: str) -> dict[str, Any]:
    """libpq's, {keyword: text}. Raises InvalidDsn, and NotPostgres for the URL of another kind of database."""
    return dict(dsn.parse(text).parameters)


def read(parameters: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The section's envelope."""
    from parity.probe.postgres.session import read as read_session

    told: dict[str, Any] = read_session(["psycopg"], parameters, seconds)
    return told
