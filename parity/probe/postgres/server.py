"""The server's version, and what decides the order and the characters of text in this database.

`collation_version_matches`: whether the collation that the database was built with is still the one that the
operating system or ICU has; where it is not, indexes over text may be in an order that nobody looks in.

Sources: PostgreSQL's manual, "pg_database", "ALTER COLLATION" (Notes on collation versions), "Collation Versions".
Floor: Python 3.8, standard library only.
"""

import re

STATEMENT = """
SELECT current_setting('server_version') AS server_version, pg_is_in_recovery() AS replica,
       pg_backend_pid() AS backend_pid, pg_encoding_to_char(d.encoding) AS encoding,
       d.datconnlimit AS connection_limit, to_jsonb(d) ->> 'datcollate' AS collate,
       to_jsonb(d) ->> 'datctype' AS ctype, to_jsonb(d) ->> 'datlocprovider' AS locale_provider,
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale,
       to_jsonb(d) ->> 'daticurules' AS rules, to_jsonb(d) ->> 'datcollversion' AS collation_version
  FROM pg_database d WHERE d.datname = current_database()"""

KEYS = (
    "server_version",
    "replica",
    "pooler",
    "connection_limit.database",
    "encoding",
    "collate",
    "ctype",
    "locale_provider",
    "*_locale",
    "icu_rules",
    "collation_version",
)

_PROVIDERS = {"c": "libc", "i": "icu", "b": "builtin"}
"""pg_database.datlocprovider."""

_SINCE_FIFTEEN = 15
"""The release that records a database's collation version, and can tell the one that holds now."""


def read(rows, section, client):
    """Fill the section from the one row."""
    for row in rows[:1]:
        version = release(row["server_version"])
        if version:
            section.items["server_version"] = version
        else:
            section.hide("server_version", "the server names its version in an unknown form")
        section.items["replica"] = bool(row["replica"])
        section.items["connection_limit.database"] = row["connection_limit"]
        for key in ("encoding", "collate", "ctype", "collation_version"):
            if row[key] is not None:
                section.items[key] = row[key]
        # The column came with PostgreSQL 15; a database of an older server has libc's collation.
        provider = _PROVIDERS.get(row["locale_provider"] or "c", "other")
        section.items["locale_provider"] = provider
        if provider != "libc" and row["locale"] is not None:
            section.items[provider + "_locale"] = row["locale"]
        if provider == "icu":
            section.items["icu_rules"] = bool(row["rules"])
        if client.get("backend_pid") is not None:
            section.items["pooler"] = client["backend_pid"] != row["backend_pid"]
            if section.items["pooler"]:
                section.note(
                    "a pooler stands in front: the process that answers is not the one that accepted the connection; "
                    "settings and limits are those of the server behind it"
                )


def release(text):
    """The version in what a server calls itself ("15.18 (Debian 15.18-0+deb12u1)"), None where there is none."""
    found = re.match(r"[0-9]+(\.[0-9]+)*((devel|alpha|beta|rc)[0-9]*)?", text or "")
    return found.group() if found else None


def collation(answers):
    """The statement that compares the collation's two versions; None for a server that cannot."""
    first = answers[0]
    version = release(first[0]["server_version"]) if isinstance(first, list) and first else None
    if version is None or int(re.match("[0-9]+", version).group()) < _SINCE_FIFTEEN:
        return None
    return """
SELECT d.datcollversion IS NOT DISTINCT FROM pg_database_collation_actual_version(d.oid) AS matches
  FROM pg_database d WHERE d.datname = current_database() AND d.datcollversion IS NOT NULL"""


def read_collation(rows, section, client):
    """Fill the section from the row of `collation`, if there is one."""
    for row in rows[:1]:
        section.items["collation_version_matches"] = bool(row["matches"])
