"""Examples of `relative_path`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FAINT, FITS, NAMED, Example

HERE = {"process.working_directory": {"path": "/app", "exists": True, "writable": True}}
THERE = {"process.working_directory": {"path": "/", "exists": True, "writable": True}}
FILE = {"source.conf/rates.toml": {"digest": "aa", "size": 3}, "source.app.py": {"digest": "bb", "size": 3}}
REST = {"source.app.py": {"digest": "bb", "size": 3}}
LOG = trace("FileNotFoundError: [Errno 2] No such file or directory: 'conf/rates.toml'", "app.py:3 f: open(path)")
DIRECTORY = "process.working_directory"

EXAMPLES = [
    Example("a file that is deployed", LOG, {**HERE, **FILE}, {**THERE, **FILE}, {DIRECTORY: NAMED}),
    Example("a file of which nothing is known", LOG, HERE, THERE, {DIRECTORY: FITS}),
    Example("a file that is not deployed", LOG, {**HERE, **FILE}, {**THERE, **REST}, {DIRECTORY: (0.0, 0.31)}),
    Example(
        "a template",
        trace("jinja2.exceptions.TemplateNotFound: mail.txt", "app.py:3 f: get_template('mail.txt')"),
        HERE,
        THERE,
        {DIRECTORY: (FAINT[0], FITS[1])},
    ),
    Example("the same directory", LOG, HERE, HERE),
    Example(
        "a whole path",
        trace("FileNotFoundError: [Errno 2] No such file or directory: '/conf/a'", "app.py:3 f"),
        HERE,
        THERE,
    ),
    Example(
        "what is refused",
        trace("PermissionError: [Errno 13] Permission denied: 'conf/rates.toml'", "app.py:3 f"),
        HERE,
        THERE,
    ),
]
