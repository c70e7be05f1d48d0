"""Examples of `account`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, SET, SHOWN, Example

LOG = trace(
    "KeyError: 'getpwuid(): uid not found: 1000650000'", "app.py:3 who: getuser()", "^getpass.py:169 getuser: pwd"
)
DEV = {"process.uid": 1000, "process.user": "dev", "environment.USER": SET, "process.passwd_entry": True}
NOBODY = {"process.uid": 1000650000, "process.user": None, "environment.X": SET, "process.passwd_entry": False}

EXAMPLES = [
    Example(
        "a uid of a platform's own",
        LOG,
        DEV,
        NOBODY,
        {"process.uid": NAMED, "process.passwd_entry": NAMED, "environment.USER": SHOWN},
    ),
    Example("another user, and another failure", trace("KeyError: 'dev'", "app.py:3 who: USERS['dev']"), DEV, NOBODY),
    Example("the same user", LOG, {"process.uid": 1}, {"process.uid": 1}),
]
