"""What a process may do with a path: by mode bits, and as the kernel itself would answer it."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from parity.probe.kit import View
from parity.probe.process import access, mountinfo, proc, serving

READ, WRITE, SEARCH = 4, 2, 1
OVERRIDE, READ_SEARCH = 1 << 1, 1 << 2


def process(uid: int, gid: int, groups: str = "", capabilities: int = 0) -> proc.Process:
    ids = {"Uid": f"{uid}\t{uid}\t{uid}\t{uid}", "Gid": f"{gid}\t{gid}\t{gid}\t{gid}"}
    return proc.Process(1, status={**ids, "Groups": groups, "CapEff": f"{capabilities:016x}"})


@pytest.mark.parametrize(
    ("who", "owner", "mode", "wanted", "expected"),
    [
        (process(1, 1), (1, 2), 0o700, READ | WRITE | SEARCH, True),
        # The class that fits first counts, even where a later one would allow more.
        (process(1, 1), (1, 2), 0o077, READ, False),
        (process(1, 2), (9, 2), 0o707, READ, False),
        (process(1, 1, "2 3"), (9, 3), 0o070, WRITE | SEARCH, True),
        (process(1, 1), (9, 9), 0o005, READ | SEARCH, True),
        (process(1, 1), (9, 9), 0o005, WRITE, False),
        (process(0, 0), (9, 9), 0o000, READ, False),
        (process(0, 0, capabilities=OVERRIDE), (9, 9), 0o000, READ | WRITE | SEARCH, True),
        (process(1, 1, capabilities=READ_SEARCH), (9, 9), 0o000, READ | SEARCH, True),
        (process(1, 1, capabilities=READ_SEARCH), (9, 9), 0o000, WRITE, False),
    ],
)
def test_the_mode_of_a_directory(
    who: proc.Process, owner: tuple[int, int], mode: int, wanted: int, expected: bool
) -> None:
    status = SimpleNamespace(st_uid=owner[0], st_gid=owner[1], st_mode=0o040000 | mode)
    assert access.permits(who, status, wanted) is expected


def test_no_capability_makes_a_plain_file_a_program() -> None:
    root = process(0, 0, capabilities=OVERRIDE)
    plain = SimpleNamespace(st_uid=9, st_gid=9, st_mode=0o100644)
    assert access.permits(root, plain, WRITE)
    assert not access.permits(root, plain, SEARCH)


@pytest.fixture
def view() -> View:
    found = View()
    found.process = serving.find({})
    return found


def test_facts_of_real_paths(view: View, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(0o640)
    directory = tmp_path / "directory"
    directory.mkdir(0o750)
    link = tmp_path / "link"
    link.symlink_to(directory)
    paths = [str(path) for path in (file, directory, link, tmp_path / "none", file / "below")]
    found, reasons = access.look(view, paths)
    assert reasons == {}
    assert found[paths[0]]["mode"] == 0o640
    assert found[paths[0]]["directory"] is False
    assert found[paths[1]] == found[paths[2]]
    assert (found[paths[1]]["uid"], found[paths[1]]["gid"]) == (os.geteuid(), os.getegid())
    assert found[paths[1]]["writable"] is True
    assert found[paths[1]]["space"] > 0
    assert found[paths[3]] == found[paths[4]] == {"exists": False}


def test_a_path_that_cannot_be_resolved_has_a_reason(view: View, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    long = str(tmp_path / ("x" * 300))
    found, reasons = access.look(view, [str(loop), long])
    assert found == {}
    assert reasons == {
        str(loop): "ELOOP too many levels of symbolic links",
        long: "ENAMETOOLONG file name too long",
    }


def _faults_of_children() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_minflt


def test_a_child_looks_only_where_something_may_hang(view: View) -> None:
    plain = b"10 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    view.process._mounts = mountinfo.parse(plain)
    before = _faults_of_children()
    found, _ = access.look(view, ["/", "/tmp"])
    assert _faults_of_children() == before
    # A link anywhere may lead into a mount that hangs, though the path itself does not.
    view.process._mounts = mountinfo.parse(plain + b"11 10 0:40 / /srv rw - nfs4 s:/ rw\n")
    again, _ = access.look(view, ["/", "/tmp"])
    assert _faults_of_children() > before
    assert {path: facts["mode"] for path, facts in again.items()} == {
        path: facts["mode"] for path, facts in found.items()
    }


def test_an_automount_is_not_touched(view: View) -> None:
    view.process._mounts = mountinfo.parse(
        b"10 1 8:1 / / rw - ext4 /dev/sda1 rw\n11 10 0:40 / /proc rw - autofs x rw\n"
    )
    assert access.look(view, ["/proc/self", "/"])[1] == {"/proc/self": access.AUTOMOUNT}


def test_more_paths_that_may_hang_than_children_are_left(view: View) -> None:
    lines = [b"10 1 8:1 / / rw - ext4 /dev/sda1 rw"]
    lines += [b"%d 10 0:%d / /n%d rw - nfs4 s:/ rw" % (number, number, number) for number in range(20, 60)]
    view.process._mounts = mountinfo.parse(b"\n".join(lines))
    found, reasons = access.look(view, [f"/n{number}" for number in range(20, 60)])
    assert len(found) == access.RISKY_LIMIT
    assert len(reasons) == 40 - access.RISKY_LIMIT


def test_a_look_after_the_deadline_takes_no_time(view: View) -> None:
    view.deadline = time.monotonic() - 1
    began = time.monotonic()
    found, reasons = access.look(view, ["/", "/tmp"])
    assert {*found, *reasons} == {"/", "/tmp"}
    assert time.monotonic() - began < 0.5
