"""Examples of `home`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example, valued

OURS = {"process.home": {"path": "/home/ada", "exists": True}, "environment.HOME": valued("1", "path")}
THEIRS = {"process.home": {"path": "/srv", "exists": True}, "environment.HOME": valued("2", "path")}
TOKEN = "[Errno 2] No such file or directory: '{}'"

EXAMPLES = [
    Example(
        "a file below the home",
        trace(f"FileNotFoundError: {TOKEN.format('/srv/.config/token')}", "app.py:3 f: read()"),
        OURS,
        THEIRS,
        {"environment.HOME": NAMED, "process.home": (0.8, 0.95)},
    ),
    Example(
        "a tilde that stayed",
        trace(f"FileNotFoundError: {TOKEN.format('~/.netrc')}", "app.py:3 f: read()"),
        {"environment.HOME": valued("1", "path")},
        {"environment.EDITOR": valued("1")},
        {"environment.HOME": NAMED},
    ),
    Example(
        "no home at all",
        trace("RuntimeError: Could not determine home directory.", "^pathlib.py:3 home"),
        {"environment.HOME": valued("1", "path")},
        {"environment.EDITOR": valued("1")},
        {"environment.HOME": NAMED},
    ),
    Example("elsewhere", trace(f"FileNotFoundError: {TOKEN.format('/var/x.pdf')}", "app.py:3 f"), OURS, THEIRS),
    Example(
        "what is refused there",
        trace("PermissionError: [Errno 13] Permission denied: '/srv/.cache'", "app.py:3 f"),
        OURS,
        THEIRS,
    ),
    Example(
        "what lies in the program, which is deployed to the home",
        trace(f"FileNotFoundError: {TOKEN.format('/srv/uploads/8841.pdf')}", "app.py:3 f: open(path)"),
        OURS,
        {**THEIRS, "process.working_directory": {"path": "/srv", "exists": True}},
    ),
]
