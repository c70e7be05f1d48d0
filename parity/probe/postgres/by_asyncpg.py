"""The look through asyncpg, without its cache: then what it prepares has no name, and nobody finds it later.

Floor: Python 3.8; asyncpg 0.22.
"""

from importlib import import_module

from parity.probe.postgres import tls
from parity.probe.postgres.dsn import APPLICATION, per_host
from parity.probe.postgres.look import SAVEPOINT


def load():
    """Import the driver. Raises where that cannot be done."""
    return import_module("asyncpg")


def attempts(parameters):
    """The parameters of each host."""
    return per_host(parameters)


def connect(parameters, patience):
    """A connection of these parameters within so many seconds."""
    import asyncio

    asyncpg = load()
    names = {"host": "host", "user": "user", "password": "password", "dbname": "database", "passfile": "passfile"}
    given = {there: parameters[here] for here, there in names.items() if parameters.get(here)}
    if parameters.get("port"):
        given["port"] = int(parameters["port"])
    mode = parameters.get("sslmode")
    if mode is not None:
        given["ssl"] = tls.context(parameters) if mode in tls.VERIFIED else mode
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        opened = loop.run_until_complete(
            asyncpg.connect(
                timeout=patience, statement_cache_size=0, server_settings={"application_name": APPLICATION}, **given
            )
        )
    except BaseException:
        loop.close()
        raise
    return Connection(loop, opened)


def fault(error):
    """(SQLSTATE or None, text) of an error of the driver's, a reason in whole, or None for another's error."""
    asyncpg = load()
    if isinstance(error, asyncpg.PostgresError):
        return error.sqlstate, str(error)
    return None


class Connection:
    """An open connection, and the loop that it lives in."""

    def __init__(self, loop, driver):
        self.loop = loop
        self.driver = driver

    def client(self):
        """What only the driver knows (parity.probe.postgres.look)."""
        transport = getattr(self.driver, "_transport", None)
        encrypted = None if transport is None else transport.get_extra_info("sslcontext") is not None
        return {"backend_pid": self.driver.get_server_pid(), "ssl_in_use": encrypted}

    def run(self, statement):
        """Run statements that give no rows."""
        self.loop.run_until_complete(self.driver.execute(statement))

    def rows(self, statement):
        """The rows of a statement behind a savepoint, each {column: value}."""
        self.run(SAVEPOINT)
        return [dict(row.items()) for row in self.loop.run_until_complete(self.driver.fetch(statement))]

    def lost(self):
        """Whether nothing more can be asked."""
        return self.driver.is_closed()

    def close(self):
        """End the connection."""
        try:
            self.driver.terminate()
            # The transport closes in the loop's next turn.
            self.loop.call_soon(self.loop.stop)
            self.loop.run_forever()
        finally:
            self.loop.close()
