"""Examples of `variable`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import EMPTY, FAINT, FITS, NAMED, SET, SHOWN, Example, valued

KEY = trace("KeyError: 'SIGNING_KEY'", 'app.py:7 sign: os.environ["SIGNING_KEY"]', "<frozen:685 __getitem__")
OTHER = {"environment.OTHER": SET}
SETTINGS = """ValidationError: 2 validation errors for Options
database_url
  Field required [type=missing, input_value={}, input_type=dict]
port
  Input should be a valid integer, unable to parse string as an integer [type=int_parsing]"""
CONFIG = {
    "shop/config.py": 'import os\nREDIS = os.environ.get("REDIS_URL")\nMODE = os.getenv("MODE", "fast")\n',
    "shop/queue.py": "from shop.config import REDIS\nimport far\n\n\ndef connect():\n    return far.open(REDIS)\n",
}
NONE = trace(
    "AttributeError: 'NoneType' object has no attribute 'split'", "shop/queue.py:6 connect: return far.open(REDIS)"
)
HOST = {"app.py": 'import os\nHOST = os.environ.get("METRICS_HOST", "localhost")\n'}
REFUSED = trace("ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 8125)", "other.py:1 run: send()")
SWITCH = {"app.py": 'import os\n\n\ndef pay():\n    if os.environ.get("NEW_PAY"):\n        fancy()\n'}

EXAMPLES = [
    Example(
        "it is missing by name",
        KEY,
        {"environment.SIGNING_KEY": SET, **OTHER},
        OTHER,
        {"environment.SIGNING_KEY": NAMED},
    ),
    Example(
        "it is empty",
        KEY,
        {"environment.SIGNING_KEY": SET},
        {"environment.SIGNING_KEY": EMPTY},
        {"environment.SIGNING_KEY": NAMED},
    ),
    Example(
        "a setting of a framework that a variable with a prefix fills",
        trace("core.ImproperlyConfigured: The SECRET_KEY setting must not be empty.", "manage.py:3 main: run()"),
        {"environment.SHOP_SECRET_KEY": SET, **OTHER},
        {"environment.SHOP_SECRETKEY": SET, **OTHER},
        {"environment.SHOP_SECRET_KEY": SHOWN},
    ),
    Example(
        "fields of a model, whatever its name",
        trace(SETTINGS, "app.py:4 <module>: Options()"),
        {"environment.SHOP_DATABASE_URL": SET, "environment.PORT": valued("a", "integer")},
        {"environment.PORT": valued("b", "integer", "quotes")},
        {"environment.SHOP_DATABASE_URL": NAMED, "environment.PORT": SHOWN},
    ),
    Example(
        "what the failing line is made of, through another file",
        NONE,
        {"environment.REDIS_URL": SET, **OTHER},
        OTHER,
        {"environment.REDIS_URL": SHOWN},
        CONFIG,
    ),
    Example(
        "another one of a file that is imported",
        NONE,
        {"environment.MODE": SET, **OTHER},
        OTHER,
        {"environment.MODE": FITS},
        CONFIG,
    ),
    Example(
        "a message that speaks of what it is called after",
        trace("far.NoRegionError: You must specify a region.", "app.py:4 <module>: far.client()"),
        {"environment.CLOUD_REGION": SET, "environment.CLOUD_MODE": SET, **OTHER},
        OTHER,
        {"environment.CLOUD_REGION": FAINT},
    ),
    Example(
        "the default that is used without it",
        REFUSED,
        {"environment.METRICS_HOST": SET, **OTHER},
        OTHER,
        {"environment.METRICS_HOST": NAMED},
        HOST,
    ),
    Example(
        "one of production's only that switches something on",
        trace("RuntimeError: fancy is off", "app.py:6 pay: fancy()"),
        OTHER,
        {**OTHER, "environment.NEW_PAY": SET},
        {"environment.NEW_PAY": FITS},
        SWITCH,
    ),
    Example(
        "another value that does not parse",
        trace("ValueError: invalid literal for int() with base 10: '8080 '", "app.py:5 pay: int(x)"),
        {"environment.NEW_PAY": valued("a", "integer")},
        {"environment.NEW_PAY": valued("b", "integer", "space")},
        {"environment.NEW_PAY": SHOWN},
        SWITCH,
    ),
    Example(
        "a key of a dictionary",
        trace("KeyError: 'EUR'", "app.py:7 price: RATES[code]"),
        {"environment.X": SET, **OTHER},
        OTHER,
    ),
    Example("nothing on the path reads it", KEY, {"environment.UNREAD": SET, **OTHER}, OTHER),
]
