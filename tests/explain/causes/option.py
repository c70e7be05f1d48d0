"""Examples of `option`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SHOWN, Example, package, valued

SERVER = {"packages.swiftd": package("1.0")}
REFUSED = "Error: Invalid value for '--port': 'tcp' is not a valid integer."
SHORT = "Error: Invalid value for '-c' / '--concurrency': 'auto' is not a valid integer."
LACKS = "Error: Missing option '--bucket'."
LINKED = trace("ValueError: invalid port in tcp://10.3.17.5:80", "serve.py:3 f: listen()")

EXAMPLES = [
    Example(
        "a program's option",
        REFUSED,
        SERVER,
        {**SERVER, "environment.SWIFTD_PORT": valued("1", "url"), "environment.SWIFTD_HOST": valued("1")},
        {"environment.SWIFTD_PORT": NAMED},
    ),
    Example(
        "an option of two words of the program, by its long name",
        SHORT,
        SERVER,
        {**SERVER, "environment.SWIFTD_WORKER_CONCURRENCY": valued("1")},
        {"environment.SWIFTD_WORKER_CONCURRENCY": NAMED},
    ),
    Example(
        "an option of nobody that is known",
        REFUSED,
        SERVER,
        {**SERVER, "environment.SHOP_PORT": valued("1", "url")},
        {"environment.SHOP_PORT": FITS},
    ),
    Example(
        "an option that lacks",
        LACKS,
        {**SERVER, "environment.SWIFTD_BUCKET": valued("1")},
        {**SERVER, "environment.OTHER_BUCKET": valued("1")},
        {"environment.SWIFTD_BUCKET": NAMED},
    ),
    Example(
        "the address of a service",
        LINKED,
        SERVER,
        {**SERVER, "environment.SWIFTD_PORT": valued("1", "url"), "environment.CACHE_PORT": valued("1", "url")},
        {"environment.SWIFTD_PORT": SHOWN},
    ),
    Example("another option", REFUSED, SERVER, {**SERVER, "environment.SWIFTD_HOST": valued("1")}),
    Example("no option", "Killed", SERVER, {**SERVER, "environment.SWIFTD_PORT": valued("1", "url")}),
]
