"""Examples of `provider`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example, package

LOG = trace("AttributeError: module 'jot' has no attribute 'encode'", "auth.py:8 issue: return jot.encode(x)")
REAL = {"packages.pyjot": package("2.0", provides=["jot"])}
NAMESAKE = {"packages.jot": package("1.0")}

EXAMPLES = [
    Example("a namesake is installed", LOG, REAL, NAMESAKE, {"packages.pyjot": NAMED, "packages.jot": (0.85, 0.95)}),
    Example(
        "a namesake that the path does not touch", trace("KeyError: 'a'", "auth.py:8 issue: x['a']"), REAL, NAMESAKE
    ),
    Example("both have both", LOG, {**REAL, **NAMESAKE}, {**REAL, **NAMESAKE}),
]
