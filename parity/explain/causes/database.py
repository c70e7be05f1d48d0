"""A database that answers otherwise: a setting, a right, an extension, a limit, an encoding.

PostgreSQL tells what it refuses by SQLSTATE and often names the setting; what it answers differently (a time zone, a
date style, a sort order) shows as a wrong value further on, so those count only where the failing path asks it.
Which codes come of which settings is data (parity/explain/sqlstates.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence, Fact
from parity.explain.sqlstates import state

TITLE = "The database behaves otherwise"
CATEGORY = "database"
NEEDS = ("database",)
VOICE = "database"

_BY_WORDS: tuple[tuple[str, Mapping[str, float]], ...] = (
    (r"remaining connection slots|too many (?:clients|connections)|sorry, too many", {
        "max_connections": 0.96, "superuser_reserved_connections": 0.8, "reserved_connections": 0.8}),
    (r"no encryption|ssl (?:off|required)|requires ssl|server requires encryption|no pg_hba\.conf entry", {
        "ssl_required": 0.96, "ssl": 0.85, "hba": 0.9}),
    (r"server does not support ssl", {"ssl": 0.96}),
    (r"can(?:no|')t encode character|has no equivalent in encoding|invalid byte sequence for encoding", {
        "encoding": 0.93, "client_encoding": 0.75}),
    (r"prepared statement .{0,80}(?:already exists|does not exist)|unsupported startup parameter", {"pooler": 0.93}),
    (r"too many connections for (?:role|database)", {"connection_limit.*": 0.97}),
    (r"permission denied (?:to create database)|create database", {"privileges.create_database": 0.95}),
    (r"permission denied to create role|must have createrole", {"privileges.create_role": 0.95}),
    (r"must be (?:superuser|owner of extension)|permission denied to create extension|superuser", {
        "privileges.superuser": 0.95}),
    (r"permission denied to create temporary", {"privileges.create_temporary": 0.96}),
    (r"permission denied for schema public", {
        "privileges.create_in_public": 0.9, "privileges.use_public": 0.85, "schemas.public": 0.88}),
    (r"permission denied for database", {"privileges.create_schema": 0.93, "privileges.create_temporary": 0.6}),
    (r"replication role|must be .{0,20}replication", {"privileges.replication": 0.95}),
    (r"row-level security", {"privileges.bypass_row_security": 0.95, "row_security": 0.9}),
    (r"permission denied for table", {"default_privileges.tables": 0.85}),
    (r"permission denied for sequence", {"default_privileges.sequences": 0.9}),
    (r"permission denied for function", {"default_privileges.functions": 0.9}),
    (r"authentication method .{0,20}not supported|scram|unsupported authentication", {"password_encryption": 0.9}),
    (r"stack depth limit", {"max_stack_depth": 0.96}),
    (r"unterminated (?:quoted|unicode)|invalid escape|backslash|nonstandard use of", {
        "standard_conforming_strings": 0.85, "backslash_quote": 0.7, "escape_string_warning": 0.3}),
    (r"time zone .{0,60}not recognized", {"timezone_abbreviations": 0.93, "TimeZone": 0.4}),
    (r"text search configuration|tsvector|tsquery", {"default_text_search_config": 0.7}),
    (r"server closed the connection|connection (?:was )?closed|terminating connection|eof detected", {
        "idle_session_timeout": 0.6, "idle_in_transaction_session_timeout": 0.7, "tcp_keepalives_idle": 0.4}),
    (r"statement timeout|querycancel", {"statement_timeout": 0.96}),
    (r"prepared transactions are disabled", {"max_prepared_transactions": 0.96}),
    (r"in a read-only transaction", {"default_transaction_read_only": 0.95, "replica": 0.95}),
    (r"permission denied for (?:schema|database)", {"privileges.*": 0.7, "schemas.*": 0.75}),
    (r"collation .{0,80}(?:does not exist|version mismatch)|mismatch between .{0,20}collations", {
        "collate": 0.85, "locale_provider": 0.8, "collation_version*": 0.8}),
    (r"must be loaded via .{0,5}shared_preload_libraries", {"shared_preload_libraries": 0.95}),
)  # fmt: skip

_UNDEFINED = re.compile(
    r"(?:type|function|operator class|operator|access method|text search \w+) .{0,200}does not exist"
    r"|data type .{0,80}has no default operator class|no operator matches"
)

_ANSWERS = {
    "TimeZone": (r"\bdate\b|datetime|timestamp|timezone|\bday\b|\bhour\b|offset|utc", 0.6),
    "DateStyle": (r"\bdate\b|datetime|timestamp|strptime|isoformat", 0.5),
    "IntervalStyle": (r"interval|timedelta|duration", 0.7),
    "collate": (r"sort|order|merge|bisect|groupby|sequence", 0.7),
    "locale_provider": (r"sort|order|merge|bisect|groupby", 0.6),
    "icu_locale": (r"sort|order|merge|bisect|groupby", 0.6),
    "bytea_output": (r"bytes|bytea|hex|decode", 0.5),
    "lc_monetary": (r"money|currency|decimal", 0.5),
    "lc_numeric": (r"number|decimal|float", 0.4),
    "lc_time": (r"month|strptime|\bday\b", 0.4),
    "extra_float_digits": (r"float|round|equal", 0.3),
    "standard_conforming_strings": (r"escape|backslash|quote", 0.4),
    "search_path": (r"does not exist|relation|table", 0.3),
    "default_text_search_config": (r"tsvector|tsquery|search", 0.5),
    "encoding": (r"unicode|encode|decode|codec", 0.7),
    "default_transaction_isolation": (r"concurrent|serializ|stale|conflict", 0.6),
    "jit": (r"timeout|slow", 0.1),
    "work_mem": (r"timeout|slow|disk", 0.1),
}
"""{setting: (what a failure says that its answers can lead to, likelihood)}, where the failing path asks a database."""

_STATEMENT = re.compile(r"(?i)\b(?:select|insert|update|delete|where|like)\b")

_DRIVERS = frozenset(
    {"aiopg", "asyncpg", "django", "peewee", "pg8000", "pony", "psycopg", "psycopg2", "psycopg2-binary", "sqlalchemy"}
    | {"sqlmodel", "tortoise-orm", "psycopg-binary", "databases", "alembic"}
)


def weigh(case: Case) -> Iterator[Candidate]:
    """By name, by SQLSTATE, by words, and by what a wrong answer leads to."""
    for fact in case.of("database_setting"):
        yield from _keys(case, fact.value, 0.95, (in_log(fact),))
    for fact in case.of("extension"):
        for pattern, likelihood in (("available_extensions", 0.95), ("extensions", 0.95)):
            yield from _keys(case, f"{pattern}.{fact.value}", likelihood, (in_log(fact),))
    yield from _extensions(case)
    for fact in case.of("sqlstate"):
        known = state(fact.value)
        if known is not None:
            evidence = (in_log(fact), Evidence("knowledge", known.words, known.source))
            for key, likelihood in known.keys.items():
                yield from _keys(case, key, likelihood, evidence)
    for pattern, keys in _BY_WORDS:
        found = re.search(pattern, case.text)
        if found and (case.of("sqlstate", "database_message") or asks_a_database(case)):
            for key, likelihood in keys.items():
                yield from _keys(case, key, likelihood, _said(case, found[0]))
    if asks_a_database(case) or case.of("sqlstate"):
        yield from _answers(case)
        yield from _backslashes(case)


def _extensions(case: Case) -> Iterator[Candidate]:
    """What an extension brings, a function, a type or an operator class, is called after it more often than not."""
    found = _UNDEFINED.search(case.text)
    lacking = [one for one in case.differences("database", "extensions.*") if one.kind is Kind.MISSING]
    for difference in lacking if found else ():
        words = difference.key.removeprefix("extensions.").replace("-", "_").removeprefix("pg").split("_")
        named = any(len(word) > 3 and word in case.text for word in words)
        likelihood = 0.94 if named else 0.8 if len(lacking) == 1 else 0.5
        yield _candidate(case, difference, likelihood, _said(case, found[0] if found else ""))


def _keys(case: Case, pattern: str, likelihood: float, evidence: tuple[Evidence, ...]) -> Iterator[Candidate]:
    # Settings are named in any case: log_min_messages, TimeZone, timezone.
    for difference in case.differences("database"):
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), difference.key, re.IGNORECASE):
            yield _candidate(case, difference, likelihood, evidence)


def _answers(case: Case) -> Iterator[Candidate]:
    codes = "\n".join(frame.code for frame in case.frames).lower()
    names = "\n".join(call.name for call in case.calls).lower()
    for key, (pattern, likelihood) in _ANSWERS.items():
        difference = case.difference("database", key)
        if difference is None:
            continue
        found = re.search(pattern, case.text)
        near = re.search(pattern, codes) or re.search(pattern, names)
        if found or near:
            weight = likelihood * (1.0 if found and near else 0.85 if found else 0.6)
            yield _candidate(case, difference, weight, _said(case, (found or near)[0]))  # type: ignore[index]


def _backslashes(case: Case) -> Iterator[Candidate]:
    """A statement of the failing file with a backslash in it: the setting decides what that means to the server."""
    difference = case.difference("database", "standard_conforming_strings")
    texts = {text for _, source in case.own[:2] for text in source.strings()} if difference is not None else set()
    if difference is not None and any("\\" in text and _STATEMENT.search(text) for text in texts):
        words = "a statement of the failing file has a backslash in a literal"
        yield _candidate(case, difference, 0.75, (Evidence("source", words, case.own[0][1].file),))


def asks_a_database(case: Case) -> bool:
    """Whether the program's failing path, or its own code there, talks to a database."""
    if any(name in _DRIVERS for name in case.on_path):
        return True
    imported = {module.partition(".")[0] for source in case.sources.values() for module, _ in source.imports()}
    providers = {one for name in imported for one in case.providers.all(name)}
    return bool(_DRIVERS & (providers | imported))


def _said(case: Case, words: str) -> tuple[Evidence, ...]:
    at = f"line {case.failure.last.line}" if case.failure else ""
    return (Evidence("log", f"it speaks of {words!r}", at),)


def _candidate(case: Case, difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    setting = difference.key[:1].islower() and "." not in difference.key
    missing = difference.kind is Kind.MISSING
    return candidate(
        __name__,
        difference,
        likelihood,
        evidence,
        f"the program fails the same way under local's {difference.key}",
        f"bring {difference.key} to production"
        if missing
        else f"ALTER DATABASE … SET {difference.key}, or in the session"
        if setting or difference.key in ("TimeZone", "DateStyle", "IntervalStyle")
        else f"make {difference.key} the same on both servers",
    )


def first(facts: tuple[Fact, ...]) -> tuple[Evidence, ...]:
    """The first fact as evidence."""
    return tuple(in_log(one) for one in facts[:1])
