"""MySQL and what is like it, MariaDB first of all, through PyMySQL.

Nothing of a session is changed: the rows are of `SHOW` and of catalogs, in one read-only transaction.
"""

from __future__ import annotations

import getpass
from importlib import import_module
from typing import Any

from parity.database import faults
from parity.database.address import parse
from parity.database.facts.mysql import PARTS
from parity.database.look import Lost, look_with

SCHEMES = frozenset({"mysql", "mysql2", "mariadb", "mysqlgis", "percona", "tidb"})

_PORT = 3306
_VERIFIED = ("verify_ca", "verify_identity")
_TRUE = ("1", "true", "yes", "on", "required", "require")


def parameters(text: str) -> dict[str, Any]:
    """PyMySQL's, but for what an absent user or host is. Raises InvalidDsn."""
    address = parse(text)
    query = address.query
    given: dict[str, Any] = {
        "host": address.host or query.get("host", ""),
        "port": address.port or _PORT,
        "user": address.user or query.get("user", ""),
        "password": address.password or query.get("password", ""),
        "database": address.path or None,
        "unix_socket": query.get("unix_socket") or query.get("socket"),
    }
    mode = (query.get("ssl_mode") or query.get("sslmode") or "").lower().replace("-", "_")
    files = {name: query[name] for name in ("ssl_ca", "ssl_cert", "ssl_key") if query.get(name)}
    if mode in ("disabled", "disable") or query.get("ssl_disabled", "").lower() in _TRUE:
        return {**given, "ssl_disabled": True}
    verified = mode if mode in _VERIFIED else ""
    if query.get("ssl_verify_identity", "").lower() in _TRUE:
        verified = "verify_identity"
    elif query.get("ssl_verify_cert", "").lower() in _TRUE:
        verified = verified or "verify_ca"
    asked = mode in _TRUE or query.get("ssl", "").lower() in _TRUE
    return {**given, "tls": {"verified": verified, **files} if asked or verified or files else None}


def read(parameters: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The section's envelope."""
    return look_with(
        "pymysql",
        lambda driver, patience: _connected(driver, parameters, patience),
        PARTS,
        faults.of_mysql,
        seconds,
    )


def _connected(driver: Any, parameters: dict[str, Any], patience: float) -> _Connection:
    try:
        return _Connection(driver, parameters, patience)
    except driver.err.OperationalError as error:
        words = faults.of_mysql(error)
    alone = parameters.get("ssl_disabled") and words in (faults.CREDENTIALS, faults.NO_PASSWORD)
    raise Lost(words + faults.OR_TLS if alone else words)


class _Connection:
    """An open connection, and what can be asked of it (parity.database.facts.mysql)."""

    def __init__(self, driver: Any, parameters: dict[str, Any], patience: float) -> None:
        given = dict(parameters)
        tls = given.pop("tls", None)
        if tls is not None:
            given["ssl"] = _context(tls)
        self._driver = driver.connect(
            **{**given, "user": given["user"] or getpass.getuser()},
            connect_timeout=patience,
            read_timeout=patience,
            write_timeout=patience,
            autocommit=None,
            program_name="parity",
            cursorclass=import_module("pymysql.cursors").DictCursor,
        )
        self.rows("START TRANSACTION READ ONLY")

    def rows(self, statement: str, *values: object) -> list[dict[str, Any]]:
        """The rows of a statement, each {column in lower case: value}."""
        with self._driver.cursor() as cursor:
            cursor.execute(statement, values or None)
            return [{name.lower(): value for name, value in row.items()} for row in cursor.fetchall()]

    def offers_tls(self) -> bool:
        """Whether the server's greeting says that it can speak TLS."""
        return bool(self._driver.server_capabilities & import_module("pymysql.constants.CLIENT").SSL)

    def lost(self) -> bool:
        """Whether nothing more can be asked."""
        return not self._driver.open

    def close(self) -> None:
        """End the connection."""
        if self._driver.open:
            self._driver.close()


def _context(tls: dict[str, str]) -> Any:
    import ssl

    context = ssl.create_default_context(cafile=tls.get("ssl_ca"))
    # The certificates that the server makes for itself do not keep to RFC 5280 by the letter.
    context.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
    context.check_hostname = tls["verified"] == "verify_identity"
    if not tls["verified"] and not tls.get("ssl_ca"):
        context.verify_mode = ssl.CERT_NONE
    if tls.get("ssl_cert"):
        context.load_cert_chain(tls["ssl_cert"], tls.get("ssl_key"))
    return context
