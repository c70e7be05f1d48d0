"""Examples of `package_release`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example, package

OLD, NEW = {"packages.werkzeug": package("2.3.8")}, {"packages.werkzeug": package("3.0.1")}
GONE = trace(
    "ImportError: cannot import name 'url_quote' from 'werkzeug.urls' (/venv/werkzeug/urls.py)",
    "~flask/__init__.py:7 <module>: from werkzeug.urls import url_quote",
)
LAZY = trace("httpx.HTTPStatusError: Redirect response '302 Found' for url 'http://a.example'", "app.py:3 f: get(u)")

EXAMPLES = [
    Example("a name that its list says is gone", GONE, OLD, NEW, {"packages.werkzeug": NAMED}),
    Example(
        "what it refuses, and nothing of it on the path",
        LAZY,
        {"packages.httpx": package("0.19.0")},
        {"packages.httpx": package("0.27.0")},
        {"packages.httpx": (0.5, 0.75)},
    ),
    Example("the other way round", GONE, NEW, OLD),
    Example("within what the list says of neither", GONE, {"packages.werkzeug": package("3.0.0")}, NEW),
]
