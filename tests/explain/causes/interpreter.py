"""Examples of `interpreter`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example, package, valued

LOG = trace("ModuleNotFoundError: No module named 'web'", "app.py:1 <module>: import web")
VENV = {"python.executable": "/venv/bin/python3", "python.prefix": "/venv", "environment.PATH": valued("a", "list")}
SYSTEM = {"python.executable": "/usr/bin/python3", "python.prefix": "/usr", "environment.PATH": valued("b", "list")}
MANY = {f"packages.{name}": package("1.0") for name in ("web", "tables", "click", "rich")}

EXAMPLES = [
    Example(
        "none of the packages is seen",
        LOG,
        {**VENV, **MANY},
        {**SYSTEM, "packages.six": package("1")},
        {"environment.PATH": NAMED, "python.prefix": NAMED},
    ),
    Example("one package is missing", LOG, {**VENV, **MANY}, {**SYSTEM, **MANY, "packages.web": package("2.0")}),
    Example("the same interpreter", LOG, {**VENV, **MANY}, {**VENV, "packages.six": package("1")}),
]
