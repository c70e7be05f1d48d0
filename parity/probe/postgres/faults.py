"""What went wrong with a database, in parity's own words.

The driver's text names hosts, users and databases, and of a malformed DSN a part of the password: it is read
here and goes no further. Where the server gave an SQLSTATE, that decides. While connecting, libpq keeps it to
itself, and the text is matched: libpq's own words in the C locale, and the server's in English. A server that
speaks another language is told from a network that fails, and no more.

Floor: Python 3.8, standard library only.
"""

import re

TIMEOUT = "timeout: the server did not answer in time"
UNKNOWN = "the connection failed for a reason that parity does not know"
UNEXPECTED = "the server answered in an unexpected form"

_LOGIN = "authentication failed: the role does not exist or may not log in"
_CREDENTIALS = "authentication failed: wrong user or password"
_NO_DATABASE = "the database does not exist"
_SLOTS = "too many connections: no slot is free"
_STARTING = "the server is starting up, shutting down or recovering"
_LOST = "the connection was lost"
TLS_REQUIRED = "SSL required: pg_hba.conf does not let this client in without TLS"
_NO_TLS = "the DSN requires TLS and the server offers none"
_CERTIFICATE = "the server's certificate is not trusted"
_OTHER_ROLE = "no host is what target_session_attrs asks for"
_OTHER_PROTOCOL = "what answers does not speak PostgreSQL's protocol"
_OWN_ERROR = "the server had an error of its own"

_BY_STATE = {
    "08": _LOST,
    "25006": "the transaction is read-only",
    "28000": _LOGIN,
    "28P01": _CREDENTIALS,
    "3D000": _NO_DATABASE,
    "42": "the server lacks a catalog of PostgreSQL",
    "42501": "the role is not permitted to see it",
    "53": "the server is short of resources",
    "53300": _SLOTS,
    "55P03": "a lock was waited for too long",
    "57014": "the statement took too long",
    "57P01": "the server ended the connection",
    "57P02": "the server crashed",
    "57P03": _STARTING,
    "58": _OWN_ERROR,
    "XX": _OWN_ERROR,
}
"""SQLSTATE, or the class that is its first two characters ("PostgreSQL Error Codes" in the manual)."""

_TEXT_FIRST = (None, "08P01", "28000")
"""States that say less than the text: none while libpq connects; a protocol violation, which pgbouncer gives with
every error of its own; and what the server gives for every line of pg_hba.conf that keeps a client out."""

_WITHOUT_TLS = r"\A(?!.*, SSL (?:encryption|on)).*pg_hba\.conf (?:entry|rejects)[^\n]*, (?:no encryption|SSL off)"

_BY_TEXT = tuple(
    (re.compile(pattern, re.DOTALL), reason)
    for pattern, reason in (
        # Poolers first: they wrap the server's own words, or imitate them.
        (r"unsupported startup parameter", "the pooler refuses a startup parameter of the DSN"),
        (r"use SHOW HELP", "the DSN leads to the pooler's own console, not to a database"),
        (r"transaction blocks not allowed", "the pooler allows no transactions (statement pooling)"),
        (r"server login (?:has been )?fail|cannot connect to server", "the pooler does not reach the server behind it"),
        (r"query_wait_timeout", "the pooler has no free connection to the server"),
        (r"no such database", _NO_DATABASE),
        (r"no such user", _LOGIN),
        (r"too many (?:connections|clients)|no more connections allowed|connection slots are reserved", _SLOTS),
        (r"password authentication failed|SASL authentication failed", _CREDENTIALS),
        (r"no password supplied", "authentication failed: the DSN has no password"),
        (r"SSL required|SSL is required", TLS_REQUIRED),
        # Where TLS was tried as well and refused as well, TLS is not what is missing.
        (_WITHOUT_TLS, TLS_REQUIRED),
        (r"pg_hba\.conf", "pg_hba.conf does not let this client, role or database in"),
        (r"permission denied for database", "the role may not connect to this database"),
        (r"authentication failed|role \"[^\n]*\" (?:does not exist|is not permitted)", _LOGIN),
        (r"database \"[^\n]*\" does not exist", _NO_DATABASE),
        (r"is not currently accepting connections", "the database accepts no connections"),
        (r"the database system is", _STARTING),
        (r"server does not support SSL|[Ss]erver refuses SSL|rejected SSL upgrade", _NO_TLS),
        (r"root certificate file", "there is no root certificate to check the server's with"),
        (r"certificate verify failed|CERTIFICATE_VERIFY_FAILED", _CERTIFICATE),
        (r"server certificate for|server name mismatch", _CERTIFICATE),
        (r"certificate file|private key file", "a client certificate or its key cannot be read"),
        (r"failed to resolve host|could not translate host name", "the host name does not resolve"),
        (r"Connection refused", "connection refused: nothing listens there"),
        (r"No such file or directory", "no server listens on that socket"),
        (r"Permission denied", "the server's socket may not be opened"),
        (r"No route to host|Network is unreachable", "the network does not reach the host"),
        (r"timeout expired|timed out", TIMEOUT),
        (r"session is (?:not )?read-only|server is (?:not )?in hot standby", _OTHER_ROLE),
        (r"definition of service|service file", "the DSN names a service that is not defined"),
        (r"invalid response|expected authentication request|unsupported frontend protocol", _OTHER_PROTOCOL),
        (r"allocate memory|out of memory|lost synchronization|message contents", UNEXPECTED),
        (r"SSL error|SSL SYSCALL error", "the TLS handshake failed"),
        (r"closed the connection|closed unexpectedly|Connection reset|Broken pipe|connection socket closed", _LOST),
        (r"FATAL:|ERROR:", "the server refused the connection"),
    )
)  # fmt: skip


def reason(state, text):
    """The class of a driver's error, from its SQLSTATE and its text. Holds no byte of the text."""
    if state in _TEXT_FIRST:
        found = next((words for pattern, words in _BY_TEXT if pattern.search(text)), None)
        if found is not None:
            return found
    return _BY_STATE.get(state) or _BY_STATE.get((state or "")[:2], UNKNOWN)
