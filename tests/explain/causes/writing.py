"""Examples of `writing`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SET, SHOWN, Example

DENIED = trace("PermissionError: [Errno 13] Permission denied: '/data/out.csv'", "app.py:3 f: open(p, 'w')")
RELATIVE = trace("PermissionError: [Errno 13] Permission denied: 'out/a.csv'", "app.py:3 f: open(p, 'w')")
READ_ONLY = trace("OSError: [Errno 30] Read-only file system: '/app/cache/x'", "app.py:3 f: os.mkdir(p)")
FULL = trace("OSError: [Errno 28] No space left on device", "app.py:3 f: out.write(b)")
CACHE = trace(
    "PermissionError: [Errno 13] Permission denied: '/home/svc/.cache/models'", "~far/hub.py:3 f: os.makedirs(p)"
)
OURS = {"exists": True, "kind": "bind", "uid": 1000, "writable": True, "read_only": False, "mode": "0755"}
THEIRS = {**OURS, "uid": 0, "writable": False}
HOME = {"exists": True, "from": "HOME", "path": "/home/svc", "writable": True}

EXAMPLES = [
    Example("another owner", DENIED, {"volumes./data": OURS}, {"volumes./data": THEIRS}, {"volumes./data": NAMED}),
    Example(
        "another user",
        DENIED,
        {"process.uid": 0, "process.gid": 0, "process.umask": "0022"},
        {"process.uid": 1000, "process.gid": 1000, "process.umask": "0022"},
        {"process.uid": SHOWN, "process.gid": FITS},
    ),
    Example(
        "another user, and nothing shows that the path is refused to it",
        DENIED,
        {"process.uid": 1000},
        {"process.uid": 1001},
        {"process.uid": FITS},
    ),
    Example(
        "a directory of local's user",
        DENIED,
        {"process.uid": 1000, "volumes./data": OURS},
        {"process.uid": 1001, "volumes./data": {**OURS, "writable": False}},
        {"process.uid": SHOWN, "volumes./data": SHOWN},
    ),
    Example(
        "a file that is run",
        trace(
            "PermissionError: [Errno 13] Permission denied: '/data/tool'",
            "app.py:3 f: subprocess.run([tool])",
            "^subprocess.py:1901 _execute_child: raise child_exception_type(errno_num, err_msg, err_filename)",
        ),
        {"process.uid": 0},
        {"process.uid": 1000},
        {"process.uid": FITS},
    ),
    Example(
        "a path below the working directory",
        RELATIVE,
        {"volumes./app": OURS, "process.working_directory": {"path": "/app", "exists": True}},
        {"volumes./app": THEIRS, "process.working_directory": {"path": "/app", "exists": True}},
        {"volumes./app": NAMED},
    ),
    Example(
        "a root that is read-only",
        READ_ONLY,
        {"volumes./": {**OURS, "kind": "overlay"}, "process.read_only_root": False},
        {"volumes./": {**OURS, "kind": "overlay", "read_only": True}, "process.read_only_root": True},
        {"volumes./": NAMED, "process.read_only_root": SHOWN},
    ),
    Example(
        "a small tmpfs, and no path is named",
        FULL,
        {"volumes./tmp": {**OURS, "kind": "directory"}},
        {"volumes./tmp": {**OURS, "kind": "tmpfs", "size": 1 << 21}},
        {"volumes./tmp": NAMED},
    ),
    Example(
        "a home that cannot be written",
        CACHE,
        {"process.home": {**HOME, "path": "/home/dev"}, "environment.HOME": SET},
        {"process.home": {**HOME, "writable": False}, "environment.X": SET},
        {"process.home": NAMED, "environment.HOME": (0.85, 0.95)},
    ),
    Example("another mount", DENIED, {"volumes./logs": OURS}, {"volumes./logs": THEIRS}),
    Example(
        "the path is not there",
        trace("FileNotFoundError: [Errno 2] No such file or directory: '/data/x'", "app.py:3 f"),
        {"volumes./data": OURS},
        {"volumes./data": THEIRS},
    ),
    Example(
        "a database whose file cannot be made, by the line that opens it",
        trace(
            "sqlite3.OperationalError: unable to open database file",
            "app.py:2 <module>: db = sqlite3.connect('/data/a.db')",
        ),
        {"volumes./data": {"mode": "1777", "writable": True}},
        {"volumes./data": {"mode": "0755", "writable": False}},
        {"volumes./data": NAMED},
        {"app.py": "import sqlite3\ndb = sqlite3.connect('/data/a.db')\n"},
    ),
    Example(
        "nothing but the umask differs",
        trace("PermissionError: [Errno 13] Permission denied: '/var/spool/job'", "app.py:3 f: open(job)"),
        {"process.umask": "0022"},
        {"process.umask": "0077"},
        {"process.umask": SHOWN},
    ),
    Example(
        "a umask that takes nothing away",
        trace("PermissionError: [Errno 13] Permission denied: '/var/spool/job'", "app.py:3 f: open(job)"),
        {"process.umask": "0077"},
        {"process.umask": "0022"},
    ),
]
