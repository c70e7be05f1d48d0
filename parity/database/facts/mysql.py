"""MySQL, MariaDB and the like: version, settings, encoding, TLS, and the migrations that were applied.

A setting is what a new session starts with: its global value. `sql_mode` is sorted, for its order means nothing; of
`init_connect` and `secure_file_priv`, which are texts of somebody's own, only whether they are set.

Sources: MySQL's manual, "Server System Variables", "Server SQL Modes", "SHOW VARIABLES"; MariaDB's "Server System
Variables".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from parity.database.look import Part
from parity.probe.postgres import migrations
from parity.products import settings

_RENAMED = {"tx_isolation": "transaction_isolation", "tx_read_only": "transaction_read_only"}
"""MySQL took these names away with 8.0; MariaDB has had the new ones since 11.1."""

_OWN_TEXT = frozenset({"init_connect", "secure_file_priv"})
_ELSEWHERE = {"require_secure_transport": "ssl_required"}
"""Settings that say what has a name of its own, the same for every product."""

_RELEASE = re.compile(r"(?:5\.5\.5-(?=[0-9]+\.[0-9]+\.[0-9]+-MariaDB))?([0-9]+(?:\.[0-9]+){1,3})")
"""MariaDB of before 11 stands behind 5.5.5-, for replicas of MySQL that expect a single digit."""

_FORM = re.compile(r"[A-Za-z0-9_ ,.:/+-]{0,1000}")
_ENCODING = re.compile(r"[A-Za-z0-9_]{1,64}")
_BOUND = 5000
"""Rows of one table that are read."""

_TABLES = {
    "alembic_version": ("alembic", "SELECT version_num AS name FROM alembic_version ORDER BY 1 LIMIT %s"),
    "django_migrations": ("django", "SELECT app, name FROM django_migrations ORDER BY 1, 2 LIMIT %s"),
    "flyway_schema_history": (
        "flyway",
        "SELECT version AS name, success FROM flyway_schema_history ORDER BY installed_rank LIMIT %s",
    ),
    "_yoyo_migration": ("yoyo", "SELECT migration_id AS name FROM _yoyo_migration ORDER BY 1 LIMIT %s"),
}
"""{table: (tool, statement)}; what they keep is told in parity/probe/postgres/migrations.py."""


def _server(connection: Any, section: Any) -> None:
    (row,) = connection.rows("SELECT VERSION() AS version, @@version_comment AS comment")
    told, comment = str(row["version"]), str(row["comment"])
    version = _RELEASE.match(told)
    if version is None:
        raise ValueError
    section.items["server_version"] = version[1]
    section.items["product"] = product(told, comment)
    section.items["ssl"] = connection.offers_tls()
    (cipher,) = connection.rows("SHOW SESSION STATUS LIKE 'Ssl_cipher'") or ({"value": ""},)
    section.items["ssl_in_use"] = bool(cipher["value"])


def product(version: str, comment: str) -> str:
    """What a server is, by what it calls its version and itself."""
    if "TiDB" in version:
        return "TiDB"
    if "mariadb" in f"{version} {comment}".lower():
        return "MariaDB"
    return "Percona Server" if "percona" in comment.lower() else "MySQL"


def _settings(connection: Any, section: Any) -> None:
    names = sorted({*settings("mysql"), *_RENAMED})
    marks = ", ".join(["%s"] * len(names))
    rows = connection.rows(f"SHOW GLOBAL VARIABLES WHERE Variable_name IN ({marks})", *names)
    read_settings({str(row["variable_name"]).lower(): row["value"] for row in rows}, section)


def read_settings(values: Mapping[str, object], section: Any) -> None:
    """Fill the section with the settings of the list, {name: text as the server gives it}."""
    known = {_RENAMED.get(name, name): text for name, text in values.items()}
    if known.get("time_zone") != "SYSTEM":
        known.pop("system_time_zone", None)
    for name, text in sorted(known.items()):
        if name not in settings("mysql"):
            continue
        key = _ELSEWHERE.get(name, name)
        if name in _OWN_TEXT:
            section.items[key] = bool(text)
        elif _FORM.fullmatch(str(text)) is None:
            section.hide(key, "a setting's value has no known form")
        elif name == "sql_mode":
            section.items[key] = ",".join(sorted(filter(None, str(text).split(","))))
        else:
            section.items[key] = typed(str(text))


def typed(text: str) -> bool | int | float | str:
    """A setting's value: yes or no, a number, or the text as it is."""
    if text in ("ON", "OFF"):
        return text == "ON"
    if re.fullmatch(r"-?[0-9]{1,18}", text):
        return int(text)
    return float(text) if re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", text) else text


def _database(connection: Any, section: Any) -> None:
    rows = connection.rows(
        "SELECT default_character_set_name AS encoding, default_collation_name AS collate_name"
        " FROM information_schema.schemata WHERE schema_name = DATABASE()"
    )
    for row in rows[:1]:
        for key, name in (("encoding", "encoding"), ("collate", "collate_name")):
            if _ENCODING.fullmatch(str(row[name])):
                section.items[key] = row[name]


def _sessions(connection: Any, section: Any) -> None:
    for row in connection.rows("SHOW GLOBAL STATUS LIKE 'Threads_connected'"):
        section.volatile["connections"] = int(row["value"])


def _login(connection: Any, section: Any) -> None:
    rows = connection.rows("SELECT plugin FROM mysql.user WHERE CONCAT(user, '@', host) = CURRENT_USER()")
    for row in rows[:1]:
        # An account that names none has the one that all servers have had since 4.1.
        name = str(row["plugin"]) or "mysql_native_password"
        if _ENCODING.fullmatch(name):
            section.items["authentication_plugin"] = name


def _migrations(table: str, connection: Any, section: Any) -> None:
    tool, statement = _TABLES[table]
    there = connection.rows(
        "SELECT 1 AS one FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = %s", table
    )
    if there:
        migrations.reading(tool)(connection.rows(statement, _BOUND + 1), section, {})


PARTS = (
    Part(("server_version", "product", "ssl", "ssl_in_use"), _server),
    Part(tuple(sorted(_ELSEWHERE.get(name, name) for name in settings("mysql"))), _settings),
    *(
        Part((f"migrations.{tool}" + (".*" if tool == "django" else ""),), partial(_migrations, table))
        for table, (tool, _) in _TABLES.items()
    ),
    Part(("encoding", "collate"), _database),
    Part((), _sessions),
    Part(("authentication_plugin",), _login),
)
