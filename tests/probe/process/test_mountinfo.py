"""The mounts of a process: case files named for their oddity, and the walk from the root to a path."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe.process import mountinfo

CASES = sorted((Path(__file__).parents[1] / "data" / "mountinfo").glob("*.txt"))
FLAGS = ("read_only", "noexec", "pseudo", "risky")


def told(mount: mountinfo.Mount) -> str:
    return " ".join([mount.kind, mount.filesystem, *(flag for flag in FLAGS if getattr(mount, flag))])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    expected = json.loads(case.with_suffix(".json").read_text("ascii"))
    table = mountinfo.parse(case.read_bytes())
    found = {mount.path: told(mount) for mount in table.visible()}
    if "without" in expected:
        found = {path: words for path, words in found.items() if expected["without"] not in words.split()}
    assert found == expected["mounts"]
    assert table.unparsed == expected["unparsed"]


def test_there_are_cases_and_each_is_whole() -> None:
    assert len(CASES) > 5
    assert {case.stem for case in CASES} == {path.stem for path in CASES[0].parent.glob("*.json")}


def test_this_machine() -> None:
    table = mountinfo.parse(Path("/proc/self/mountinfo").read_bytes())
    assert table.unparsed == 0
    root = table.holding("/")
    assert root is not None
    assert root.read_only is bool(os.statvfs("/").f_flag & os.ST_RDONLY)
    devices = {mount.path: Path(mount.path).stat().st_dev for mount in table.visible() if mount.filesystem == "tmpfs"}
    assert len(devices) > 0
    for path, device in devices.items():
        assert (table.holding(path + "/below") or root).path == path
        assert Path(path).stat().st_dev == device


@pytest.mark.parametrize(
    ("path", "held", "risky"),
    [
        ("/", "/", False),
        ("/etc/passwd", "/", False),
        ("/nfs", "/nfs", True),
        ("/nfs/a/b", "/nfs", True),
        ("/nfs/cache/x", "/nfs/cache", True),
        ("/nfsX", "/", False),
        ("/share/../share", "/share", True),
    ],
)
def test_the_mounts_on_the_way_count(path: str, held: str, risky: bool) -> None:
    table = mountinfo.parse((CASES[0].parent / "network_with_password.txt").read_bytes())
    mount = table.holding(path)
    assert mount is not None
    assert mount.path == held
    assert any(one.risky for one in table.trail(path)) is risky


def test_no_option_of_a_file_system_is_kept() -> None:
    table = mountinfo.parse((CASES[0].parent / "network_with_password.txt").read_bytes())
    assert "VOLPW" not in repr([vars(mount) for mount in table.mounts])


@given(st.binary(max_size=400))
def test_no_bytes_break_it(text: bytes) -> None:
    table = mountinfo.parse(b"10 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + text)
    assert len(table.mounts) + table.unparsed >= 1
    table.visible()


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from(["/", "/a", "/a/b", "/c"])), max_size=8)
)
def test_no_tree_of_mounts_makes_it_walk_in_circles(rows: list[tuple[int, int, str]]) -> None:
    lines = [f"{identifier} {parent} 0:1 / {path} rw - tmpfs x rw" for identifier, parent, path in rows]
    table = mountinfo.parse("\n".join(lines).encode())
    for path in ("/", "/a/b/c", "/c"):
        assert len(table.trail(path)) <= len(rows)


def test_the_mounts_of_a_container_are_told_from_a_machines() -> None:
    contained = {case.stem for case in CASES if mountinfo.parse(case.read_bytes()).contained}
    assert {"docker_read_only", "kubernetes"} <= contained
    assert not contained & {"laptop", "network_with_password"}
