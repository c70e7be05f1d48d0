"""Examples of `dotenv`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, SET, Example, package

KEY = trace("KeyError: 'SIGNING_KEY'", 'app.py:7 sign: os.environ["SIGNING_KEY"]', "<frozen:685 __getitem__")
CODE = {"source.app.py": {"digest": "aa", "size": 1}, "environment.X": SET}
READER = {"packages.python-dotenv": package("1.0.1")}

EXAMPLES = [
    Example(
        "a file that sets it is on one side alone",
        KEY,
        {**CODE, **READER, "source..env": True},
        {**CODE, **READER},
        {"source..env": NAMED},
    ),
    Example(
        "the process is given it",
        KEY,
        {**CODE, **READER, "source..env": True, "environment.SIGNING_KEY": SET},
        {**CODE, **READER},
    ),
    Example("nothing reads such a file", KEY, {**CODE, "source..env": True}, CODE),
]
