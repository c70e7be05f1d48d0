"""Where an interpreter's packages are: an environment of the program's own, or the system's installation."""

from __future__ import annotations

DOC = "the same directory; two environments of a program's own are equal wherever they lie"

_SYSTEM = ("/usr", "/usr/local")


def equal(local: object, production: object) -> bool:
    """Whether both are the same, or neither is an installation of the system's."""
    return local == production or not (local in _SYSTEM or production in _SYSTEM)
