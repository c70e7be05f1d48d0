"""Examples of `behaviour`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import SET, SHOWN, Example, package

NOTHING = trace("TypeError: expected string or bytes-like object, got 'NoneType'", "app.py:9 run: docopt(__doc__)")
WARNED = trace("DeprecationWarning: the old way goes", "~kit/__init__.py:3 f: warn()", "app.py:2 g: f()")
PROXY = trace(
    "ValueError: Unknown scheme for proxy URL", "app.py:1 f: Client()", "~httpx/_config.py:9 __init__: raise e"
)
ASSERTS = "def run(order):\n    assert order.lock()\n    return order.paid[0]\n"
EMPTY = trace("IndexError: list index out of range", "shop.py:3 run: return order.paid[0]")
HTTPX = {"packages.httpx": package("0.27.0")}

EXAMPLES = [
    Example(
        "docstrings are gone", NOTHING, {}, {"environment.PYTHONOPTIMIZE": SET}, {"environment.PYTHONOPTIMIZE": SHOWN}
    ),
    Example(
        "an option of the command line",
        NOTHING,
        {"python.flags.optimize": 0},
        {"python.flags.optimize": 2},
        {"python.flags.optimize": SHOWN},
    ),
    Example(
        "what fails has an assert",
        EMPTY,
        {},
        {"environment.PYTHONOPTIMIZE": SET},
        {"environment.PYTHONOPTIMIZE": (0.5, 0.7)},
        {"shop.py": ASSERTS},
    ),
    Example(
        "a warning that is raised",
        WARNED,
        {},
        {"environment.PYTHONWARNINGS": SET},
        {"environment.PYTHONWARNINGS": (0.8, 0.95)},
    ),
    Example(
        "a library on the path reads it",
        PROXY,
        HTTPX,
        {**HTTPX, "environment.ALL_PROXY": SET},
        {"environment.ALL_PROXY": (0.8, 0.95)},
    ),
    Example("the library is not there", PROXY, {}, {"environment.HTTPX_LOG_LEVEL": SET}),
    Example("another failure", EMPTY, {}, {"environment.PYTHONWARNINGS": SET}),
]
