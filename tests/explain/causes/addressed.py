"""Examples of `addressed`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, FITS, SET, Example, package

LOG = trace("RuntimeError: no such worker", "~servo/app.py:9 run: load()", "~servo/workers.py:4 load: raise")
SERVO = {"packages.servo": package("1.0"), "environment.OTHER": SET}

EXAMPLES = [
    Example(
        "one that only production has",
        LOG,
        SERVO,
        {**SERVO, "environment.SERVO_CMD_ARGS": SET},
        {"environment.SERVO_CMD_ARGS": FITS},
    ),
    Example(
        "what only changes what is printed",
        LOG,
        SERVO,
        {**SERVO, "environment.SERVO_LOG_LEVEL": SET},
        {"environment.SERVO_LOG_LEVEL": FAINT},
    ),
    Example("of a program that is not on the path", LOG, SERVO, {**SERVO, "environment.CELERY_X": SET}),
]
