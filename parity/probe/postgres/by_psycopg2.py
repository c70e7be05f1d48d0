"""The look through psycopg2, whose every statement is a simple query.

Floor: Python 3.8; psycopg2 2.8.
"""

from importlib import import_module

from parity.probe.postgres.dsn import APPLICATION, per_host
from parity.probe.postgres.look import SAVEPOINT


def load():
    """Import the driver. Raises where that cannot be done."""
    return import_module("psycopg2")


def attempts(parameters):
    """The parameters of each host."""
    return per_host(dict({"gssencmode": "disable"}, **parameters))


def connect(parameters, patience):
    """A connection of these parameters within so many seconds."""
    opened = load().connect(**dict(parameters, connect_timeout=patience, application_name=APPLICATION))
    opened.autocommit = True
    return Connection(opened)


def fault(error):
    """(SQLSTATE or None, text) of an error of the driver's, a reason in whole, or None for another's error."""
    psycopg2 = load()
    if not isinstance(error, psycopg2.Error):
        return None
    if isinstance(error, psycopg2.ProgrammingError) and error.pgcode is None:
        return "invalid DSN (not shown)"
    if error.pgcode is None and ("invalid connection option" in str(error) or "invalid sslmode" in str(error)):
        return "invalid DSN (not shown)"
    return error.pgcode, str(error)


class Connection:
    """An open connection."""

    def __init__(self, driver):
        self.driver = driver

    def client(self):
        """What only the driver knows (parity.probe.postgres.look)."""
        info = self.driver.info
        return {"backend_pid": info.backend_pid, "ssl_in_use": bool(info.ssl_in_use)}

    def run(self, statement):
        """Run statements that give no rows."""
        with self.driver.cursor() as cursor:
            cursor.execute(statement)

    def rows(self, statement):
        """The rows of a statement behind a savepoint, each {column: value}."""
        with self.driver.cursor() as cursor:
            cursor.execute(SAVEPOINT + "; " + statement)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

    def lost(self):
        """Whether nothing more can be asked."""
        return bool(self.driver.closed)

    def close(self):
        """End the connection."""
        self.driver.close()
