"""The database: PostgreSQL's version, the settings that change behaviour, extensions, collation, rights.

The probe opens no connection, so its own `collect` finds nothing to read. What a look at a server is made
of stands here all the same, as data and pure functions, for whoever holds a connection (parity/database on
the host, through psycopg): `opening`, then each of `STATEMENTS`, then `CLOSING`, then `section`.

Facts for whoever weighs a difference:
- A setting is what a new session of this role in this database starts with (`reset_val`), role and
  database defaults included; one that the server's version does not know has no key.
- `replica`, `pooler` and `ssl_in_use` tell of this connection as much as of the server.
- `extensions.NAME` is installed in this database. `available_extensions.NAME` could be installed on that server:
  shown, and for explanations; by itself never a difference, contrib packages come and go.
- `privileges.*` are yes or no; a yes that became a no is what breaks programs.

Sources: PostgreSQL's manual, "Server Configuration" and "System Catalogs"/"System Views".
Floor: Python 3.8, standard library only.
"""

import re

TITLE = "Database"
WHY = "a statement that another version, setting, collation or role accepts fails or answers otherwise"
COMPARED = {
    "server_version": "version",
    "version": "version",
    "schema": "exact",
    "*": "exact",
}
SEVERITY = {"missing": "warning", "changed": "warning", "extra": "info"}
READS = ()

SETTINGS = {
    "DateStyle": "the order of day and month when a date is read and printed",
    "IntervalStyle": "how an interval is printed, and so whether a driver can parse it",
    "TimeZone": "what now()::date, date_trunc and timestamps without a zone mean",
    "array_nulls": "whether NULL inside an array literal is a null",
    "backslash_quote": "whether \\' may stand for a quote",
    "bytea_output": "hex or escape: how binary data is printed",
    "check_function_bodies": "whether CREATE FUNCTION refuses a body that does not compile",
    "client_encoding": "the encoding a session starts with",
    "createrole_self_grant": "whether the creator of a role may act as it",
    "deadlock_timeout": "how long a deadlock lasts before one side fails",
    "default_table_access_method": "how a new table is stored",
    "default_tablespace": "where a new table is stored",
    "default_text_search_config": "the language of to_tsvector and to_tsquery",
    "default_transaction_deferrable": "whether a serializable read waits for a safe snapshot",
    "default_transaction_isolation": "whether concurrent updates fail with a serialization error",
    "default_transaction_read_only": "whether writes fail",
    "default_with_oids": "whether a new table has a hidden oid column",
    "escape_string_warning": "whether a backslash in a plain literal is warned of",
    "extra_float_digits": "how exactly floating-point numbers are printed",
    "gin_fuzzy_search_limit": "whether an index search may return only a part of the rows",
    "idle_in_transaction_session_timeout": "when a session that idles in a transaction is ended",
    "idle_session_timeout": "when an idle session is ended, pooled ones too",
    "jit": "whether expensive queries are compiled",
    "lc_messages": "the language of messages; code that matches their text depends on it",
    "lc_monetary": "how money is read and printed",
    "lc_numeric": "how to_char prints numbers",
    "lc_time": "the names of days and months in to_char",
    "lo_compat_privileges": "whether anybody may change large objects",
    "local_preload_libraries": "libraries that every session loads",
    "lock_timeout": "when waiting for a lock fails",
    "max_connections": "how many sessions there can be",
    "max_identifier_length": "where long names are cut, which can make two of them one",
    "max_locks_per_transaction": "how many tables one transaction can touch",
    "max_prepared_transactions": "whether PREPARE TRANSACTION works: 0 turns it off",
    "max_replication_slots": "how many consumers of logical decoding there can be",
    "max_stack_depth": "how deep recursion and nesting can go",
    "max_wal_senders": "how many replicas and consumers of changes can connect",
    "password_encryption": "whether old drivers can log in with a new password",
    "quote_all_identifiers": "whether generated SQL quotes every name",
    "reserved_connections": "slots that are kept from ordinary roles",
    "restrict_nonsystem_relation_kind": "whether views and foreign tables can be read",
    "row_security": "whether row policies filter or fail a query",
    "search_path": "which schema a bare name means",
    "session_preload_libraries": "libraries that every session loads",
    "session_replication_role": "whether triggers and foreign keys fire",
    "shared_preload_libraries": "extensions that work only when loaded at start",
    "ssl": "whether the server offers TLS",
    "ssl_min_protocol_version": "whether old clients can still connect",
    "standard_conforming_strings": "whether a backslash in a plain literal is just a backslash",
    "statement_timeout": "when a long statement fails",
    "superuser_reserved_connections": "slots that are kept from everybody but superusers",
    "synchronous_commit": "whether a commit waits until it is safe",
    "temp_file_limit": "when a large sort or join fails",
    "temp_tablespaces": "where temporary tables are stored",
    "timezone_abbreviations": "which zone abbreviations are known, and what they mean",
    "track_commit_timestamp": "whether pg_xact_commit_timestamp works",
    "transaction_timeout": "when a long transaction is ended",
    "transform_null_equals": "whether x = NULL means x IS NULL",
    "wal_level": "whether logical decoding works: it needs logical",
    "work_mem": "what a sort or hash may take before it goes to disk",
    "xmlbinary": "how binary data is put into XML",
    "xmloption": "whether XML is read as a document or as content",
}
"""{setting that changes what a program sees: how}. No other setting is asked for: the others hold commands,
connection strings, and whatever ALTER ROLE or a custom setting put there."""

