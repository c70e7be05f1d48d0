"""One look at a server, in the child: one connection, one read-only transaction, nothing left behind.

Nothing of a session is changed beyond the transaction and nothing is prepared: behind a pooler in transaction
mode the session is the next client's. No `options` are added, which poolers refuse. Every statement stands behind
a savepoint, so that one that is refused, or waits for a lock, costs its own keys only.
"""

from __future__ import annotations

import math
import signal
import time
from collections.abc import Mapping
from types import FrameType
from typing import TYPE_CHECKING, Any

from parity.database import faults
from parity.probe.collectors.database import CLOSING, STATEMENTS, opening, section
from parity.probe.kit import envelope

if TYPE_CHECKING:
    import psycopg

APPLICATION = "parity"
"""What the server's activity view calls this session."""

_STATEMENT_BOUND = 5.0
"""Seconds that one statement may take, where the time that is left allows so much."""

_TEXT_BOUND = 1000
"""Characters of one value; no name or version of a server comes near."""

Answer = list[dict[str, Any]] | str


class _TimeUp(BaseException):
    """The alarm rang. No Exception, so that no driver takes it for a fault of its own."""


class _NotConnected(Exception):
    """No host let us in. `str()` of it is the reason, in our words."""


def read(parameters: Mapping[str, str], seconds: float) -> dict[str, Any]:
    """The section's envelope (parity.probe.kit), within `seconds`: whole, partial or unavailable."""
    try:
        import psycopg
    except ImportError:
        return _unavailable("the driver (psycopg) cannot be loaded")
    answers: list[Answer] = []
    client: dict[str, Any] = {}
    problem = None
    until = time.monotonic() + seconds
    signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        connection = _connected(parameters, until)
        try:
            _ask(connection, until, answers, client)
        finally:
            connection.close()
    except _TimeUp:
        problem = faults.TIMEOUT
    except _NotConnected as error:
        problem = str(error)
    except psycopg.Error as error:
        problem = _reason(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return _envelope(answers, problem, client)


def _ring(number: int, frame: FrameType | None) -> None:
    raise _TimeUp


def _envelope(answers: list[Answer], problem: str | None, client: dict[str, Any]) -> dict[str, Any]:
    missing = [problem or faults.UNKNOWN] * (len(STATEMENTS) - len(answers))
    everything = answers + missing
    if all(isinstance(answer, str) for answer in everything):
        return _unavailable(str(everything[0]))
    try:
        whole: dict[str, Any] = section(everything, client).as_dict()
    except (LookupError, TypeError, ValueError, AttributeError):
        # Our own statements have these columns; what answered is no PostgreSQL.
        return _unavailable(faults.UNEXPECTED)
    return whole


def _unavailable(why: str) -> dict[str, Any]:
    nothing: dict[str, Any] = envelope("unavailable", why)
    return nothing


def _connected(parameters: Mapping[str, str], until: float) -> psycopg.Connection[Any]:
    """The first host that lets us in. Each has an equal part of the time left: a black hole must not take it all."""
    import psycopg
    from psycopg.conninfo import conninfo_attempts, make_conninfo

    try:
        attempts = conninfo_attempts({"gssencmode": "disable", **parameters, "application_name": APPLICATION})
    except psycopg.Error as error:
        raise _NotConnected(_reason(error)) from error
    problems: list[str] = []
    for number, attempt in enumerate(attempts):
        patience = max(1, math.ceil((until - time.monotonic()) / (len(attempts) - number)))
        try:
            conninfo = make_conninfo("", **{**attempt, "connect_timeout": patience})
            return psycopg.connect(conninfo, autocommit=True, prepare_threshold=None)
        except psycopg.Error as error:
            problems.append(_reason(error))
    raise _NotConnected("; ".join(dict.fromkeys(problems)))


def _ask(connection: psycopg.Connection[Any], until: float, answers: list[Answer], client: dict[str, Any]) -> None:
    """Append an answer for each statement; what was gathered before an error or the alarm stays."""
    client.update(backend_pid=connection.info.backend_pid, ssl_in_use=connection.pgconn.ssl_in_use)
    bound = min(_STATEMENT_BOUND, max(0.1, (until - time.monotonic()) / 2))
    connection.execute("; ".join(opening(bound * 1000)).encode())
    for statement, _, _ in STATEMENTS:
        answers.append(_answer(connection, statement))
    connection.execute(CLOSING.encode())


def _answer(connection: psycopg.Connection[Any], statement: str) -> Answer:
    import psycopg

    try:
        cursor = connection.execute(f"SAVEPOINT parity; {statement}; RELEASE SAVEPOINT parity".encode())
        cursor.nextset()
        names = [column.name for column in cursor.description or ()]
        return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in cursor.fetchall()]
    except _NotPlain:
        return faults.UNEXPECTED
    except psycopg.Error as error:
        if connection.closed:
            raise
        connection.execute(b"ROLLBACK TO SAVEPOINT parity")
        return _reason(error)


class _NotPlain(Exception):
    """A value of a kind or size that no statement of ours can give."""


def _plain(value: object) -> str | int | float | None:
    if isinstance(value, bytes):
        # What psycopg gives for text where the encoding is SQL_ASCII, that is: unknown.
        value = value.decode("utf-8", "backslashreplace")
    if value is None or isinstance(value, (int, float)) or (isinstance(value, str) and len(value) <= _TEXT_BOUND):
        return value
    raise _NotPlain


def _reason(error: psycopg.Error) -> str:
    import psycopg

    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
        # The parameters, not the server: libpq of this machine does not know one of them, or its value.
        return "invalid DSN (not shown)"
    return faults.reason(error.sqlstate, str(error))
