"""What went wrong with a server of MySQL's or Redis's family, in parity's own words.

A driver's text names hosts, users and databases: it is read here and goes no further. MySQL gives a number with every
error, Redis a word in capitals in front of its text.

Sources: MySQL's "Server Error Message Reference" and "Client Error Message Reference"; MariaDB's "Error Codes"; Redis's
source (server.c, acl.c, networking.c).
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

from parity.probe.postgres.faults import TIMEOUT, UNEXPECTED, UNKNOWN
from parity.probe.postgres.session import of_system

CREDENTIALS = "authentication failed: wrong user or password"
NO_PASSWORD = "authentication failed: the DSN has no password"  # noqa: S105 - words, not a password
NO_DATABASE = "the database does not exist"
SLOTS = "too many connections: no slot is free"
LOST = "the connection was lost"
STARTING = "the server is starting up, shutting down or recovering"
TLS_REQUIRED = "the server refuses a connection without TLS"
NO_TLS = "the DSN requires TLS and the server offers none"
OR_TLS = ", or the server refuses a connection without TLS"
"""What MariaDB means as well where it says no more than that access is denied."""
CERTIFICATE = "the server's certificate is not trusted"
NOT_PERMITTED = "the user is not permitted to see it"
CRYPTOGRAPHY = (
    "the server's way to log in without TLS (caching_sha2_password) takes another package: pipx inject parity "
    "cryptography (or pip install cryptography, in parity's own environment)"
)

_BY_NUMBER = {
    1040: SLOTS,
    1042: "the server could not look up this client's name",
    1044: "the user may not use this database",
    1045: CREDENTIALS,
    1049: NO_DATABASE,
    1053: STARTING,
    1129: "the server blocks this host after too many errors",
    1130: "the server does not let this host in",
    1142: NOT_PERMITTED,
    1143: NOT_PERMITTED,
    1203: SLOTS,
    1205: "a lock was waited for too long",
    1226: SLOTS,
    1227: NOT_PERMITTED,
    1251: "the server's way to log in is not one that the driver knows",
    1524: "the server's way to log in is not one that the driver knows",
    1698: CREDENTIALS,
    1820: "the user's password has expired",
    1862: "the user's password has expired",
    1969: "the statement took too long",
    2003: "the server cannot be reached",
    2006: LOST,
    2013: LOST,
    2026: NO_TLS,
    2059: "the server's way to log in is not one that the driver knows",
    3024: "the statement took too long",
    3032: STARTING,
    3118: "the user's account is locked",
    3159: TLS_REQUIRED,
    4031: LOST,
    4151: "the user's account is locked",
}
_OF_REDIS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"AUTH <password> called without any password|no password is set", "the server has no password, the DSN has"),
        (r"WRONGPASS|invalid (?:username-)?password|invalid username", CREDENTIALS),
        (r"NOAUTH|[Aa]uthentication required", NO_PASSWORD),
        (r"NOPERM|no permissions", NOT_PERMITTED),
        (r"[Pp]rotected mode", "the server is in protected mode, and lets in this machine's own clients alone"),
        (r"max(?:imum)? number of clients", SLOTS),
        (r"LOADING|MASTERDOWN|BUSY", STARTING),
        (r"DB index|SELECT is not allowed", NO_DATABASE),
        (r"unknown command|unknown subcommand|not allowed", "the server does not have the command"),
        (r"Protocol Error|Invalid [Rr]esponse|protocol error", "what answers does not speak Redis's protocol"),
        (r"closed by server|Connection closed|while reading", LOST),
    )
)


def of_mysql(error: BaseException) -> str:
    """The class of whatever PyMySQL raised."""
    system = _of_system(error)
    if system is not None:
        return system
    arguments = error.args
    text = str(arguments[-1]) if arguments else ""
    if "cryptography" in text:
        return CRYPTOGRAPHY
    if not (len(arguments) >= 2 and isinstance(arguments[0], int)):
        # A handshake that is none ends in whatever a parser stumbles on.
        own = type(error).__module__.startswith("pymysql") and "sequence number" not in text
        return UNKNOWN if own else _OTHER_PROTOCOL
    number = arguments[0]
    if number in (1045, 1698) and "using password: NO" in text:
        return NO_PASSWORD
    if number in (1043, 2027):
        return _OTHER_PROTOCOL
    return _BY_NUMBER.get(number, UNKNOWN)


_OTHER_PROTOCOL = "what answers does not speak MySQL's protocol"


def of_redis(error: BaseException) -> str:
    """The class of whatever redis-py raised."""
    text = f"{type(error).__name__}: {error}"
    found = next((reason for pattern, reason in _OF_REDIS if pattern.search(text)), None)
    if found is not None:
        return found
    return _of_system(error) or (LOST if isinstance(error, ConnectionError) else UNEXPECTED)


def _of_system(error: BaseException) -> str | None:
    """The class of the error of the operating system's that is behind one of a driver's."""
    for one in _behind(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            return CERTIFICATE
        if isinstance(one, ssl.SSLError):
            return "what answers does not speak TLS"
        if "Timeout" in type(one).__name__:
            return TIMEOUT
        if isinstance(one, ConnectionResetError | BrokenPipeError):
            return LOST
        if isinstance(one, OSError):
            return str(of_system(one))
    return None


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = getattr(error, "original_exception", None) or error.__cause__ or error.__context__
