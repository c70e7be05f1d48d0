"""Whether a package says that it is a namespace, which other distributions may add to.

Floor: Python 3.8, standard library only.
"""

START = 4096
"""Bytes of an `__init__.py` in which pkgutil's and pkg_resources' way of saying so stands."""


def declares(at):
    """Whether the `__init__.py` behind `at(offset, size) -> bytes` declares its package a namespace."""
    start = at(0, START)
    return b"extend_path" in start or b"declare_namespace" in start
