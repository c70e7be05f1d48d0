"""Two containers from one image that differ in what they allow, one known way for each fact, and what fails by it.

`FAILING` holds a program for each fact: it ends well in the local one and not in the other, and for that reason alone.
"""

from __future__ import annotations

from typing import Any

_MIB = 1 << 20

_BOTH: dict[str, Any] = {
    "command": ["python3", "-c", "print('serving', flush=True); import time; time.sleep(600)"],
    "hostname": "web",
    "user": "4321:4321",
}
LOCAL: dict[str, Any] = {
    **_BOTH,
    "extra_hosts": {"db.internal": "10.1.2.3"},
    "sysctls": {"net.ipv6.conf.all.disable_ipv6": "0"},
    "tmpfs": {"/cache": "size=128m,mode=1777"},
}


def production() -> dict[str, Any]:
    """How the other is started; ulimits are docker-py's, which is imported where there is an engine."""
    from docker.types import Ulimit

    bounds = {"nofile": 64, "data": 300 * _MIB, "fsize": _MIB, "memlock": 4096, "stack": 512 << 10}
    return {
        **_BOTH,
        "sysctls": {"net.ipv6.conf.all.disable_ipv6": "1"},
        "tmpfs": {"/cache": "size=8m,mode=1777"},
        "ulimits": [Ulimit(name=name, soft=bound, hard=bound) for name, bound in bounds.items()],
        "mem_limit": "64m",
        "memswap_limit": "64m",
        "nano_cpus": 300_000_000,
        "cpuset_cpus": "0",
        "pids_limit": 24,
        "shm_size": "1m",
    }


_THREADS = """
import threading
done = threading.Event()
threads = [threading.Thread(target=done.wait) for _ in range(40)]
try:
    for thread in threads:
        thread.start()
finally:
    done.set()
"""

_BUSY = """
import glob, time
def throttled():
    found = [*glob.glob("/sys/fs/cgroup/cpu/cpu.stat"), *glob.glob("/sys/fs/cgroup/cpu.stat")]
    return [line for path in found for line in open(path) if line.startswith("nr_throttled")]
before = throttled()
# On a busy machine the share that is allowed is seldom had in full.
while time.process_time() < 0.6:
    assert throttled() == before, "it had to wait"
"""

_LOCKED = """
import ctypes
held = ctypes.create_string_buffer(32 << 10)
assert ctypes.CDLL(None).mlock(held, len(held)) == 0
"""

_SHARED = """
from multiprocessing.shared_memory import SharedMemory
shared = SharedMemory(create=True, size=8 << 20)
try:
    shared.buf[:] = bytes(8 << 20)
finally:
    shared.unlink()
"""

_RECURSIVE = "import json, sys; sys.setrecursionlimit(10**6); json.loads('[' * 8000 + ']' * 8000)"

FAILING = {
    ("limits", "memory"): "bytearray(120 << 20)",
    ("limits", "data"): "import mmap; mmap.mmap(-1, 400 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)",
    ("limits", "file_size"): "open('/cache/one', 'wb').write(bytes(2 << 20))",
    ("limits", "nofile"): "files = [open('/dev/null') for _ in range(100)]",
    ("limits", "pids"): _THREADS,
    ("limits", "cpu"): _BUSY,
    ("limits", "affinity"): "import os; os.sched_setaffinity(0, {1})",
    ("limits", "memlock"): _LOCKED,
    ("limits", "shm"): _SHARED,
    ("limits", "stack"): _RECURSIVE,
    ("network", "hosts.db.internal"): "import socket; socket.gethostbyname('db.internal')",
    ("network", "ipv6"): "import socket; socket.create_server(('::1', 0), family=socket.AF_INET6)",
    ("volumes", "/cache"): "for name in range(12): open('/cache/' + str(name), 'wb').write(bytes(1 << 20))",
}
"""{(section, key) of the fact: a program}."""

BESIDE = {("limits", "nofile_hard"), ("limits", "swap")}
"""What else differs by the same options, and is of no weight."""
