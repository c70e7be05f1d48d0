"""The migrations that were applied to this database, by the tables in which tools keep them.

migrations.alembic      {heads, applied}
migrations.django.APP   {heads, applied, names}
migrations.flyway       {heads, applied, failed}
migrations.yoyo         {heads, applied, names}

`heads` are what is compared: the revisions that no other applied one follows; of Django and Flyway the highest
number, of yoyo the last in the order of names. `names` are all of them, for telling which are pending. A table is
looked for where bare names are, and taken from elsewhere only where there is no other of its name.

Sources: Alembic, "Tutorial" (alembic_version); Django, `django.db.migrations.recorder`; Flyway, "Schema History
Table"; yoyo-migrations, `yoyo.backends`.
Floor: Python 3.8, standard library only.
"""

import re

from parity.probe.postgres import rights

_BOUND = 5000
"""Rows of one table that are read."""

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,255}")
"""The closed form of a revision, and of a migration's name."""
_PLACE = re.compile(r'(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)\.(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)')
_TOOLS = {
    "alembic_version": "alembic",
    "django_migrations": "django",
    "flyway_schema_history": "flyway",
    "_yoyo_migration": "yoyo",
}
_STATEMENTS = {
    "alembic": "SELECT version_num::text AS name FROM %s ORDER BY 1 LIMIT %d",
    "django": "SELECT app::text AS app, name::text AS name FROM %s ORDER BY 1, 2 LIMIT %d",
    "flyway": "SELECT version::text AS name, success FROM %s ORDER BY installed_rank LIMIT %d",
    "yoyo": "SELECT migration_id::text AS name FROM %s ORDER BY 1 LIMIT %d",
}

TABLES = """
SELECT c.relname::text AS name, n.nspname::text AS schema, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
           AS place,
       has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable,
       current_user::text AS role,
       (SELECT s.reset_val FROM pg_settings s WHERE s.name = 'search_path') AS path
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relname IN %s AND c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' LIMIT 1000""" % (tuple(sorted(_TOOLS)),)  # noqa: S608


def read_tables(rows, section, client):
    """Say of each tool's table what keeps it from being read."""
    for tool in sorted(_TOOLS.values()):
        _, problem = _chosen(rows, tool)
        if problem:
            section.hide("migrations.%s%s" % (tool, ".*" if tool == "django" else ""), problem)


def asking(tool):
    """The function that makes the tool's statement out of the answers so far, TABLES' being among them."""

    def statement(answers):
        tables = [answer for answer in answers if isinstance(answer, list) and answer and "place" in answer[0]]
        place, _ = _chosen(tables[0], tool) if tables else (None, None)
        return _STATEMENTS[tool] % (place, _BOUND + 1) if place else None

    return statement


def _chosen(rows, tool):
    """(where the tool's table stands, None), (None, why it cannot be told), or (None, None) where there is none."""
    found = [row for row in rows if _TOOLS.get(row["name"]) == tool]
    if not found:
        return None, None
    searched = [found[0]["role"] if one == "$user" else one for one in rights.searched(found[0]["path"] or "")]
    first = [row for schema in searched for row in found if row["schema"] == schema][:1] or found
    if len(first) > 1:
        return None, "several schemas hold a table of applied migrations, and none of them is on the search path"
    if not first[0]["readable"]:
        return None, "the role may not read the table of applied migrations"
    if not _PLACE.fullmatch(first[0]["place"]):
        return None, "the table of applied migrations has an unusual name"
    return first[0]["place"], None


def reading(tool):
    """The function that fills the section with the rows of the tool's table."""

    def read(rows, section, client):
        pattern = "migrations.%s%s" % (tool, ".*" if tool == "django" else "")
        if len(rows) > _BOUND:
            section.hide(pattern, "more applied migrations than parity reads")
            return
        known = [row for row in rows if row["name"] is None or _NAME.fullmatch(row["name"])]
        known = [row for row in known if "app" not in row or _NAME.fullmatch(row["app"] or "")]
        if len(known) < len(rows):
            section.hide(pattern, "an applied migration has a name of an unknown form")
        elif rows:
            section.items.update(_ITEMS[tool](known))

    return read


def _alembic(rows):
    heads = sorted({row["name"] for row in rows})
    return {"migrations.alembic": {"heads": heads, "applied": len(heads)}}


def _django(rows):
    apps = {}
    for row in rows:
        apps.setdefault(row["app"], set()).add(row["name"])
    return {
        "migrations.django." + app: {"heads": highest(names), "applied": len(names), "names": sorted(names)}
        for app, names in apps.items()
    }


def _flyway(rows):
    versions = {row["name"] for row in rows if row["name"] is not None and row["success"]}
    failed = sum(1 for row in rows if not row["success"])
    heads = sorted(versions, key=_numbers)[-1:]
    return {"migrations.flyway": {"heads": heads, "applied": len(versions), "failed": failed}}


def _yoyo(rows):
    names = sorted({row["name"] for row in rows})
    return {"migrations.yoyo": {"heads": names[-1:], "applied": len(names), "names": names}}


_ITEMS = {"alembic": _alembic, "django": _django, "flyway": _flyway, "yoyo": _yoyo}


def highest(names):
    """The names with the highest number in front, sorted; all of them where none has one.

    The order of application tells less: a squashed migration is recorded after those that follow it.
    """
    numbered = [(int(name[:4]), name) for name in names if re.match(r"[0-9]{4}(?:_|\Z)", name)]
    top = max(numbered)[0] if numbered else None
    return sorted(name for number, name in numbered if number == top) if numbered else sorted(names)


def _numbers(version):
    return [int(part) for part in re.findall(r"[0-9]+", version)]
