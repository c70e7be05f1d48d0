"""One look at a server, in a child: one connection, one read-only transaction, nothing left behind.

Nothing of a session is changed beyond the transaction and nothing is prepared: behind a pooler in transaction
mode the session is the next client's. No `options` are added, which poolers refuse. Every statement stands behind
a savepoint, so that one that is refused, or waits for a lock, costs its own keys only.

Floor: Python 3.8, standard library only, but for the driver that is asked for.
"""

import signal
import time

from parity.probe.kit import envelope
from parity.probe.postgres import faults
from parity.probe.postgres.look import CLOSING, SAVEPOINT, STATEMENTS, opening, section

_STATEMENT_BOUND = 5.0
"""Seconds that one statement may take, where the time that is left allows so much."""

_TEXT_BOUND = 1000
"""Characters of one value; no name or version of a server comes near."""


class _TimeUp(BaseException):
    """The alarm rang. No Exception, so that no driver takes it for a fault of its own."""


class _NotConnected(Exception):
    """No host let us in. `str()` of it is the reason, in our words."""


class _NotPlain(Exception):
    """A value of a kind or size that no statement of ours can give."""


def read(drivers, parameters, seconds, inside=False):
    """The section's envelope (parity.probe.kit), within `seconds`: whole, partial or unavailable.

    drivers     names of modules by_NAME; the first that can be loaded asks
    parameters  libpq's, {keyword: text}
    inside      whether this is the target, and whoever reads the section should know which driver it was
    """
    name, driver = next(filter(all, ((name, _loaded(name)) for name in drivers)), (None, None))
    if driver is None:
        return envelope("unavailable", "the driver (%s) cannot be loaded" % ", ".join(drivers))
    told = _read(driver, parameters, seconds)
    if inside and told["status"] != "unavailable":
        told["notes"] = sorted([*told["notes"], "asked from inside the target, through " + name])
    return told


def _read(driver, parameters, seconds):
    answers, client, problem = [], {}, None
    until = time.monotonic() + seconds
    signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
    try:
        connection = _let_in(driver, parameters, until, client)
        try:
            _ask(driver, connection, until, answers, client)
        finally:
            connection.close()
    except _TimeUp:
        problem = faults.TIMEOUT
    except _NotConnected as error:
        problem = str(error)
    except Exception as error:
        problem = reason(driver, error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return _envelope(answers, problem, client)


def _loaded(name):
    """The module that speaks through a driver, None where the driver cannot be imported, for whatever reason."""
    module = __import__("parity.probe.postgres.by_" + name, fromlist=["load"])
    try:
        module.load()
    except Exception:
        return None
    return module


def _ring(number, frame):
    raise _TimeUp


def _envelope(answers, problem, client):
    missing = [problem or faults.UNKNOWN] * (len(STATEMENTS) - len(answers))
    everything = answers + missing
    if all(isinstance(answer, str) for answer in everything):
        return envelope("unavailable", everything[0])
    try:
        return section(everything, client).as_dict()
    except (LookupError, TypeError, ValueError, AttributeError):
        # Our own statements have these columns; what answered is no PostgreSQL.
        return envelope("unavailable", faults.UNEXPECTED)


def _let_in(driver, parameters, until, client):
    """A connection. A server that demands TLS where the DSN has none is asked once more, with it: to see the rest."""
    try:
        return _connected(driver, parameters, until)
    except _NotConnected as error:
        if faults.TLS_REQUIRED not in str(error) or parameters.get("sslmode") == "require":
            raise
    client["refused_without_tls"] = True
    return _connected(driver, dict(parameters, sslmode="require"), until)


def _connected(driver, parameters, until):
    """The first host that lets us in. Each has an equal part of the time left: a black hole must not take it all."""
    try:
        attempts = driver.attempts(parameters)
    except Exception as error:
        raise _NotConnected(reason(driver, error))
    problems = []
    for number, attempt in enumerate(attempts):
        # libpq takes whole seconds, and no fewer than one.
        patience = max(1, -int(-(until - time.monotonic()) // (len(attempts) - number)))
        try:
            return driver.connect(attempt, patience)
        except Exception as error:
            problems.append(reason(driver, error))
    raise _NotConnected("; ".join(dict.fromkeys(problems)))


def _ask(driver, connection, until, answers, client):
    """Append an answer for each statement; what was gathered before an error or the alarm stays."""
    client.update(connection.client())
    bound = min(_STATEMENT_BOUND, max(0.1, (until - time.monotonic()) / 2))
    connection.run("; ".join(opening(bound * 1000)))
    for statement, _, _ in STATEMENTS:
        text = statement(answers) if callable(statement) else statement
        answers.append([] if text is None else _answer(driver, connection, text))
    connection.run(CLOSING)


def _answer(driver, connection, statement):
    try:
        return [{name: _plain(value) for name, value in row.items()} for row in connection.rows(statement)]
    except _NotPlain:
        return faults.UNEXPECTED
    except Exception as error:
        if connection.lost():
            raise
        connection.run("ROLLBACK TO " + SAVEPOINT)
        return reason(driver, error)


def _plain(value):
    if isinstance(value, bytes):
        # What drivers give for text where the encoding is SQL_ASCII, that is: unknown.
        value = value.decode("utf-8", "backslashreplace")
    if value is None or isinstance(value, (int, float)) or (isinstance(value, str) and len(value) <= _TEXT_BOUND):
        return value
    raise _NotPlain


def reason(driver, error):
    """The class of whatever a driver raised, in parity's own words."""
    told = driver.fault(error)
    if told is not None:
        return told if isinstance(told, str) else faults.reason(*told)
    seen = error
    while seen is not None:
        if isinstance(seen, (OSError, TimeoutError)) or "Timeout" in type(seen).__name__:
            return of_system(seen)
        seen = seen.__cause__ or seen.__context__
    return faults.reason(None, str(error))


def of_system(error):
    """The class of an error of the operating system's, as libpq words it."""
    import socket

    if isinstance(error, socket.gaierror):
        return faults.reason(None, "failed to resolve host")
    if "Timeout" in type(error).__name__ or isinstance(error, socket.timeout):
        return faults.TIMEOUT
    if isinstance(error, OSError) and error.errno is not None:
        import os

        return faults.reason(None, os.strerror(error.errno))
    return faults.reason(None, str(error))
