"""The look through pg8000, in pure Python, with TLS as the driver itself chooses where the DSN leaves it open.

Floor: Python 3.8; pg8000 1.17.
"""

import os
from importlib import import_module

from parity.probe.postgres import tls
from parity.probe.postgres.dsn import APPLICATION, per_host
from parity.probe.postgres.look import SAVEPOINT

_DEFAULTS = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
"""Where libpq looks for what a DSN leaves out."""


def load():
    """Import the driver. Raises where that cannot be done."""
    return import_module("pg8000.native")


def attempts(parameters):
    """The parameters of each host."""
    there = {name: os.environ[variable] for name, variable in _DEFAULTS.items() if os.environ.get(variable)}
    return per_host(dict(there, **parameters))


def connect(parameters, patience):
    """A connection of these parameters within so many seconds."""
    host, port = parameters.get("host") or "localhost", int(parameters.get("port") or 5432)
    place = {"unix_sock": "%s/.s.PGSQL.%d" % (host, port)} if host.startswith("/") else {"host": host, "port": port}
    user = parameters.get("user") or os.environ.get("USER") or "postgres"
    mode, context = parameters.get("sslmode"), None
    if mode in ("require", *tls.VERIFIED):
        context = tls.context(parameters)
    elif mode == "disable":
        context = False
    opened = load().Connection(
        user,
        password=parameters.get("password"),
        database=parameters.get("dbname"),
        timeout=patience,
        ssl_context=context if "host" in place else None,
        application_name=APPLICATION,
        **place,
    )
    return Connection(opened)


def fault(error):
    """(SQLSTATE or None, text) of an error of the driver's, a reason in whole, or None for another's error."""
    told = error.args[0] if error.args else None
    if isinstance(error, load().DatabaseError) and isinstance(told, dict):
        # Fields of an ErrorResponse, by the letters of the protocol.
        return told.get("C"), "%s: %s" % (told.get("S", "ERROR"), told.get("M", ""))
    return None


class Connection:
    """An open connection."""

    def __init__(self, driver):
        self.driver = driver
        self.broken = False

    def client(self):
        """What only the driver knows (parity.probe.postgres.look)."""
        socket = getattr(self.driver, "_usock", None)
        encrypted = None if socket is None else hasattr(socket, "cipher")
        key = getattr(self.driver, "_backend_key_data", None)
        pid = int.from_bytes(key[:4], "big") if isinstance(key, bytes) and len(key) >= 8 else None
        return {"backend_pid": pid, "ssl_in_use": encrypted}

    def run(self, statement):
        """Run statements that give no rows."""
        self._run(statement)

    def rows(self, statement):
        """The rows of a statement behind a savepoint, each {column: value}."""
        found = self._run(SAVEPOINT + "; " + statement)
        names = [column["name"] for column in self.driver.columns or ()]
        return [dict(zip(names, row)) for row in found]

    def _run(self, statement):
        try:
            return self.driver.run(statement) or []
        except Exception as error:
            self.broken = self.broken or not isinstance(fault(error), tuple)
            raise

    def lost(self):
        """Whether nothing more can be asked."""
        return self.broken

    def close(self):
        """End the connection."""
        try:
            self.driver.close()
        except Exception:
            self.broken = True
