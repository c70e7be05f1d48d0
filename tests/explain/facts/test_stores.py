"""The messages of `stores`: what a server refused, and nothing of a connection that failed."""

from __future__ import annotations

import pytest

from tests.explain.cases import case, trace


@pytest.mark.parametrize(
    ("error", "message"),
    [
        ("redis.exceptions.ReadOnlyError: You can't write against a read only replica.", "You can't write against"),
        ("mysql.connector.errors.DataError: 1406 (22001): Data too long", "1406 (22001): Data too long"),
        ("redis.exceptions.ConnectionError: Error 111 connecting to cache:6379.", None),
        ("redis.exceptions.TimeoutError: Timeout reading from socket", None),
        ("shop.redis.exceptions.ReadOnlyError: no", None),
    ],
)
def test_message(error: str, message: str | None) -> None:
    met = case(trace(error, "app.py:3 f: r.set(k, v)"), {}, {})
    told = [fact.value for fact in met.of("database_message")]
    assert bool(told) == (message is not None)
    assert message is None or all(one.startswith(message) for one in told)
