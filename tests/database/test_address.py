"""The URL of a server that is not PostgreSQL: its parts, and nothing of it where it is none."""

from __future__ import annotations

import traceback

import pytest

from parity.database.address import parse, scheme
from parity.probe.postgres.dsn import InvalidDsn
from tests.canary import Canary


def test_parts() -> None:
    address = parse("MySQL+PyMySQL://me:p%40%2F%3A@db.internal:3307/shop?ssl-Mode=REQUIRED&a=b%26c")
    assert address.scheme == "mysql+pymysql"
    assert (address.user, address.password) == ("me", "p@/:")
    assert (address.host, address.port, address.path) == ("db.internal", 3307, "shop")
    assert address.query == {"ssl_mode": "REQUIRED", "a": "b&c"}
    assert scheme("MySQL+PyMySQL://db") == "mysql"


def test_what_is_left_out_is_empty() -> None:
    assert parse("redis://") == ("redis", "", "", "", None, "", {})
    assert parse("redis://[::1]:6380").host == "::1"


@pytest.mark.parametrize(
    "text",
    [
        "mysql:db",
        "mysql://me:CANARY@x@db/shop",
        "mysql://me:CANARY/x@db/shop",
        "mysql://me:CANARY?x@db/shop",
        "mysql://me:%ZZCANARY@db/shop",
        "mysql://me:%00CANARY@db/shop",
        "mysql://me:%FFCANARY@db/shop",
        "mysql://me:CANARY@db:99999/shop",
        "mysql://me:CANARY@db:0/shop",
        "mysql://me:CANARY@one,two/shop",
        "mysql://me:CANARY@db/shop?ssl",
        "mysql://me:CANARY@db/shop?=x",
        "mysql://me:CANARY@db/shop#x",
        "mysql://me:CANARY\n@db/shop",
        "mysql://me:CANARY@[::1/shop",
    ],
)
def test_what_is_none_is_refused_without_echo(text: str) -> None:
    canary = Canary()
    with pytest.raises(InvalidDsn) as refused:
        parse(text.replace("CANARY", canary.word))
    canary.assert_clean("".join(traceback.format_exception(refused.value))[-200:], repr(refused.value))
