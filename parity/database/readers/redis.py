"""Redis and what is like it, Valkey first of all, through redis-py. Nothing is written, and no key is looked at."""

from __future__ import annotations

import re
from typing import Any

from parity.database import faults
from parity.database.address import parse
from parity.database.facts.redis import PARTS
from parity.database.look import look_with
from parity.probe.postgres.dsn import InvalidDsn

SCHEMES = frozenset({"redis", "rediss", "valkey", "valkeys", "unix", "rediscache", "redis-socket"})

_PORT = 6379
_WITH_TLS = frozenset({"rediss", "valkeys"})
_NUMBER = re.compile(r"[0-9]{1,6}")


def parameters(text: str) -> dict[str, Any]:
    """redis-py's. Raises InvalidDsn."""
    address = parse(text)
    query = address.query
    socket = address.scheme == "unix" or address.scheme.endswith("socket")
    number = query.get("db") or query.get("virtual_host") or ("" if socket else address.path.strip("/")) or "0"
    if not _NUMBER.fullmatch(number):
        raise InvalidDsn
    given: dict[str, Any] = {
        "username": address.user or query.get("username") or None,
        "password": address.password or query.get("password") or None,
        "db": int(number),
    }
    if socket:
        return {**given, "path": f"/{address.path}"}
    given |= {"host": address.host or "localhost", "port": address.port or _PORT}
    if address.scheme not in _WITH_TLS:
        return given
    files = {name: query[name] for name in ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile") if query.get(name)}
    # Celery and kombu spell it as the constant of Python's ssl module.
    asked = query.get("ssl_cert_reqs", "required").lower().removeprefix("cert_")
    return {**given, "tls": {"ssl_cert_reqs": asked if asked in ("none", "optional") else "required", **files}}


def read(parameters: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The section's envelope."""
    return look_with(
        "redis.connection",
        lambda driver, patience: _Connection(driver, parameters, patience),
        PARTS,
        faults.of_redis,
        seconds,
    )


class _Connection:
    """An open connection, and what can be asked of it (parity.database.facts.redis)."""

    def __init__(self, driver: Any, parameters: dict[str, Any], patience: float) -> None:
        given = dict(parameters)
        tls = given.pop("tls", None)
        self.tls = tls is not None
        self._ends = (driver.ConnectionError, driver.TimeoutError)
        self._lost = False
        kind = driver.UnixDomainSocketConnection if "path" in given else driver.Connection
        if tls is not None:
            kind = driver.SSLConnection
            given |= {**tls, "ssl_check_hostname": tls["ssl_cert_reqs"] == "required"}
        if "path" not in given:
            given["socket_connect_timeout"] = patience
        # The older protocol, which every server speaks: no HELLO, which an older one refuses.
        self._driver = kind(
            **given,
            socket_timeout=patience,
            protocol=2,
            decode_responses=True,
            encoding_errors="backslashreplace",
        )
        try:
            self._driver.connect()
        except BaseException:
            self._driver.disconnect()
            raise

    def ask(self, *words: str) -> Any:
        """What the server answers to a command. Raises redis.exceptions.RedisError."""
        try:
            self._driver.send_command(*words)
            return self._driver.read_response()
        except self._ends:
            self._lost = True
            raise

    def lost(self) -> bool:
        """Whether nothing more can be asked."""
        return self._lost

    def close(self) -> None:
        """End the connection."""
        self._driver.disconnect()
