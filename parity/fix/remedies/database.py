"""The database: settings, extensions, rights and schemas by statement; its version where it is cheapest to change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from shlex import quote

from parity.fix.context import Context
from parity.fix.model import Command, Edit, Remedy, Side, Where
from parity.fix.words import Refused, identifier, literal, setting, system_package
from parity.policy.model import Finding
from parity.products import POSTGRESQL, product
from parity.profile.item import field
from parity.profile.model import Item

TITLE = "a setting, an extension, a right, or the version of the server"

_AT_START = frozenset(
    {"max_connections", "max_locks_per_transaction", "max_prepared_transactions", "max_replication_slots"}
    | {"max_wal_senders", "shared_preload_libraries", "track_commit_timestamp", "wal_level"}
    | {"superuser_reserved_connections", "huge_pages", "shared_buffers"}
)
"""Settings that the server takes when it starts (pg_settings.context = 'postmaster')."""

_BY_RELOAD = frozenset({"ssl", "ssl_min_protocol_version", "ssl_max_protocol_version"})
_LISTS = frozenset(
    {"search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries"}
    | {"shared_preload_libraries"}
)
"""Settings whose value is a list of names: in quotes it would be one name (GUC_LIST_QUOTE)."""

_OF_DATABASE = frozenset({"encoding", "collate", "ctype", "locale_provider"})
_FIXED = frozenset({"max_identifier_length", "server_encoding", "pooler", "ssl_in_use", "lc_collate", "lc_ctype"})
_RIGHTS = {
    "create_in_public": 'GRANT CREATE ON SCHEMA public TO :"role";',
    "use_public": 'GRANT USAGE ON SCHEMA public TO :"role";',
    "create_schema": 'GRANT CREATE ON DATABASE :"DBNAME" TO :"role";',
    "create_temporary": 'GRANT TEMPORARY ON DATABASE :"DBNAME" TO :"role";',
    "create_database": 'ALTER ROLE :"role" CREATEDB;',
    "create_role": 'ALTER ROLE :"role" CREATEROLE;',
    "bypass_row_security": 'ALTER ROLE :"role" BYPASSRLS;',
    "replication": 'ALTER ROLE :"role" REPLICATION;',
    "superuser": 'ALTER ROLE :"role" SUPERUSER;',
}
_GRANTED = re.compile(r"[A-Z]{3,12}")
_PACKAGED = {
    "vector": "pgvector",
    "postgis": "postgis-3",
    "timescaledb": "timescaledb",
    "pg_cron": "cron",
    "rum": "rum",
}
"""Extensions of Debian's postgresql-VERSION-NAME that are not called as their package is."""


def remedy(finding: Finding, context: Context) -> Iterator[Remedy]:
    """One fact of the database made what it is on the other side."""
    if finding.section != "database" or finding.key.startswith(("migrations", "pool")):
        return
    side = context.side(finding)
    if finding.key == "product" or product(context.items(side, "database")) != POSTGRESQL:
        # What follows are statements of PostgreSQL's.
        return
    key, wanted = finding.key, context.wanted(side, "database", finding.key)
    kind, _, name = key.partition(".")
    if key == "server_version":
        yield from _version(wanted, context, finding)
    elif kind in ("extensions", "available_extensions"):
        yield _extension(name, finding, context)
    elif kind == "privileges" and name in _RIGHTS and wanted is True:
        yield _granted(f"give the role the right to {name.replace('_', ' ')}", _RIGHTS[name], context, finding)
    elif kind == "default_privileges":
        yield from _defaults(name, wanted, context, finding)
    elif kind == "schemas":
        yield _schema(name, finding, context)
    elif kind == "connection_limit" and isinstance(wanted, int):
        what = 'DATABASE :"DBNAME"' if name == "database" else 'ROLE :"role"'
        yield _granted(
            f"allow as many connections: {wanted}", f"ALTER {what} CONNECTION LIMIT {int(wanted)};", context, finding
        )
    elif key == "replica":
        yield Remedy(
            "point the program to the primary",
            side,
            notes=("name every server in the DSN, with target_session_attrs=read-write: libpq takes the primary",),
        )
    elif finding.id == "database.ssl-required":
        yield Remedy(
            "speak TLS to the server",
            side,
            notes=(
                "add sslmode=require to the DSN (verify-full and sslrootcert where its certificate can be checked)",
            ),
        )
    elif key in _OF_DATABASE:
        yield _anew(context, finding)
    elif key not in _FIXED and not isinstance(wanted, dict) and wanted is not None:
        yield _setting(setting(key), wanted, context, finding)


