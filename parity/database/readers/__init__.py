"""Who reads a server, by the scheme of its DSN. One file each.

SCHEMES                      the URL schemes that are its own, without SQLAlchemy's `+DRIVER`
parameters(text)             the DSN -> what the child is told, JSON. Raises InvalidDsn or NotPostgres, of no detail
read(parameters, seconds)    the section's envelope (parity.probe.kit). Runs in the child, and imports the driver
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from parity.database.address import scheme

_DEFAULT = "postgresql"
"""Who reads what has no scheme of another: libpq's `key=value` pairs have none at all."""


class Reader(Protocol):
    """One file of the directory."""

    SCHEMES: frozenset[str]

    def parameters(self, text: str) -> dict[str, Any]:
        """What a DSN says."""

    def read(self, parameters: dict[str, Any], seconds: float) -> dict[str, Any]:
        """What the server says."""


def named(name: str) -> Reader:
    """The reader of a file's name."""
    module: Any = import_module(f"{__name__}.{name}")
    reader: Reader = module
    return reader


@cache
def _by_scheme() -> dict[str, str]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {scheme: name for name in names for scheme in named(name).SCHEMES}


def of(text: str) -> str:
    """The name of the reader that a DSN is for."""
    return _by_scheme().get(scheme(text), _DEFAULT)


def without(driver: str) -> str:
    """Why nothing can be asked where a driver is not installed, and what installs it."""
    return f"no driver: pipx inject parity {driver} (or pip install {driver}, in parity's own environment)"
