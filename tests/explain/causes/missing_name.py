"""Examples of `missing_name`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, FITS, NAMED, SHOWN, Example, package

ENGINE = """
import tables

engine = tables.create_engine("x")


def run():
    with engine.connect() as connection:
        return engine.execute("select 1")
"""
CALLED = trace(
    "TypeError: Client.__init__() got an unexpected keyword argument 'proxies'",
    "main.py:4 <module>: client = sdk.Client()",
    "~sdk/base.py:741 __init__: super().__init__(**kwargs)",
)
CALL = trace("TypeError: Policy.__init__() got an unexpected keyword argument 'wait'", "app.py:5 f: go(Policy(wait=1))")
CALLER = {"app.py": "from client import Policy\nfrom other import go\n\ndef f():\n    go(Policy(wait=1))\n"}
BESIDE, CHANGED = {"packages.other": package("1.0.0")}, {"packages.other": package("2.0.0")}

EXAMPLES = [
    Example(
        "an import from another version, whoever asks",
        trace(
            "ImportError: cannot import name 'quote' from 'werk.urls' (/venv/werk/urls.py)",
            "~web/app.py:9 <module>: from werk.urls import quote",
        ),
        {"packages.werk": package("2.2.0"), "packages.web": package("2.2.0")},
        {"packages.werk": package("3.0.0"), "packages.web": package("2.2.1")},
        {"packages.werk": NAMED},
    ),
    Example(
        "an attribute of a module",
        trace("AttributeError: module 'arrays' has no attribute 'float'", "app.py:3 mean: arrays.float(x)"),
        {"packages.arrays": package("1.23.0")},
        {"packages.arrays": package("1.24.0")},
        {"packages.arrays": SHOWN},
    ),
    Example(
        "an attribute of an object, by what the failing line is made of",
        trace("AttributeError: 'Engine' object has no attribute 'execute'", "app.py:9 run: return engine.execute('x')"),
        {"packages.tables": package("1.4.0"), "packages.other": package("1.0.0")},
        {"packages.tables": package("2.0.0"), "packages.other": package("2.0.0")},
        {"packages.tables": SHOWN},
        {"app.py": ENGINE},
    ),
    Example(
        "an attribute of an object whose code raises it",
        trace(
            "AttributeError: 'Frame' object has no attribute 'append'",
            "app.py:5 run: frame.append(row)",
            "~frames/core.py:5 __getattr__: return object.__getattribute__(self, name)",
        ),
        {"packages.frames": package("1.5.0")},
        {"packages.frames": package("2.0.0")},
        {"packages.frames": SHOWN},
    ),
    Example(
        "an argument that what the caller requires takes no more",
        CALLED,
        {"packages.sdk": package("1.0", requires=["wire>=0.20"]), "packages.wire": package("0.27.2")},
        {"packages.sdk": package("1.0", requires=["wire>=0.20"]), "packages.wire": package("0.28.1")},
        {"packages.wire": SHOWN},
    ),
    Example(
        "an argument of what is called, of a patch level",
        CALLED,
        {"packages.sdk": package("1.0.1")},
        {"packages.sdk": package("1.0.2")},
        {"packages.sdk": FITS},
    ),
    Example(
        "what was stored has a name of another version",
        trace(
            "AttributeError: Can't get attribute 'Loss' on <module 'learn.losses' from '/x'>", "app.py:2 load: load(f)"
        ),
        {"packages.learn": package("1.2.0")},
        {"packages.learn": package("2.0.0")},
        {"packages.learn": NAMED},
    ),
    Example(
        "None is the data rather than the library",
        trace(
            "AttributeError: 'NoneType' object has no attribute 'rate'",
            "app.py:5 run: row.rate",
            "~frames/core.py:5 get: return row.rate",
        ),
        {"packages.frames": package("1.5.0")},
        {"packages.frames": package("2.0.0")},
        {"packages.frames": FAINT},
    ),
    Example(
        "a package that is not on the path",
        trace("AttributeError: module 'arrays' has no attribute 'float'", "app.py:3 mean: arrays.float(x)"),
        {"packages.arrays": package("1.23.0"), "packages.web": package("1.0.0")},
        {"packages.arrays": package("1.23.0"), "packages.web": package("2.0.0")},
    ),
    Example(
        "whose the called thing is by the imports of the failing file, and what that one requires",
        CALL,
        {"packages.client": package("2.1.0", requires=["wire"]), "packages.wire": package("1.26.0"), **BESIDE},
        {"packages.client": package("2.2.0", requires=["wire"]), "packages.wire": package("2.0.0"), **CHANGED},
        {"packages.client": SHOWN, "packages.wire": SHOWN, "packages.other": FITS},
        CALLER,
    ),
    Example(
        "what is handed on of another",
        trace("TypeError: Retry.__init__() got an unexpected keyword argument 'wait'", "app.py:4 f: Retry(wait=1)"),
        {"packages.requests": package("2.29.0"), "packages.urllib3": package("1.26.0")},
        {"packages.requests": package("2.31.0"), "packages.urllib3": package("2.2.0")},
        {"packages.urllib3": SHOWN, "packages.requests": FITS},
        {"app.py": "from requests.adapters import Retry\n\ndef f():\n    Retry(wait=1)\n"},
    ),
    Example(
        "an attribute of a class of the program's own",
        trace("AttributeError: 'Options' object has no attribute 'port'", "app.py:6 f: client.go(Options().port)"),
        {"packages.client": package("2.1.0")},
        {"packages.client": package("3.0.0")},
        {"packages.client": FAINT},
        {"app.py": "import client\n\nclass Options:\n    pass\n\nclient.go(Options().port)\n"},
    ),
    Example(
        "an attribute of a class that derives from what another has",
        trace("AttributeError: 'Options' object has no attribute 'port'", "app.py:6 f: client.go(Options().port)"),
        {"packages.client": package("2.1.0")},
        {"packages.client": package("3.0.0")},
        {"packages.client": SHOWN},
        {"app.py": "import client\n\nclass Options(client.Base):\n    pass\n\nclient.go(Options().port)\n"},
    ),
]