def _where(side: Side) -> Where:
    return "database" if side == "production" else "local"


def piped(statement: str, *options: str) -> str:
    """A command that runs one statement, in which psql puts :"DBNAME", :"USER" and what `options` set."""
    dsn = '"$ADMIN_URL"' if options else '"$DATABASE_URL"'
    return " ".join(["printf '%s\\n'", quote(statement), "| psql", dsn, "-v ON_ERROR_STOP=1", *options])


def _setting(name: str, wanted: Item, context: Context, finding: Finding) -> Remedy:
    value = _list(str(wanted)) if name in _LISTS else literal(wanted)
    side = context.side(finding)
    where = _where(side)
    if name in _AT_START or name in _BY_RELOAD:
        notes = ("the server takes it when it starts: restart it (a managed one: in its parameter group)",)
        if name in _BY_RELOAD:
            notes = ("SELECT pg_reload_conf() makes it hold; a server without a certificate has none to show",)
        command = Command(
            piped(f"ALTER SYSTEM SET {name} = {value};", "--no-psqlrc"), "as a superuser: $ADMIN_URL", where
        )
        return Remedy(f"set {name} to {wanted} on {side}'s server", side, (command,), notes=notes)
    statement = f'ALTER ROLE :"USER" IN DATABASE :"DBNAME" SET {name} = {value};'
    command = Command(
        piped(statement), "holds for new sessions of the program's role there: restart the program", where
    )
    return Remedy(f"set {name} to {wanted} for the program's role", side, (command,))


def _list(value: str) -> str:
    """A list of names, each in double quotes."""
    names = [one.strip() for one in re.findall(r'(?:"(?:[^"]|"")*"|[^,"])+', value)]
    plain = [one[1:-1].replace('""', '"') if one.startswith('"') else one for one in names if one]
    return ", ".join(map(identifier, plain)) or "''"


def _extension(name: str, finding: Finding, context: Context) -> Remedy:
    side = context.side(finding)
    where = _where(side)
    offered = context.has(side, "database", f"available_extensions.{name}")
    told = any(key.startswith("available_extensions.") for key in context.items(side, "database"))
    commands: list[Command] = []
    notes: list[str] = []
    if finding.id == "database.extension-unavailable" or (offered is None and told):
        major = str(context.has(side, "database", "server_version")).partition(".")[0]
        package = system_package(f"postgresql-{major}-{_PACKAGED.get(name, name.lower().replace('_', '-'))}")
        commands.append(
            Command(
                f"sudo apt-get install --yes {package}",
                "on the server's machine; a managed one: allow it in its parameters",
                where,
            )
        )
        if (
            finding.id == "database.extension-unavailable"
            and context.wanted(side, "database", f"extensions.{name}") is None
        ):
            return Remedy(f"make {name} available on {side}'s server", side, tuple(commands))
    if finding.id == "database.extension-changed":
        statement = f"ALTER EXTENSION {identifier(name)} UPDATE;"
    else:
        statement = f"CREATE EXTENSION IF NOT EXISTS {identifier(name)};"
    commands.append(
        Command(piped(statement), "as the owner of the database, or a superuser for one that is not trusted", where)
    )
    return Remedy(f"have the extension {name} in {side}'s database", side, tuple(commands), notes=tuple(notes))


