"""The database: PostgreSQL's version, the settings that change behaviour, extensions, migrations, collation, rights.

The probe opens a connection only where `--database-through target` asks for it; otherwise the section is the host's.
What a look at a server is made of stands in parity/probe/postgres, for both.

Facts for whoever weighs a difference:
- A setting is what a new session of this role in this database starts with.
- `replica`, `pooler` and `ssl_in_use` tell of this connection as much as of the server.
- `extensions.NAME` is installed in this database, `available_extensions.NAME` could be.
- `privileges.*` are yes or no; a yes that became a no is what breaks programs.
- `migrations.TOOL` compares by its heads; `names` are for telling which are pending.

Floor: Python 3.8, standard library only.
"""

TITLE = "Database"
WHY = "a statement that another version, setting, collation or role accepts fails or answers otherwise"
COMPARED = {
    "server_version": "version",
    "version": "version",
    "schema": "exact",
    "offered": "exact",
    "heads": "set",
    "failed": "exact",
    "exists": "exact",
    "usable": "exact",
    "writable": "exact",
    "granted": "set",
    "*": "exact",
}
SEVERITY = {"missing": "warning", "changed": "warning", "extra": "info"}
READS = ()


def collect(view):
    from parity.probe.postgres import through

    return through.collect(view)
