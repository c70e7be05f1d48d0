"""`[tool.parity.door]`: all that it can say, and every way in which it cannot be right."""

from __future__ import annotations

import pytest

from parity.errors import UsageError
from parity.policy.agreed import Door, Server
from tests.configuration.test_policy import read

WHOLE = """\
[door]
python = ">=3.11, <3.14"
packages = { Django = ">=4.2,<5", "zope.interface" = "*" }
volumes = ["/data", "/data", "/var/spool/shop"]
migrations = true

[door.database]
url-env = "SHOP_DSN"
timeout = 2.5
server-version = ">=15"
extensions = ["pg_trgm", "uuid-ossp"]
settings = { TimeZone = "UTC", row_security = true, max_connections = 100 }
"""


def test_all_that_it_can_say() -> None:
    assert read(WHOLE).door == Door(
        python=">=3.11,<3.14",
        packages={"django": ">=4.2,<5", "zope-interface": ""},
        volumes=("/data", "/var/spool/shop"),
        migrations=True,
        database=Server(
            variable="SHOP_DSN",
            seconds=2.5,
            version=">=15",
            extensions=("pg_trgm", "uuid-ossp"),
            settings={"TimeZone": "UTC", "row_security": True, "max_connections": 100},
        ),
    )


def test_one_that_says_nothing_asks_nothing() -> None:
    assert read("").door == Door()
    assert read("[door.database]\n").door == Door(database=Server())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('pythn = ">=3"', "door.pythn: unknown key"),
        ('python = "3.11"', "door.python: '3.11' is no bound of a version"),
        ("python = 3.11", "door.python: expected text, found a number"),
        ('packages = ["django"]', "door.packages: expected a table, found a list"),
        ('packages = { django = "^4" }', "door.packages.django: '^4' is no bound of a version"),
        ('packages = { "a b" = "*" }', 'door.packages."a b": no distribution can have this name'),
        ('packages = { a_b = "*", a-b = "*" }', "door.packages.a-b: the same distribution a second time"),
        ('volumes = ["data"]', "door.volumes[0]: expected an absolute path"),
        ('migrations = "yes"', "door.migrations: expected true or false, found text"),
        ('[door.database]\nurl-env = "postgresql://u:p@h/d"', "door.database.url-env: no variable can have this name"),
        ("[door.database]\ntimeout = 0", "door.database.timeout: expected seconds, more than 0 and at most 60"),
        ('[door.database]\ntimeout = "5s"', "door.database.timeout: expected a number, found text"),
        ('[door.database]\nserver_version = ">=15"', "door.database.server_version: unknown key"),
        ('[door.database]\nextensions = ["a;b"]', "door.database.extensions[0]: no extension can have this name"),
        ("[door.database.settings]\narchive_command = 'x'", "archive_command: no setting that parity reads"),
        ("[door.database.settings]\nTimeZone = ['UTC']", "TimeZone: expected text, a number, or true or false"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(UsageError) as told:
        read(f"[door]\n{text}\n")
    assert str(told.value).startswith("parity.toml:")
    assert words in str(told.value)
    assert "u:p@h" not in f"{told.value}{told.value.hint}"