def _granted(title: str, statement: str, context: Context, finding: Finding) -> Remedy:
    side = context.side(finding)
    where = _where(side)
    tells = "as the owner or a superuser: $ADMIN_URL; ROLE is the program's"
    return Remedy(title, side, (Command(piped(statement, "-v", "role=ROLE"), tells, where),))


def _defaults(kind: str, wanted: Item, context: Context, finding: Finding) -> Iterator[Remedy]:
    granted = field(wanted, "granted")
    rights = [one.upper() for one in granted if _GRANTED.fullmatch(one.upper())] if isinstance(granted, tuple) else []
    if kind not in ("tables", "sequences", "functions") or not rights:
        return
    what = f"{', '.join(rights)} ON"
    statement = (
        f'GRANT {what} ALL {kind.upper()} IN SCHEMA public TO :"role"; '
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {what} {kind.upper()} TO :"role";'
    )
    yield _granted(f"give the role its rights on {kind} that others make", statement, context, finding)


def _schema(name: str, finding: Finding, context: Context) -> Remedy:
    if name == "$user":
        statement = 'CREATE SCHEMA IF NOT EXISTS AUTHORIZATION :"role";'
    else:
        schema = identifier(name)
        statement = f'CREATE SCHEMA IF NOT EXISTS {schema}; GRANT USAGE, CREATE ON SCHEMA {schema} TO :"role";'
    return _granted(f"have the schema {name}, and let the role use it", statement, context, finding)


def _version(wanted: Item, context: Context, finding: Finding) -> Iterator[Remedy]:
    major = str(wanted).partition(".")[0]
    if not major.isdecimal():
        raise Refused("the server's version is none that a command may hold")
    if context.side(finding) == "local":
        edits: tuple[Edit, ...] = ()
        server = context.compose.server() if context.compose is not None else None
        image = server.said("image") if server is not None else None
        node = server.get("image") if server is not None else None
        if context.compose is not None and image and node is not None:
            new = re.sub(r":\d[\w.]*", f":{major}", image, count=1)
            edit = context.compose.line_with(node.line, image, new) if new != image else None
            edits = (edit,) if edit is not None else ()
        start = (
            "docker compose up --detach"
            if edits
            else f"docker run --detach --env POSTGRES_PASSWORD --publish 5432:5432 postgres:{major}"
        )
        command = Command(start, f"a server of version {major} to develop and test with", "local")
        note = "the files of one major version are no other's: dump what the local server holds, and restore it after"
        yield Remedy(f"test with PostgreSQL {major}, as production has it", "local", (command,), edits, notes=(note,))
        return
    note = "a managed server: upgrade it there; try it on a copy first, and take a dump"
    command = Command(
        f"sudo pg_upgradecluster --method=upgrade VERSION main --version {major}",
        "on Debian, on the server's machine",
        "database",
    )
    yield Remedy(f"bring production's server to version {major}", "production", (command,), notes=(note,))


def _anew(context: Context, finding: Finding) -> Remedy:
    side = context.side(finding)
    items = context.items("local" if side == "production" else "production", "database")
    parts = [("ENCODING", "encoding"), ("LC_COLLATE", "collate"), ("LC_CTYPE", "ctype")]
    said = " ".join(f"{word} {literal(str(items[key]))}" for word, key in parts if isinstance(items.get(key), str))
    where = _where(side)
    commands = (
        Command('pg_dump --format=custom --file=before.dump "$DATABASE_URL"', "keeps what is in it", where),
        Command(
            piped(
                f'CREATE DATABASE :"anew" TEMPLATE template0 {said};',
                "-v",
                "anew=NAME",
            ),
            "makes another one beside it; NAME as you call it",
            where,
        ),
        Command(
            'pg_restore --no-owner --dbname="$NEW_DATABASE_URL" before.dump',
            "fills it; then point the program to it",
            where,
        ),
    )
    note = "neither the encoding nor the collation of a database can be changed in place"
    return Remedy(f"make {side}'s database anew as the other one is", side, commands, notes=(note,))
