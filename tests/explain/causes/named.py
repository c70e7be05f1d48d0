"""Examples of `named`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, SET, Example, package

LOG = trace("RuntimeError: cannot talk to shop_export today: psycopg-pool or libodd.so.3, EXPORT_MODE", "app.py:1 run")

EXAMPLES = [
    Example(
        "names that are no words of a sentence",
        LOG,
        {
            "packages.psycopg-pool": package("3.1"),
            "libraries.libodd.so.3": {"resolved": True},
            "environment.EXPORT_MODE": SET,
        },
        {"packages.rich": package("1"), "libraries.libodd.so.3": {"resolved": False}},
        {"packages.psycopg-pool": FITS, "libraries.libodd.so.3": FITS, "environment.EXPORT_MODE": FITS},
    ),
    Example(
        "a plain word", LOG, {"executables.talk": "/usr/bin", "packages.six": package("1")}, {"executables.ls": "/bin"}
    ),
    Example("a part of a name", LOG, {"packages.psycopg": package("3.1.0")}, {"packages.psycopg": package("3.2.0")}),
]
