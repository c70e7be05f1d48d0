"""MySQL's answers into the section."""

from __future__ import annotations

import pytest

from parity.database.facts.mysql import PARTS, product, read_settings, typed
from parity.probe.kit import Section


def test_settings() -> None:
    section = Section()
    read_settings(
        {
            "sql_mode": "STRICT_TRANS_TABLES,ANSI_QUOTES",
            "tx_isolation": "READ-COMMITTED",
            "require_secure_transport": "ON",
            "time_zone": "SYSTEM",
            "system_time_zone": "CET",
            "init_connect": "SET @a = 'secret'",
            "secure_file_priv": "/srv/private",
            "max_statement_time": "1.500000",
            "wait_timeout": "600",
            "datadir": "/srv/private",
            "collation_server": "{odd}",
        },
        section,
    )
    assert section.items == {
        "sql_mode": "ANSI_QUOTES,STRICT_TRANS_TABLES",
        "transaction_isolation": "READ-COMMITTED",
        "ssl_required": True,
        "time_zone": "SYSTEM",
        "system_time_zone": "CET",
        "init_connect": True,
        "secure_file_priv": True,
        "max_statement_time": 1.5,
        "wait_timeout": 600,
    }
    assert section.hidden == ["collation_server"]


def test_zone_of_the_system_matters_only_where_it_is_taken() -> None:
    section = Section()
    read_settings({"time_zone": "+02:00", "system_time_zone": "CET", "sql_mode": ""}, section)
    assert section.items == {"time_zone": "+02:00", "sql_mode": ""}


@pytest.mark.parametrize(
    ("version", "comment", "expected"),
    [
        ("10.11.19-MariaDB-0+deb12u1", "Debian 12", "MariaDB"),
        ("8.0.36", "MySQL Community Server - GPL", "MySQL"),
        ("8.0.36-28", "Percona Server (GPL), Release 28", "Percona Server"),
        ("8.0.11-TiDB-v7.5.0", "TiDB Server (Apache License 2.0)", "TiDB"),
    ],
)
def test_product(version: str, comment: str, expected: str) -> None:
    assert product(version, comment) == expected


@pytest.mark.parametrize(
    ("version", "release"),
    [("10.11.19-MariaDB-0+deb12u1", "10.11.19"), ("5.5.5-10.6.1-MariaDB", "10.6.1"), ("8.4.0-3", "8.4.0")],
)
def test_release(version: str, release: str) -> None:
    section = Section()
    PARTS[0].fill(Answering(version), section)
    assert section.items["server_version"] == release


def test_value() -> None:
    assert [typed(text) for text in ("ON", "OFF", "12", "-1", "0.5", "InnoDB", "")] == [
        True,
        False,
        12,
        -1,
        0.5,
        "InnoDB",
        "",
    ]


class Answering:
    """What a server of a version says of itself."""

    def __init__(self, version: str) -> None:
        self.version = version

    def rows(self, statement: str) -> list[dict[str, str]]:
        """The answer to either of the statements."""
        return [{"version": self.version, "comment": "", "value": ""}]

    def offers_tls(self) -> bool:
        """It does not."""
        return False
