"""What this process, and processes with limits of their own, may use."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from parity.probe.collectors import limits
from parity.probe.kit import Unavailable, View
from parity.probe.limits import cpulist, rlimits
from parity.probe.process.proc import Process
from tests.probe.running import run

SECTION = {"sections": ["limits"]}
NONE = "unlimited"


def test_this_process() -> None:
    section = run(SECTION).sections["limits"]
    assert (section["status"], section["reason"]) == ("ok", None)
    items = section["items"]
    assert items.keys() <= limits.COMPARED.keys()
    assert items["affinity"] == len(os.sched_getaffinity(0))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert (items["nofile"], items["nofile_hard"]) == (soft, hard)
    shared = os.statvfs("/dev/shm")
    assert items["shm"] == shared.f_blocks * shared.f_frsize


def test_the_limits_are_those_of_the_process_that_was_asked_for() -> None:
    words = "ulimit -Sn 77; ulimit -Hn 99; ulimit -v 4000000; ulimit -f 2048; ulimit -c 0; ulimit -s 1024"
    command = f"{words}; exec {sys.executable} -c 'print(1, flush=True); import time; time.sleep(60)'"
    with subprocess.Popen(["sh", "-c", command], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"1\n"
            items = run({**SECTION, "pid": process.pid, "rerun": False}).items("limits")
        finally:
            process.kill()
    told = {key: items[key] for key in ("nofile", "nofile_hard", "address_space", "file_size", "core", "stack")}
    assert told == {
        "nofile": 77,
        "nofile_hard": 99,
        "address_space": 4_000_000 << 10,
        "file_size": 2048 * 512,
        "core": 0,
        "stack": 1 << 20,
    }


def test_room_is_told_apart_from_limits_and_tells_of_nobody(tmp_path: Path) -> None:
    home = tmp_path / "alice"
    (home / "media").mkdir(parents=True)
    answer = run({**SECTION, "paths": ["~/media", "/none"]}, cwd=home, env={"HOME": str(home)})
    volatile = answer.sections["limits"]["volatile"]
    free = {key: left for key, left in volatile.items() if key.startswith("free.")}
    assert free.keys() == {"free./tmp", "free./dev/shm", "free.HOME", "free.CWD", "free.~/media"}
    assert all(left["available_bytes"] > 0 for left in free.values())
    assert b"alice" not in answer.out


def test_what_does_not_run_has_no_limits() -> None:
    view = View()
    view.process = Process(0)
    with pytest.raises(Unavailable, match="running process"):
        limits.collect(view)


TABLE = """\
Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max stack size            8388608              unlimited            bytes     
Max open files            1024                 1048576              files     
Max locked memory         8388608              8388608              bytes     
Max nice priority         0                    0                    
"""  # noqa: W291 - as the kernel pads it


def test_a_table_of_limits() -> None:
    expected = {"stack": (8388608, NONE), "nofile": (1024, 1048576), "memlock": (8388608, 8388608)}
    assert rlimits.parse(TABLE) == expected
    assert rlimits.parse("Max open files none\nMax\n\x00") == {}


@pytest.mark.parametrize(
    ("text", "count"), [("0-3,8\n", 5), ("0", 1), ("0-1", 2), ("", 0), ("0-", 1), ("a-b", 0), ("0,,1", 0)]
)
def test_lists_of_cpus(text: str, count: int) -> None:
    assert cpulist.count(text) == count
