"""The look through psycopg (3), which is what parity itself uses.

Floor: Python 3.8; psycopg 3.0.
"""

from importlib import import_module

from parity.probe.postgres.dsn import APPLICATION, per_host
from parity.probe.postgres.look import SAVEPOINT


def load():
    """Import the driver. Raises where that cannot be done."""
    return import_module("psycopg")


def attempts(parameters):
    """The parameters of each host, and of each address of a host."""
    found = []
    for one in per_host(dict({"gssencmode": "disable"}, **parameters)):
        try:
            found += import_module("psycopg.conninfo").conninfo_attempts(one)
        except (AttributeError, load().Error):
            # An older psycopg leaves this to libpq; and a name that does not resolve says so when it is asked.
            found.append(one)
    return found


def connect(parameters, patience):
    """A connection of these parameters within so many seconds."""
    given = dict(parameters, connect_timeout=patience, application_name=APPLICATION)
    conninfo = import_module("psycopg.conninfo").make_conninfo("", **given)
    # Nothing is prepared: the next client of a pooler would find it.
    return Connection(load().connect(conninfo, autocommit=True, prepare_threshold=None))


def fault(error):
    """(SQLSTATE or None, text) of an error of the driver's, a reason in whole, or None for another's error."""
    psycopg = load()
    if not isinstance(error, psycopg.Error):
        return None
    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
        # The parameters, not the server: libpq of this machine does not know one of them, or its value.
        return "invalid DSN (not shown)"
    return error.sqlstate, str(error)


class Connection:
    """An open connection."""

    def __init__(self, driver):
        self.driver = driver

    def client(self):
        """What only the driver knows (parity.probe.postgres.look)."""
        return {"backend_pid": self.driver.info.backend_pid, "ssl_in_use": self.driver.pgconn.ssl_in_use}

    def run(self, statement):
        """Run statements that give no rows."""
        self.driver.execute(statement.encode())

    def rows(self, statement):
        """The rows of a statement behind a savepoint, each {column: value}."""
        cursor = self.driver.execute((SAVEPOINT + "; " + statement).encode())
        cursor.nextset()
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row)) for row in cursor.fetchall()]

    def lost(self):
        """Whether nothing more can be asked."""
        return self.driver.closed

    def close(self):
        """End the connection."""
        self.driver.close()
