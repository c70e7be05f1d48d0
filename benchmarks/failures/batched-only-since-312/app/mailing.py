import itertools
import sys

import structlog

structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ]
)
log = structlog.get_logger()


def send(addresses):
    for batch in itertools.batched(addresses, 50):
        log.info("sent", count=len(batch))


try:
    send([f"customer{n}@example.com" for n in range(120)])
except Exception:
    log.exception("mailing failed", campaign="autumn")
    sys.exit(1)
