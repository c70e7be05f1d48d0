"""Users and groups from passwd and group files, the home they name, and capabilities by name."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from parity.probe.kit import View
from parity.probe.process import accounts, capabilities, home, proc

PASSWD = """root:x:0:0:root:/root:/bin/sh
www-data:x:33:33::/var/www:/bin/false
alice:x:1000:1000:Alice A.:/home/alice:/bin/zsh
alice2:x:1000:1000::/elsewhere:/bin/sh
nobody:x:65534:65534::/nonexistent:/bin/false
short:x:1
bad:x:12a:1:::
esc\x1b[2J:x:5:5::/:/bin/sh
huge:x:99999999999:1::/:/bin/sh
# comment

"""


class Files(View):
    """A view of two files."""

    def text(self, path: str, limit: int = 0, follow: bool = True) -> str:
        if path == "/etc/passwd":
            return PASSWD
        raise FileNotFoundError(2, "none")


def view(serves: bool) -> Files:
    found = Files()
    found.process = proc.Process(1, environ={}, status={"Uid": "1000\t1000\t1000\t1000"})
    found.process.serves = serves
    return found


def test_the_first_row_of_an_id_counts_and_what_is_no_row_is_left_out() -> None:
    found = accounts.read(view(serves=True))
    assert found.users == {0: "root", 33: "www-data", 1000: "alice", 65534: "nobody"}
    assert found.homes[1000] == "/home/alice"
    assert found.groups == {}
    assert found.readable


def test_the_name_of_the_person_who_looks_is_left_out() -> None:
    assert accounts.read(view(serves=False)).users == {0: "root", 33: "www-data", 65534: "nobody"}


def test_this_machine() -> None:
    found = accounts.read(View())
    assert found.users[0] == pwd.getpwuid(0).pw_name
    assert found.homes[0] == pwd.getpwuid(0).pw_dir


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HOME": "/srv/app"}, ("/srv/app", "HOME")),
        ({"HOME": "/srv/../app/"}, ("/app", "HOME")),
        ({"HOME": ""}, ("/place", "HOME")),
        ({"HOME": "below"}, ("/place/below", "HOME")),
        ({}, ("/home/alice", "passwd")),
        (None, ("/home/alice", "passwd")),
    ],
)
def test_home_is_the_variable_or_else_the_passwd_entry(
    environ: dict[str, str] | None, expected: tuple[str, str]
) -> None:
    process = proc.Process(1, environ=environ, cwd="/place", status={"Uid": "1000\t1000\t1000\t1000"})
    assert home.directory(process, accounts.read(view(serves=True))) == expected


def test_a_uid_without_an_entry_has_no_home() -> None:
    process = proc.Process(1, environ={}, status={"Uid": "4321\t4321\t4321\t4321"})
    assert home.directory(process, accounts.read(view(serves=True))) == (None, None)


@pytest.mark.parametrize(
    ("path", "own", "shown"),
    [
        ("/home/alice", "/home/alice", "~"),
        ("/home/alice/project/data", "/home/alice", "~/project/data"),
        ("/home/alice2/x", "/home/alice", "~/x"),
        ("/Users/bob/x", None, "~/x"),
        ("/root/x", "/home/alice", "~/x"),
        ("/home", "/home/alice", "/home"),
        ("/srv/alice/x", "/srv/alice", "~/x"),
        ("/data", "/home/alice", "/data"),
        ("/data", "/", "/data"),
        ("/var/home/alice/x", None, "~/x"),
        ("/mnt/c/Users/Alice/AppData/bin", "/home/al", "/mnt/c/Users/~/AppData/bin"),
        ("/run/media/alice/disk", "/home/alice", "/run/media/~/disk"),
        ("/media/cdrom", "/home/alice", "/media/cdrom"),
        ("/etc/profiles/per-user/alice/bin", "/home/alice", "/etc/profiles/per-user/~/bin"),
    ],
)
def test_a_path_of_who_looks_does_not_tell_who_it_is(path: str, own: str | None, shown: str) -> None:
    assert home.shortened(path, view(serves=False).process, own) == shown
    assert home.shortened(path, view(serves=True).process, own) == path


def test_capabilities_have_the_names_that_the_kernel_gives_their_bits() -> None:
    # What Docker leaves a container: its documentation of --cap-add lists the same fourteen.
    docker = "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID SETPCAP"
    assert capabilities.names(0xA80425FB) == [*docker.split(), "SETUID", "SYS_CHROOT"]
    assert capabilities.names(0) == []
    assert capabilities.names(1 << 40 | 1 << 41) == ["CAP_41", "CHECKPOINT_RESTORE"]


def test_every_capability_of_this_kernel_has_a_name() -> None:
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text("ascii"))
    assert all(not name.startswith("CAP_") for name in capabilities.names((1 << last + 1) - 1)), os.uname().release
