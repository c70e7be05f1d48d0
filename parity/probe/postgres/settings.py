"""The settings that change what a program sees.

A setting is what a new session of this role in this database starts with (`reset_val`), role and database defaults
included; one that the server's version does not know has no key.

Source: PostgreSQL's manual, "Server Configuration".
Floor: Python 3.8, standard library only.
"""

import re

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

_FORM = re.compile(r"""[A-Za-z0-9_ ,.:/+"$<>@-]{0,200}""")
"""What the text of an allowed setting is made of: names, numbers, zones, lists of them."""

STATEMENT = """
SELECT s.name, s.vartype AS kind, s.unit, s.reset_val AS value,
       EXISTS (SELECT FROM pg_roles r
                WHERE r.rolname = 'pg_read_all_settings' AND pg_has_role(r.oid, 'USAGE')) AS sees_all
  FROM pg_settings s WHERE s.name IN %s""" % (tuple(sorted(SETTINGS)),)  # noqa: S608 - the names are above

KEYS = tuple(sorted(SETTINGS))


def read(rows, section, client):
    """Fill the section with the settings among `rows`."""
    seen = set()
    for row in rows:
        name = row["name"]
        if name not in SETTINGS:
            continue
        seen.add(name)
        known, value = typed(row["kind"], row["unit"], row["value"])
        if known:
            section.items[name] = value
        else:
            section.hide(name, "a setting's value has no known form")
    if not (rows and rows[0]["sees_all"]):
        for name in OF_PRIVILEGED:
            if name not in seen:
                section.hide(name, "the role may not see every setting (pg_read_all_settings)")


def typed(kind, unit, text):
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
