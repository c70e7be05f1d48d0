"""One look at a server as data and pure functions, for whoever holds a connection.

`opening`, then each of `STATEMENTS`, then `CLOSING`, all in one read-only transaction; then `section`.

Floor: Python 3.8, standard library only.
"""

from parity.probe.kit import Section
from parity.probe.postgres import access, extensions, migrations, rights, server, settings

CLOSING = "ROLLBACK"
SAVEPOINT = "SAVEPOINT parity"


def opening(milliseconds):
    """The statements that begin the look: one read-only transaction that nothing outlives.

    `milliseconds` bounds each statement. No setting is changed but LOCAL ones: through a pooler the session is
    the next client's. READ COMMITTED, because a replica refuses a default of SERIALIZABLE. What a row policy would
    filter fails instead: half of a table is no answer.
    """
    bound = max(1, int(milliseconds))
    return (
        "BEGIN ISOLATION LEVEL READ COMMITTED",
        "SET TRANSACTION READ ONLY",
        "SET LOCAL search_path = pg_catalog, pg_temp",
        "SET LOCAL row_security = off",
        "SET LOCAL statement_timeout = %d" % bound,
        "SET LOCAL lock_timeout = %d" % max(1, min(2000, bound // 2)),
        "SET LOCAL idle_in_transaction_session_timeout = %d" % (2 * bound),
    )


STATEMENTS = (
    (server.STATEMENT, server.read, server.KEYS),
    (settings.STATEMENT, settings.read, settings.KEYS),
    (extensions.INSTALLED, extensions.read_installed, ("extensions.*",)),
    (rights.PRIVILEGES, rights.read_privileges, ("privileges.*", "connection_limit.role")),
    (migrations.TABLES, migrations.read_tables, ("migrations.*",)),
    (migrations.asking("alembic"), migrations.reading("alembic"), ("migrations.alembic",)),
    (migrations.asking("django"), migrations.reading("django"), ("migrations.django.*",)),
    (migrations.asking("flyway"), migrations.reading("flyway"), ("migrations.flyway",)),
    (migrations.asking("yoyo"), migrations.reading("yoyo"), ("migrations.yoyo",)),
    (server.collation, server.read_collation, ("collation_version_matches",)),
    (rights.SCHEMAS, rights.read_schemas, ("schemas.*",)),
    (rights.DEFAULTS, rights.read_defaults, ("default_privileges.*",)),
    (extensions.AVAILABLE, extensions.read_available, ("available_extensions.*",)),
    (access.CONNECTIONS, access.read_connections, ()),
    (access.CLIENT, access.read_client, ("ssl_required", "refused_as_given")),
    (access.rules, access.read_rules, ("ssl_required",)),
)
"""(SQL, function(rows, section, client), patterns over the keys that it gives), the weightiest first.

SQL may be a function of the answers before it that returns the text, or None where there is nothing to ask: then
its answer is the empty list.
"""


def section(answers, client):
    """The Section of one look.

    answers  for each of STATEMENTS, in order: a list of {column: value}, or the reason (str) why there is none
    client   what only the driver knows: {"backend_pid": int or None, "ssl_in_use": bool or None,
             "refused_without_tls": whether a first connection was}
    """
    result = Section()
    for (_, read, keys), answer in zip(STATEMENTS, answers):
        if isinstance(answer, str):
            for key in keys:
                result.hide(key, answer)
        else:
            read(answer, result, client)
    if client.get("ssl_in_use") is not None:
        result.items["ssl_in_use"] = client["ssl_in_use"]
    return result
