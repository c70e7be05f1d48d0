"""Examples of `another_place`."""

from __future__ import annotations

from tests.explain.cases import SITE, trace
from tests.explain.causes.examples import NAMED, SET, Example

OTHER = trace(
    "ImportError: cannot import name 'Ring' from 'far' (/usr/lib/python3/dist-packages/far/__init__.py)",
    "~near/api.py:3 <module>: from far import Ring",
)
OWN = trace(f"ImportError: cannot import name 'Ring' from 'far' ({SITE}far/__init__.py)", "~near/api.py:3 <module>: x")
VENV = {"python.prefix": "/venv", "environment.X": SET}

EXAMPLES = [
    Example(
        "the system's packages go first",
        OTHER,
        VENV,
        {**VENV, "environment.PYTHONPATH": SET},
        {"environment.PYTHONPATH": NAMED},
    ),
    Example("everything is the environment's own", OWN, VENV, {**VENV, "environment.PYTHONPATH": SET}),
    Example("nothing leads there", OTHER, VENV, {**VENV, "environment.Y": SET}),
]
