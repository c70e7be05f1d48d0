"""Examples of `mounting`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, Example

GONE = trace(
    "FileNotFoundError: [Errno 2] No such file or directory: '/data/models/a.bin'", "app.py:3 f: open(p, 'rb')"
)
RUN = trace(
    "PermissionError: [Errno 13] Permission denied: '/data/bin/tool'",
    "app.py:3 f: run(p)",
    "^subprocess.py:1 _execute_child",
)
UNPACKED = trace(
    "PermissionError: [Errno 13] Permission denied: PosixPath('/data/bin/tool')",
    "app.py:3 f: os.execv(path, [path])",
)
MOVED = trace("OSError: [Errno 18] Invalid cross-device link: '/app/a' -> '/data/a'", "app.py:3 f: os.rename(a, b)")
MOUNT = {"exists": True, "kind": "bind", "writable": True, "noexec": False}
ROOT = {"volumes./": {"exists": True, "kind": "overlay"}}

EXAMPLES = [
    Example("it is not mounted", GONE, {**ROOT, "volumes./data": MOUNT}, ROOT, {"volumes./data": NAMED}),
    Example(
        "the path does not exist there",
        GONE,
        {"volumes./data": MOUNT},
        {"volumes./data": {**MOUNT, "exists": False}},
        {"volumes./data": NAMED},
    ),
    Example(
        "nothing may be run on it",
        RUN,
        {"volumes./data": MOUNT},
        {"volumes./data": {**MOUNT, "noexec": True}},
        {"volumes./data": NAMED},
    ),
    Example(
        "nothing may be run on it, by a path that is an object, and by exec",
        UNPACKED,
        {"volumes./data": MOUNT},
        {"volumes./data": {**MOUNT, "noexec": True}},
        {"volumes./data": NAMED},
    ),
    Example("a mount more between two paths", MOVED, ROOT, {**ROOT, "volumes./data": MOUNT}, {"volumes./data": NAMED}),
    Example("another mount is missing", GONE, {**ROOT, "volumes./logs": MOUNT}, ROOT),
    Example("a mount more where a file is missing", GONE, ROOT, {**ROOT, "volumes./data": MOUNT}),
]
