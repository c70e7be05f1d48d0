"""Examples of `system_call`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import NAMED, SET, SHOWN, Example

LOCK = trace("OSError: [Errno 12] Cannot allocate memory", "app.py:3 f: libc.mlockall(3)")
ROUTE = trace("OSError: [Errno 101] Network is unreachable", "app.py:3 f: sock.connect(address)")
LEFT = trace("TimeoutError: the child does not end", "app.py:3 f: wait(child)")
STOPPED = trace("subprocess.TimeoutExpired: Command 'x' timed out after 5 seconds", "app.py:3 f: child.wait(5)")
LOOKS = {"app.py": "def f():\n    os.kill(child, 0)\n    wait(child)\n"}
STOPS = {"app.py": "def f():\n    child.terminate()\n    child.wait(5)\n"}
HELPER = "far: /etc/far.key: Permission denied\n" + trace(
    "subprocess.CalledProcessError: Command 'far' returned non-zero exit status 1.",
    "app.py:3 f: subprocess.run(['far'], check=True)",
)
BUSY = trace("OSError: [Errno 16] Device or resource busy: '/app/a.ini'", "app.py:3 f: os.replace(b, '/app/a.ini')")
LOCKED = trace("OSError: [Errno 95] Operation not supported", "app.py:3 f: fcntl.flock(f, fcntl.LOCK_EX)")
ALL = {"process.capabilities": {"effective": ["CHOWN", "KILL", "SYS_NICE"]}}
NONE = {"process.capabilities": {"effective": ["CHOWN"]}}

EXAMPLES = [
    Example(
        "memory is locked", LOCK, {"limits.memlock": "unlimited"}, {"limits.memlock": 65536}, {"limits.memlock": NAMED}
    ),
    Example("memory is locked, and production may lock more", LOCK, {"limits.memlock": 1}, {"limits.memlock": 65536}),
    Example(
        "no network",
        ROUTE,
        {"container.network_mode": "bridge"},
        {"container.network_mode": "none"},
        {"container.network_mode": NAMED},
    ),
    Example(
        "nobody reaps", LEFT, {"container.init": True}, {"container.init": False}, {"container.init": NAMED}, LOOKS
    ),
    Example("somebody reaps there", LEFT, {"container.init": False}, {"container.init": True}, {}, LOOKS),
    Example(
        "a signal that is ignored",
        STOPPED,
        {"process.uid": 1},
        {"process.uid": 1, "process.ignored_signals": {"names": ["SIGHUP", "SIGTERM"]}},
        {"process.ignored_signals": NAMED},
        STOPS,
    ),
    Example(
        "another signal is ignored",
        STOPPED,
        {"process.uid": 1},
        {"process.uid": 1, "process.ignored_signals": {"names": ["SIGHUP"]}},
        {},
        STOPS,
    ),
    Example(
        "a helper that gains nothing",
        HELPER,
        {"process.no_new_privileges": False},
        {"process.no_new_privileges": True},
        {"process.no_new_privileges": SHOWN},
    ),
    Example(
        "what a helper tells of another",
        HELPER.replace("far: ", "remote: "),
        {"process.no_new_privileges": False},
        {"process.no_new_privileges": True},
    ),
    Example(
        "a priority without the capability",
        trace("PermissionError: [Errno 1] Operation not permitted", "app.py:3 f: os.setpriority(0, 0, -5)"),
        ALL,
        NONE,
        {"process.capabilities": NAMED},
    ),
    Example(
        "a file that is a mount",
        BUSY,
        {"volumes./": {"exists": True, "kind": "overlay"}},
        {"volumes./": {"exists": True, "kind": "overlay"}, "volumes./app/a.ini": {"exists": True, "kind": "bind"}},
        {"volumes./app/a.ini": NAMED},
    ),
    Example(
        "a terminal that nobody names",
        trace("_curses.error: setupterm: could not find terminal", "app.py:3 f: curses.setupterm()"),
        {"environment.TERM": SET},
        {"environment.X": SET},
        {"environment.TERM": NAMED},
    ),
    Example("a lock that is refused, and no path is named", LOCKED, {"limits.nofile": 9}, {"limits.nofile": 8}),
]
