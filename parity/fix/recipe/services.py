"""The compose file: the program's container within production's limits, and a database of production's version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.fix.recipe.facts import Facts
from parity.fix.recipe.image import constants
from parity.fix.words import Refused, host, identifier, setting, variable, yaml_scalar
from parity.products import POSTGRESQL, product
from parity.profile.item import field
from parity.text import visible

_OF_THE_SHELL = frozenset({"PATH", "HOME", "HOSTNAME", "PWD", "OLDPWD", "SHLVL", "TERM", "_"})
"""What an engine or a shell sets for itself."""

_NO_SETTING = frozenset(
    {"server_version", "encoding", "collate", "ctype", "locale_provider", "pooler", "replica", "ssl", "ssl_in_use"}
    | {"max_identifier_length", "lc_messages", "lc_monetary", "lc_numeric", "lc_time", "client_encoding"}
    | {"shared_preload_libraries", "session_preload_libraries", "local_preload_libraries", "collation_version"}
    | {"default_tablespace", "temp_tablespaces", "ssl_min_protocol_version", "ssl_max_protocol_version"}
    | {"max_stack_depth", "createrole_self_grant", "default_table_access_method", "default_transaction_read_only"}
)
"""What is no setting that a server is started with, or needs what an image of PostgreSQL does not have."""

_LIMITS = {"memory": "mem_limit", "pids": "pids_limit", "shm": "shm_size"}
_ULIMITS = {
    "nofile": "nofile",
    "processes": "nproc",
    "data": "data",
    "file_size": "fsize",
    "memlock": "memlock",
    "stack": "stack",
}
_LOCALE = re.compile(r"[A-Za-z0-9_.@-]{1,60}")


def compose(facts: Facts) -> str:
    """The whole file."""
    return "\n".join(_lines(facts)) + "\n"


def example(facts: Facts) -> str:
    """The names of production's variables, each without a value."""
    lines = ["# The names of production's variables. Copy this to .env and fill it in; no value is known here."]
    for name, item in sorted(facts.items("environment").items()):
        if name not in _OF_THE_SHELL and name not in constants(facts):
            lines += ["# empty in production"] if field(item, "state") == "empty" else []
            lines.append(_assignment(name))
    return "\n".join(lines) + "\n"


def _assignment(name: str) -> str:
    try:
        return f"{variable(name)}="
    except Refused:
        return f"# {visible(name)[:100]!r}: no name that a dotenv file can hold"


def statements(facts: Facts) -> str:
    """SQL for a new database: its extensions and schemas."""
    found: list[str] = []
    for key in sorted(facts.items("database")):
        kind, _, name = key.partition(".")
        try:
            if kind == "schemas" and name not in ("public", "$user"):
                found.insert(0, f"CREATE SCHEMA IF NOT EXISTS {identifier(name)};")
            elif kind == "extensions" and name != "plpgsql":
                found.append(f"CREATE EXTENSION IF NOT EXISTS {identifier(name)};")
        except Refused:
            continue
    return "".join(f"{line}\n" for line in found)


def missing(facts: Facts) -> Iterator[str]:
    """What the services cannot be."""
    if any(key.startswith("hosts.") for key in facts.items("network")):
        yield "network.hosts: the addresses of hosts stand in no profile"
    preload = facts.items("database").get("shared_preload_libraries")
    if preload:
        yield "database.shared_preload_libraries: the image of PostgreSQL may not have them, and would not start"
    if "EXTENSION" in statements(facts):
        yield "database.extensions: those that PostgreSQL itself does not bring need an image that has them"
    whose = product(facts.items("database"))
    if whose != POSTGRESQL:
        yield f"the database: production's is {visible(whose)}, and none but PostgreSQL is written here"
    if facts.server:
        yield "the data, the schema and the rights of the database: apply the program's migrations"


def _lines(facts: Facts) -> Iterator[str]:
    yield f"# The environment of {visible(facts.profile.name)}, as it was at {facts.profile.captured_at}."
    yield "services:"
    yield "  program:"
    yield "    build: ."
    yield "    env_file: .env"
    yield from (f"    {line}" for line in _program(facts))
    if facts.server:
        yield "    depends_on:"
        yield "      - database"
        yield ""
        yield from (f"  {line}" if line else "" for line in _database(facts))
    volumes = [name for name, _, _ in _volumes(facts)]
    if volumes:
        yield ""
        yield "volumes:"
        yield from (f"  {name}: {{}}" for name in volumes)


