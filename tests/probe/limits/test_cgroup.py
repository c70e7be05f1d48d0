"""What control groups allow: of this machine and of containers as they are, of the other version as it was captured."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parity.probe.kit import READ_LIMIT, View
from parity.probe.limits import cgroup
from parity.probe.process import mountinfo, proc
from tests.images.fixtures import RunContainer
from tests.probe.running import run_inside

if TYPE_CHECKING:
    from collections.abc import Callable

    from docker import DockerClient

NONE = "unlimited"
MIB = 1 << 20


class Kernel(View):
    """The files of a kernel that is not this one: /proc of process 7 is in a directory."""

    def __init__(self, proc: Path) -> None:
        super().__init__()
        self.proc = proc

    def read(self, path: str, limit: int = READ_LIMIT, follow: bool = False, start: int = 0) -> bytes:
        data: bytes = super().read(path.replace("/proc/7/", f"{self.proc}/"), limit, follow, start)
        return data


def put(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def look(tmp_path: Path, groups: str, mounts: str, files: Mapping[str, str]) -> tuple[dict[str, Any], str | None]:
    """({fact: value} of the groups that are found, why there are no others); mounts stand below the directory."""
    put(tmp_path, {"proc/cgroup": groups, **files})
    root = "10 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    table = mountinfo.parse((root + mounts.replace("@", str(tmp_path))).encode())
    found, reason = cgroup.find(Kernel(tmp_path / "proc"), proc.Process(7), table)
    facts = (("memory", cgroup.memory), ("swap", cgroup.swap), ("cpu", cgroup.cpu), ("pids", cgroup.pids))
    told = {
        key: fact(found["memory" if key == "swap" else key]) for key, fact in facts if key in found or key == "swap"
    }
    return {**told, **cgroup.used(found)}, reason


SECOND = "30 10 0:27 / @/fs rw,nosuid,nodev,noexec,relatime - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n"
EVENTS = "low 0\nhigh 0\nmax 17\noom 2\noom_kill 1\noom_group_kill 0\n"


def test_version_2_as_a_container_of_a_private_namespace_sees_it(tmp_path: Path) -> None:
    files = {
        "fs/cgroup.controllers": "cpuset cpu io memory hugetlb pids rdma misc\n",
        "fs/memory.max": "536870912\n",
        "fs/memory.swap.max": "0\n",
        "fs/memory.current": "9945088\n",
        "fs/memory.peak": "12255232\n",
        "fs/memory.events": EVENTS,
        "fs/cpu.max": "150000 100000\n",
        "fs/pids.max": "100\n",
        "fs/pids.current": "3\n",
    }
    found, reason = look(tmp_path, "0::/\n", SECOND, files)
    assert reason is None
    assert found == {
        "memory": 512 * MIB,
        "swap": 0,
        "cpu": 1.5,
        "pids": 100,
        "memory_used": 9945088,
        "memory_peak": 12255232,
        "oom_kills": 1,
        "pids_used": 3,
    }


def test_version_2_of_a_service_is_bound_by_the_slices_above_it(tmp_path: Path) -> None:
    unit, above = "fs/system.slice/web.service/", "fs/system.slice/"
    files = {
        unit + "memory.max": "max\n",
        above + "memory.max": "1073741824\n",
        unit + "memory.swap.max": "max\n",
        unit + "cpu.max": "max 100000\n",
        above + "cpu.max": "300000 100000\n",
        unit + "pids.max": "4915\n",
        above + "pids.max": "max\n",
        unit + "memory.current": "1048576\n",
        "fs/cgroup.controllers": "cpu memory pids\n",
    }
    found, _ = look(tmp_path, "0::/system.slice/web.service\n", SECOND, files)
    assert found == {"memory": 1 << 30, "swap": NONE, "cpu": 3.0, "pids": 4915, "memory_used": MIB}


def test_the_root_of_version_2_and_a_controller_that_is_off_limit_nothing(tmp_path: Path) -> None:
    found, reason = look(tmp_path, "0::/\n", SECOND, {"fs/cgroup.controllers": "cpu memory pids\n"})
    assert (found, reason) == ({"memory": NONE, "swap": NONE, "cpu": NONE, "pids": NONE}, None)


FIRST = """\
80 10 0:29 /docker/4f @/fs/cpu,cpuacct ro,relatime - cgroup cgroup rw,cpu,cpuacct
83 10 0:32 /docker/4f @/fs/memory ro,relatime - cgroup cgroup rw,memory
87 10 0:36 /docker/4f @/fs/pids ro,relatime - cgroup cgroup rw,pids
88 10 0:37 / @/fs/unified ro,relatime - cgroup2 cgroup rw
"""
GROUPS = (
    "9:pids:/docker/4f\n7:cpu,cpuacct:/docker/4f\n4:memory:/docker/4f/web\n1:name=systemd:/docker/4f\n0::/docker/4f\n"
)


def test_version_1_with_version_2_beside_it(tmp_path: Path) -> None:
    files = {
        "fs/memory/web/memory.limit_in_bytes": "9223372036854771712\n",
        "fs/memory/web/memory.stat": "cache 0\nhierarchical_memory_limit 134217728\n",
        "fs/memory/memory.limit_in_bytes": "268435456\n",
        "fs/memory/memory.memsw.limit_in_bytes": "536870912\n",
        "fs/memory/web/memory.usage_in_bytes": "5242880\n",
        "fs/memory/web/memory.max_usage_in_bytes": "6291456\n",
        "fs/memory/web/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n",
        "fs/cpu,cpuacct/cpu.cfs_quota_us": "50000\n",
        "fs/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
        "fs/pids/pids.max": "max\n",
        "fs/pids/pids.current": "2\n",
        "fs/unified/docker/4f/cgroup.controllers": "\n",
    }
    found, reason = look(tmp_path, GROUPS, FIRST, files)
    assert reason is None
    assert found == {
        # Tighter than what can be seen above, and told all the same.
        "memory": 128 * MIB,
        "swap": 512 * MIB - 128 * MIB,
        "cpu": 0.5,
        "pids": NONE,
        "memory_used": 5 * MIB,
        "memory_peak": 6 * MIB,
        "oom_kills": 4,
        "pids_used": 2,
    }


@pytest.mark.parametrize(
    ("groups", "mounts"),
    [
        ("0::/\n", ""),
        ("", SECOND),
        # The group is outside of what the namespace shows, or of what is mounted.
        ("0::/../web\n", SECOND),
        ("0::/other\n", SECOND.replace(" / @", " /web @")),
        ("0::/gone\n", SECOND),
        ("torn\n", SECOND),
    ],
)
def test_a_group_that_cannot_be_seen_is_not_one_without_limits(tmp_path: Path, groups: str, mounts: str) -> None:
    (tmp_path / "fs").mkdir()
    found, reason = cgroup.find(Kernel(tmp_path), proc.Process(7), mountinfo.parse(b""))
    assert (found, reason) == ({}, "ENOENT no such file or directory")
    put(tmp_path, {"proc/cgroup": groups})
    table = mountinfo.parse(b"10 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + mounts.replace("@", str(tmp_path)).encode())
    found, reason = cgroup.find(Kernel(tmp_path / "proc"), proc.Process(7), table)
    assert (found, reason) == ({}, "its control group cannot be seen")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("max", NONE),
        ("-1", NONE),
        ("0", 0),
        ("9223372036854771712", NONE),
        ("", None),
        (None, None),
        ("1.5", None),
        ("9" * 40, None),
    ],
)
def test_numbers(text: str | None, number: object) -> None:
    assert cgroup.number(text) == number


def test_files_that_say_something_else_limit_nothing(tmp_path: Path) -> None:
    files = {
        "fs/memory.max": "\x00",
        "fs/cpu.max": "fast\n",
        "fs/pids.max": "many\n",
        "fs/memory.events": "oom_kill x\n",
    }
    found, _ = look(tmp_path, "0::/\n", SECOND, files)
    assert found == {"memory": NONE, "swap": NONE, "cpu": NONE, "pids": NONE}


def test_this_machine() -> None:
    process = proc.read(os.getpid())
    found, reason = cgroup.find(View(), process, process.mounts)
    assert (set(found), reason) == (set(cgroup.CONTROLLERS), None)


@pytest.mark.docker
def test_a_container_as_it_is(
    docker_engine: DockerClient, run_container: RunContainer, base_image: Callable[[str], str]
) -> None:
    options = {"mem_limit": "96m", "memswap_limit": "128m", "nano_cpus": 1_500_000_000, "pids_limit": 60}
    name = run_container(base_image("bookworm"), ["sleep", "60"], **options)
    limits = run_inside(docker_engine, name, {"sections": ["limits"]}).sections["limits"]
    told = {key: limits["items"][key] for key in ("memory", "swap", "cpu", "pids")}
    assert told == {"memory": 96 * MIB, "swap": 32 * MIB, "cpu": 1.5, "pids": 60}
    assert 0 < limits["volatile"]["memory_used"] <= limits["volatile"]["memory_peak"] <= 96 * MIB
    assert limits["volatile"]["oom_kills"] == 0
    assert limits["volatile"]["pids_used"] > 0
