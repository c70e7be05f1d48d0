"""Whether there is a container, told from inside."""

from __future__ import annotations

import pytest

from parity.probe.collectors import container
from parity.probe.kit import Absent, Skipped, Unavailable, View
from parity.probe.process import mountinfo
from parity.probe.process.proc import Process

ROOT = b"10 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
RESOLVER = b"11 10 8:1 /x/resolv.conf /etc/resolv.conf rw - ext4 /dev/sda1 rw\n"


class Bare(View):
    """A machine on which no engine has left a mark."""

    def exists(self, path: str) -> bool:
        return False


def view(mounts: bytes, pid: int = 1) -> Bare:
    found = Bare()
    found.process = Process(pid)
    found.process._mounts = mountinfo.parse(mounts)
    return found


def test_a_machine_is_no_container() -> None:
    with pytest.raises(Absent, match="no container"):
        container.collect(view(ROOT))


def test_from_inside_nobody_can_tell_how_a_container_is_made() -> None:
    with pytest.raises(Skipped, match="engine was not asked"):
        container.collect(view(ROOT + RESOLVER))


def test_files_alone_do_not_tell() -> None:
    with pytest.raises(Unavailable, match="only an engine"):
        container.collect(view(ROOT, pid=0))