def _program(facts: Facts) -> Iterator[str]:
    if facts.ids is not None:
        yield f'user: "{facts.ids[0]}:{facts.ids[1]}"'
    if facts.read_only:
        yield "read_only: true"
    if facts.items("process").get("no_new_privileges") is True:
        yield "security_opt:"
        yield "  - no-new-privileges:true"
    in_memory = [where for where, item in facts.mounts.items() if field(item, "kind") == "tmpfs"]
    if in_memory:
        yield "tmpfs:"
        yield from (f"  - {where}{_size(facts, where)}" for where in in_memory)
    limits = facts.items("limits")
    for key, word in _LIMITS.items():
        value = limits.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            yield f"{word}: {value}"
    cpu = limits.get("cpu")
    if isinstance(cpu, int | float) and not isinstance(cpu, bool) and cpu > 0:
        yield f"cpus: {cpu}"
    bounds = [(word, limits[key]) for key, word in _ULIMITS.items() if isinstance(limits.get(key), int)]
    if bounds:
        yield "ulimits:"
        yield from (f"  {word}: {value}" for word, value in bounds)
    hosts = list(_hosts(facts))
    if hosts:
        yield "# extra_hosts:          # the addresses stand in no profile"
        yield from (f'#   - "{name}:ADDRESS"' for name in hosts)
    mounted = list(_volumes(facts))
    if mounted:
        yield "volumes:"
        yield from (f"  - {name}:{where}{':ro' if only else ''}" for name, where, only in mounted)


def _size(facts: Facts, where: str) -> str:
    size = field(facts.mounts[where], "size")
    return f":size={size}" if isinstance(size, int) and not isinstance(size, bool) else ""


def _volumes(facts: Facts) -> Iterator[tuple[str, str, bool]]:
    """(name, mount point, whether it is read-only) of what is mounted from outside."""
    taken: set[str] = set()
    for where, item in facts.mounts.items():
        if field(item, "kind") not in ("volume", "bind", "nfs"):
            continue
        name = re.sub(r"[^a-z0-9-]+", "-", where.lower()).strip("-") or "root"
        while name in taken:
            name += "-x"
        taken.add(name)
        yield name, where, field(item, "read_only") is True


def _hosts(facts: Facts) -> Iterator[str]:
    for key in sorted(facts.items("network")):
        if key.startswith("hosts."):
            try:
                yield host(key.removeprefix("hosts."))
            except Refused:
                continue


def _database(facts: Facts) -> Iterator[str]:
    yield "database:"
    yield f"  image: postgres:{facts.server}"
    yield "  environment:"
    yield "    # Reachable from the services of this file alone."
    yield "    POSTGRES_HOST_AUTH_METHOD: trust"
    made = [f"--{word}={value}" for word, value in _initial(facts)]
    if made:
        yield f"    POSTGRES_INITDB_ARGS: {yaml_scalar(' '.join(made))}"
    settings = list(_settings(facts))
    if settings:
        yield "  command:"
        yield "    - postgres"
        for name, value in settings:
            yield "    - -c"
            yield f"    - {yaml_scalar(f'{name}={value}').replace('$', '$$')}"
    if statements(facts):
        yield "  volumes:"
        yield "    - ./database.sql:/docker-entrypoint-initdb.d/database.sql:ro"


def _initial(facts: Facts) -> Iterator[tuple[str, str]]:
    for key, word in (("encoding", "encoding"), ("collate", "lc-collate"), ("ctype", "lc-ctype")):
        value = facts.items("database").get(key)
        if isinstance(value, str) and _LOCALE.fullmatch(value):
            yield word, value


def _settings(facts: Facts) -> Iterator[tuple[str, str]]:
    for key, value in sorted(facts.items("database").items()):
        if "." in key or key in _NO_SETTING or value is None or isinstance(value, dict) or value == "":
            continue
        if not isinstance(value, str | int | float) or str(value) != visible(str(value)):
            continue
        try:
            yield setting(key), ("on" if value else "off") if isinstance(value, bool) else str(value)
        except Refused:
            continue
