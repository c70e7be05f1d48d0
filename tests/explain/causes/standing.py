"""Examples of `standing`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, Example

ODD = trace("RuntimeError: the order is odd", "shop/pay.py:4 pay: raise RuntimeError")
SOURCE = {"shop/pay.py": "def pay():\n\n\n    raise RuntimeError\n"}
A, B = {"digest": "aa", "size": 1}, {"digest": "bb", "size": 2}
BESIDE = {"source.shop/pay.py": A}

EXAMPLES = [
    Example(
        "a file of the program that was not deployed",
        ODD,
        {**BESIDE, "source.shop/rates.py": A},
        BESIDE,
        {"source.shop/rates.py": FAINT},
        SOURCE,
    ),
    Example(
        "another Python, and what is innocent nearly always",
        ODD,
        {"python.version": "3.11.2", "process.uid": 0, "limits.memory": 1000, "platform.kernel": "6.1.0"},
        {"python.version": "3.12.1", "process.uid": 10001, "limits.memory": 500, "platform.kernel": "6.8.0"},
        {"python.version": FAINT},
    ),
    Example("no log", "", {**BESIDE, "source.shop/rates.py": A}, BESIDE),
    Example("nothing differs", ODD, BESIDE, BESIDE),
]
