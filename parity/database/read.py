"""From a request to the `database` section: the DSN found and read here, the server asked in a child.

The child is what holds the deadline whatever a driver, a name server or Kerberos may be waiting for, and what
keeps the driver's texts, its log and its memory out of this process. It gets the DSN over standard input:
neither its arguments nor its environment hold it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from typing import Any

from parity.database.source import DEFAULT_NAME, check, dsn_text
from parity.errors import UsageError
from parity.profile import Section, Status
from parity.snapshot.request import Request

SHARE = 1 / 3
"""The part of the time left that the database may take, so that the other sections have theirs."""

_RESERVE = 0.5
"""Seconds of its time that the child leaves for giving up by itself, with what it has seen so far."""

_PASSED_ON = frozenset({"HOME", "SYSTEMROOT", "LD_LIBRARY_PATH", "KRB5_CONFIG", "KRB5CCNAME", "SSL_CERT_FILE"})
_OF_THE_SESSION = frozenset({"PGTZ", "PGDATESTYLE", "PGCLIENTENCODING", "PGGEQO", "PGAPPNAME", "PGOPTIONS"})
"""Variables by which libpq would change the very settings that are read."""


def read_database(
    request: Request, *, of_this_machine: bool, deadline: float, environ: Mapping[str, str] | None = None
) -> Mapping[str, Section]:
    """{"database": section}, or {} when the request does not want it, or not from here. Never raises for a server's
    sake.

    `deadline` is `time.monotonic()`'s; at most SHARE of what is left of it is used. UsageError for a variable that
    the user named and that holds no DSN.
    """
    if not request.wants("database"):
        return {}
    check(request.database_url_env, request.database_through)
    if request.database_through is not None:
        # The probe answers by itself; of what is only read from files nobody can.
        return {}
    variables = os.environ if environ is None else environ
    text = dsn_text(request.database_url_env, request.env_files, of_this_machine=of_this_machine, environ=variables)
    if isinstance(text, Section):
        return {"database": text}
    # Most snapshots of a laptop end above: only a DSN is worth the import.
    from parity.database import readers

    reader = readers.of(text)
    parameters, problem = _parsed(reader, text)
    if problem == _INVALID and request.database_url_env is not None:
        raise UsageError(
            f"{request.database_url_env} holds an invalid DSN (not shown)",
            hint="in the user and the password, @ : / ? # % and spaces are written %40 %3A %2F %3F %23 %25 %20",
        )
    if parameters is None:
        return {"database": Section(Status.UNAVAILABLE, f"{request.database_url_env or DEFAULT_NAME}: {problem}")}
    seconds = max(1.0, (deadline - time.monotonic()) * SHARE)
    return {"database": _asked(reader, parameters, seconds, child_environ(variables, text))}


_INVALID = "invalid DSN (not shown)"
_OTHER = "the DSN is not one of PostgreSQL, MySQL, MariaDB or Redis"


def _parsed(reader: str, text: str) -> tuple[dict[str, Any] | None, str]:
    """(what the reader makes of the DSN, "") or (None, why it cannot)."""
    from parity.database.readers import named
    from parity.probe.postgres.dsn import InvalidDsn, NotPostgres

    try:
        return named(reader).parameters(text), ""
    except InvalidDsn:
        return None, _INVALID
    except NotPostgres:
        return None, _OTHER


def child_environ(environ: Mapping[str, str], dsn: str) -> dict[str, str]:
    """What the child's environment holds: where libpq finds its files and defaults, and English messages."""
    kept = {
        name: value
        for name, value in environ.items()
        if (name in _PASSED_ON or name.startswith("PG")) and name not in _OF_THE_SESSION and value != dsn
    }
    return {**kept, "LC_ALL": "C"}


def _asked(reader: str, parameters: dict[str, Any], seconds: float, environ: Mapping[str, str]) -> Section:
    from parity.child import run
    from parity.profile.document import sections_from
    from parity.profile.freeze import Broken
    from parity.profile.strict import decode

    # Never the working directory, which an empty entry stands for.
    path = [entry for entry in sys.path if os.path.isabs(entry)]
    question = {
        "path": path,
        "reader": reader,
        "parameters": parameters,
        "until": time.monotonic() + max(0.5, seconds - _RESERVE),
    }
    entry = os.path.join(os.path.dirname(__file__), "__main__.py")
    argv = [sys.executable, "-I", "-B", entry]
    try:
        result = run(argv, json.dumps(question).encode(), seconds=seconds, env=environ)
    except OSError:
        return Section(Status.UNAVAILABLE, "the process that asks the database could not be started")
    if result.cut is not None:
        return Section(Status.UNAVAILABLE, "timeout: the server did not answer in time")
    if result.code != 0:
        return Section(Status.UNAVAILABLE, "the process that asks the database died")
    try:
        return sections_from({"database": decode(result.out)})["database"]
    except Broken:
        return Section(Status.UNAVAILABLE, "the server's answer breaks a rule of the profile")