OF_PRIVILEGED = ("session_preload_libraries", "shared_preload_libraries")
"""Settings of the list that a role without pg_read_all_settings is not shown."""

_EXTENSIONS_BOUND = 1000
"""Rows of extensions that are read."""

_FORM = re.compile(r"""[A-Za-z0-9_ ,.:/+"$<>@-]{0,200}""")
"""What the text of an allowed setting is made of: names, numbers, zones, lists of them."""


def opening(milliseconds):
    """The statements that begin the look: one read-only transaction that nothing outlives.

    `milliseconds` bounds each statement. No setting is changed but LOCAL ones: through a pooler the session is
    the next client's. READ COMMITTED, because a replica refuses a default of SERIALIZABLE.
    """
    bound = max(1, int(milliseconds))
    return (
        "BEGIN ISOLATION LEVEL READ COMMITTED",
        "SET TRANSACTION READ ONLY",
        "SET LOCAL search_path = pg_catalog, pg_temp",
        "SET LOCAL statement_timeout = %d" % bound,
        "SET LOCAL lock_timeout = %d" % max(1, min(2000, bound // 2)),
        "SET LOCAL idle_in_transaction_session_timeout = %d" % (2 * bound),
    )


CLOSING = "ROLLBACK"

_SERVER = """
SELECT current_setting('server_version') AS server_version, pg_is_in_recovery() AS replica,
       pg_backend_pid() AS backend_pid, pg_encoding_to_char(d.encoding) AS encoding,
       d.datconnlimit AS connection_limit, to_jsonb(d) ->> 'datcollate' AS collate,
       to_jsonb(d) ->> 'datctype' AS ctype, to_jsonb(d) ->> 'datlocprovider' AS locale_provider,
       coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale,
       to_jsonb(d) ->> 'daticurules' AS rules, to_jsonb(d) ->> 'datcollversion' AS collation_version
  FROM pg_database d WHERE d.datname = current_database()"""

_SETTINGS = """
SELECT s.name, s.vartype AS kind, s.unit, s.reset_val AS value,
       EXISTS (SELECT FROM pg_roles r
                WHERE r.rolname = 'pg_read_all_settings' AND pg_has_role(r.oid, 'USAGE')) AS sees_all
  FROM pg_settings s WHERE s.name IN %s""" % (tuple(sorted(SETTINGS)),)  # noqa: S608 - the names are above

_EXTENSIONS = """
SELECT e.extname::text AS name, e.extversion AS version, n.nspname::text AS schema
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace ORDER BY 1 LIMIT %d""" % (_EXTENSIONS_BOUND + 1)

_AVAILABLE = """
SELECT a.name::text AS name, a.default_version AS version
  FROM pg_available_extensions a ORDER BY 1 LIMIT %d""" % (_EXTENSIONS_BOUND + 1)

_PRIVILEGES = """
SELECT r.rolsuper AS superuser, r.rolcreatedb AS create_database, r.rolcreaterole AS create_role,
       r.rolreplication AS replication, r.rolbypassrls AS bypass_row_security, r.rolconnlimit AS connection_limit,
       has_database_privilege(current_database(), 'CREATE') AS create_schema,
       has_database_privilege(current_database(), 'TEMPORARY') AS create_temporary,
       (SELECT has_schema_privilege(n.oid, 'CREATE') FROM pg_namespace n WHERE n.nspname = 'public')
           AS create_in_public,
       (SELECT has_schema_privilege(n.oid, 'USAGE') FROM pg_namespace n WHERE n.nspname = 'public')
           AS use_public
  FROM pg_roles r WHERE r.rolname = current_user"""

_CONNECTIONS = """
SELECT coalesce(sum(numbackends), 0)::int AS connections FROM pg_stat_database WHERE datid <> 0"""


def _server(rows, section, client):
    for row in rows[:1]:
        version = re.match(r"[0-9]+(\.[0-9]+)*((devel|alpha|beta|rc)[0-9]*)?", row["server_version"] or "")
        if version:
            section.items["server_version"] = version.group()
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


_PROVIDERS = {"c": "libc", "i": "icu", "b": "builtin"}
"""pg_database.datlocprovider."""


def _settings(rows, section, client):
    seen = set()
    for row in rows:
        name = row["name"]
        if name not in SETTINGS:
            continue
        seen.add(name)
        known, value = setting(row["kind"], row["unit"], row["value"])
        if known:
            section.items[name] = value
        else:
            section.hide(name, "a setting's value has no known form")
    if not (rows and rows[0]["sees_all"]):
        for name in OF_PRIVILEGED:
            if name not in seen:
                section.hide(name, "the role may not see every setting (pg_read_all_settings)")


def setting(kind, unit, text):
    """(whether its form is known, the typed value) of a row of pg_settings.

    A number with a unit becomes text in a unit of one: 16384 of "8kB" is "131072kB".
    """
    if text is None:
        return True, None
    if kind == "bool":
        return text in ("on", "off"), text == "on"
    if kind in ("integer", "real"):
        try:
            number = int(text) if kind == "integer" else float(text)
        except ValueError:
            return False, None
        factor, name = re.match(r"([0-9]*)(.*)", unit or "").groups()
        if not name:
            return True, number
        if number < 0:
            return True, str(number)
        return True, "%s%s" % (number * int(factor or 1), name)
    return _FORM.fullmatch(text) is not None, text


def _extensions(rows, section, client):
    for row in _bounded(rows, section, "extensions.*"):
        section.items["extensions." + row["name"]] = {"version": row["version"], "schema": row["schema"]}


def _available(rows, section, client):
    for row in _bounded(rows, section, "available_extensions.*"):
        section.items["available_extensions." + row["name"]] = {"default_version": row["version"]}


def _bounded(rows, section, pattern):
    if len(rows) > _EXTENSIONS_BOUND:
        section.hide(pattern, "more extensions than parity reads")
    return rows[:_EXTENSIONS_BOUND]


def _privileges(rows, section, client):
    for row in rows[:1]:
        for name, value in row.items():
            if name == "connection_limit":
                section.items["connection_limit.role"] = value
            elif value is not None:
                section.items["privileges." + name] = bool(value)


def _connections(rows, section, client):
    for row in rows[:1]:
        section.volatile["connections"] = row["connections"]


STATEMENTS = (
    (
        _SERVER,
        _server,
        (
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
        ),
    ),
    (_SETTINGS, _settings, tuple(sorted(SETTINGS))),
    (_EXTENSIONS, _extensions, ("extensions.*",)),
    (_PRIVILEGES, _privileges, ("privileges.*", "connection_limit.role")),
    (_AVAILABLE, _available, ("available_extensions.*",)),
    (_CONNECTIONS, _connections, ()),
)
"""(SQL, function(rows, section, client), patterns over the keys that it gives), the weightiest first."""


def section(answers, client):
    """The Section of one look.

    answers  for each of STATEMENTS, in order: a list of {column: value}, or the reason (str) why there is none
    client   what only the driver knows: {"backend_pid": int or None, "ssl_in_use": bool or None}
    """
    from parity.probe.kit import Section

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


def collect(view):
    from parity.probe.kit import Absent

    raise Absent("no database was asked for")
