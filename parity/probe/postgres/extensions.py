"""Extensions: those of this database, and those that its server could install.

`extensions.NAME` is installed in this database. `available_extensions.NAME` can be installed on that server: what is
not among them fails at CREATE EXTENSION.

Sources: PostgreSQL's manual, "pg_extension", "pg_available_extensions".
Floor: Python 3.8, standard library only.
"""

_BOUND = 1000
"""Rows that are read."""

INSTALLED = """
SELECT e.extname::text AS name, e.extversion AS version, n.nspname::text AS schema
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace ORDER BY 1 LIMIT %d""" % (_BOUND + 1)

AVAILABLE = """
SELECT a.name::text AS name, a.default_version AS version
  FROM pg_available_extensions a ORDER BY 1 LIMIT %d""" % (_BOUND + 1)


def read_installed(rows, section, client):
    """Fill the section with what is installed."""
    for row in _bounded(rows, section, "extensions.*"):
        section.items["extensions." + row["name"]] = {"version": row["version"], "schema": row["schema"]}


def read_available(rows, section, client):
    """Fill the section with what could be installed. Its version is shown; that it is there is compared."""
    for row in _bounded(rows, section, "available_extensions.*"):
        section.items["available_extensions." + row["name"]] = {"default_version": row["version"], "offered": True}


def _bounded(rows, section, pattern):
    if len(rows) > _BOUND:
        section.hide(pattern, "more extensions than parity reads")
    return rows[:_BOUND]
