"""Examples of `python_version`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, SHOWN, Example

NEW, OLD = {"python.version": "3.13.1"}, {"python.version": "3.11.9"}
GONE = trace("ModuleNotFoundError: No module named 'cgi'", "app.py:1 <module>: import cgi")
UNION = trace("TypeError: unsupported operand type(s) for |: 'type' and 'NoneType'", "app.py:3 <module>: x: int | None")

EXAMPLES = [
    Example("a module of the standard library is gone", GONE, OLD, NEW, {"python.version": NAMED}),
    Example(
        "what only a newer one understands",
        UNION,
        {"python.version": "3.12.1"},
        {"python.version": "3.9.2"},
        {"python.version": SHOWN},
    ),
    Example("another patch level", GONE, {"python.version": "3.13.0"}, NEW),
]
