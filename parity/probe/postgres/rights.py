"""What the role may do: of itself, in the schemas that bare names are looked up in, and with tables yet to be made.

`privileges.*` are yes or no; a yes that became a no is what breaks programs. `schemas.NAME` is a schema that the
role's search path names, and `public`; no other schema's name is recorded, for it may be a customer's.
`default_privileges.KIND` holds what the role gets on tables, sequences or functions that others make in `public`.

Sources: PostgreSQL's manual, "pg_roles", "Schemas" (the search path), "ALTER DEFAULT PRIVILEGES", "pg_default_acl".
Floor: Python 3.8, standard library only.
"""

import re

from parity.probe.postgres import settings

_MOST_SCHEMAS = 20
_KINDS = {"r": "tables", "S": "sequences", "f": "functions"}
"""pg_default_acl.defaclobjtype."""

PRIVILEGES = """
SELECT r.rolsuper AS superuser, r.rolcreatedb AS create_database, r.rolcreaterole AS create_role,
       r.rolreplication AS replication, r.rolbypassrls AS bypass_row_security, r.rolconnlimit AS connection_limit,
       has_database_privilege(current_database(), 'CREATE') AS create_schema,
       has_database_privilege(current_database(), 'TEMPORARY') AS create_temporary,
       (SELECT has_schema_privilege(n.oid, 'CREATE') FROM pg_namespace n WHERE n.nspname = 'public')
           AS create_in_public,
       (SELECT has_schema_privilege(n.oid, 'USAGE') FROM pg_namespace n WHERE n.nspname = 'public')
           AS use_public
  FROM pg_roles r WHERE r.rolname = current_user"""

SCHEMAS = """
SELECT n.nspname::text AS name, has_schema_privilege(n.oid, 'USAGE') AS usable,
       has_schema_privilege(n.oid, 'CREATE') AS writable, current_user::text AS role, s.reset_val AS path
  FROM pg_settings s
  LEFT JOIN pg_namespace n ON n.nspname IN ('public', current_user) OR strpos(lower(s.reset_val), lower(n.nspname)) > 0
 WHERE s.name = 'search_path' LIMIT 1000"""

DEFAULTS = """
SELECT d.defaclobjtype::text AS kind, a.privilege_type AS granted
  FROM pg_default_acl d
  LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
 CROSS JOIN LATERAL aclexplode(d.defaclacl) a
 WHERE (d.defaclnamespace = 0 OR n.nspname = 'public')
   AND d.defaclrole <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = current_user)
   AND CASE WHEN a.grantee = 0 THEN true ELSE pg_has_role(a.grantee, 'USAGE') END
 GROUP BY 1, 2"""


def read_privileges(rows, section, client):
    """Fill the section from the one row."""
    for row in rows[:1]:
        for name, value in row.items():
            if name == "connection_limit":
                section.items["connection_limit.role"] = value
            elif value is not None:
                section.items["privileges." + name] = bool(value)


def read_schemas(rows, section, client):
    """Fill the section with the schemas of the search path."""
    there = {row["name"]: row for row in rows}
    for row in rows[:1]:
        if not settings.typed("string", None, row["path"] or "")[0]:
            section.hide("schemas.*", "a setting's value has no known form")
            return
        for written in [*searched(row["path"] or ""), "public"][:_MOST_SCHEMAS]:
            found = there.get(row["role"] if written == "$user" else written)
            section.items["schemas." + written] = {
                "exists": found is not None,
                "usable": found is not None and bool(found["usable"]),
                "writable": found is not None and bool(found["writable"]),
            }


def searched(path):
    """The schemas that a search path names, in order, as they are called: '"$user", Public' -> $user, public."""
    found = []
    for quoted, bare in re.findall(r'"((?:[^"]|"")*)"|([^\s,"]+)', path):
        found.append(quoted.replace('""', '"') if quoted else bare.lower())
    return found


def read_defaults(rows, section, client):
    """Fill the section with what is granted by default, for each kind of object."""
    for letter, kind in _KINDS.items():
        granted = sorted({row["granted"] for row in rows if row["kind"] == letter})
        section.items["default_privileges." + kind] = {"granted": granted}
