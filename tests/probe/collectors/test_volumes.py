"""Mounts and paths, of real containers: whose they are, what the server may do there, and none that hangs it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parity.probe.collectors import volumes
from parity.probe.kit import Unavailable, View
from parity.probe.process import mountinfo, proc, serving
from tests.probe.running import Answer, run, run_inside

if TYPE_CHECKING:
    from docker import DockerClient

SECTION = {"sections": ["volumes"]}
SLEEP = "print('up', flush=True); import time; time.sleep(600)"


def test_this_machine() -> None:
    section = run(SECTION).sections["volumes"]
    root = section["items"]["/"]
    assert root["exists"] is True
    assert (root["uid"], root["mode"]) == (0, "0755")
    assert section["items"]["/tmp"]["mode"] == "1777"
    assert section["items"]["/tmp"]["writable"] is True
    assert not any(mountinfo.below(key, place) for key in section["items"] for place in ("/proc", "/sys"))


def test_paths_that_were_asked_for(tmp_path: Path) -> None:
    home = tmp_path / "alice"
    (home / "media").mkdir(parents=True, mode=0o700)
    (home / "media" / "file").touch(0o600)
    request = {**SECTION, "paths": ["media", "./media/../media/file", str(home / "media"), "~/media", "/none", "none"]}
    answer = run(request, cwd=home, env={"HOME": str(home)})
    items = answer.items("volumes")
    assert items["media"] == items["~/media"]
    assert items["media"]["kind"] == "directory"
    assert items["media/file"]["kind"] == "file"
    assert items["media/file"]["mode"] == "0600"
    assert items["/none"] == items["none"] == {"exists": False}
    assert b"alice" not in answer.out


def test_what_changes_by_itself_is_kept_apart() -> None:
    section = run(SECTION).sections["volumes"]
    assert section["volatile"]["/"].keys() == {"available_bytes", "available_inodes"}
    assert not {"available_bytes", "space"} & section["items"]["/"].keys()
    assert run(SECTION).sections["volumes"]["items"] == section["items"]


class Reads(View):
    """A view on which no directory may be listed."""

    def names(self, path: str) -> list[str]:
        raise AssertionError(path)


def looking_at(text: bytes, serves: bool = True, cwd: str = "/srv", **options: Any) -> dict[str, Any]:
    """The section for this process as if it saw the mounts of `text`."""
    view = Reads(options)
    view.process = serving.find({})
    view.process.serves = serves
    view.process.cwd = cwd
    view.process._mounts = mountinfo.parse(text)
    return dict(volumes.collect(view).as_dict())


ROOT = b"10 1 8:1 / / rw - ext4 /dev/sda1 rw\n"


def test_a_password_in_the_options_of_a_mount_stays_there() -> None:
    options = b"11 10 0:40 / /usr rw,noexec - ext4 //server/share ro,username=u,password=VOLPW\n"
    section = looking_at(ROOT + options)
    assert section["items"]["/usr"]["read_only"] is True
    assert section["items"]["/usr"]["noexec"] is True
    assert not any(word in repr(section) for word in ("VOLPW", "username", "server"))


def test_a_mountpoint_of_hostile_text_hides_itself_alone() -> None:
    section = looking_at(ROOT + b"11 10 0:40 / /a*[b]\x1b[2J rw - autofs x rw\n")
    assert section["items"]["/a*[b]\x1b[2J"]["kind"] == "automount"
    assert section["hidden"] == ["/a[*][[]b]\x1b[[]2J"]


def test_a_line_that_is_not_understood_hides_what_it_may_have_told() -> None:
    section = looking_at(ROOT + b"and now something else\n")
    assert (section["status"], section["hidden"]) == ("partial", ["*"])
    assert "/" in section["items"]


def test_more_mounts_than_anybody_has_are_cut_and_said_to_be() -> None:
    lines = [b"%d 10 0:%d / /m%03d rw - tmpfs x rw" % (20 + number, number, number) for number in range(400)]
    section = looking_at(ROOT + b"\n".join(lines))
    assert section["hidden"] == ["*"]
    assert len(section["items"]) <= volumes.MOUNTS_LIMIT + 2


def test_of_a_whole_machine_only_what_the_program_meets_is_told() -> None:
    text = (Path(__file__).parents[1] / "data" / "mountinfo" / "laptop.txt").read_bytes()
    section = looking_at(text, serves=False, cwd="/home/alice/project", paths=["/boot/efi/x"])
    assert set(section["items"]) == {"/", "/home", "/boot/efi", "/boot/efi/x", "/dev/shm", "/run", "/tmp"}
    assert len(section["notes"]) == 1
    served = looking_at(text, cwd="/home/alice/project")
    assert {"/snap/core22/1122", "/home/alice/remote", "/run/user/1000"} <= set(served["items"])


class NoMounts(proc.Process):
    """A process of a system that does not tell what is mounted."""

    mounts = None


def test_without_mountinfo_only_what_was_asked_for_is_told(tmp_path: Path) -> None:
    view = View({"paths": [str(tmp_path)]})
    view.process = NoMounts(os.getpid(), environ={}, cwd="/", refused={"mountinfo": "ENOENT no such file or directory"})
    section = volumes.collect(view).as_dict()
    assert section["hidden"] == ["*"]
    assert section["items"][str(tmp_path)]["exists"] is True
    view.options = {}
    with pytest.raises(Unavailable, match="ENOENT"):
        volumes.collect(view)


Look = Callable[..., Answer]


@pytest.fixture
def look(docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]) -> Look:
    """look(request, user=..., command=..., **options) -> the probe's answer for a container's PID 1."""

    def start(request: dict[str, Any], exec_as: str = "", command: list[str] | None = None, **options: Any) -> Answer:
        name = run_container(base_image("bookworm"), command or ["python3", "-c", SLEEP], ready="up", **options)
        return run_inside(docker_engine, name, {**SECTION, **request}, user=exec_as)

    return start


@pytest.mark.docker
def test_the_mounts_of_a_container(look: Look, tmp_path: Path) -> None:
    (tmp_path / "bound").mkdir(mode=0o751)
    items = look(
        {},
        read_only=True,
        tmpfs={"/scratch": "mode=0700,uid=7,gid=8"},
        named_volumes={"data": {"bind": "/data", "mode": "rw"}},
        volumes={str(tmp_path / "bound"): {"bind": "/bound", "mode": "ro"}},
    ).items("volumes")
    assert set(items) == {"/", "/tmp", "/dev/shm", "/scratch", "/data", "/bound"}
    kinds = {key: item["kind"] for key, item in items.items()}
    assert kinds["/data"] == "volume"
    assert kinds["/bound"] == "bind"
    assert kinds["/scratch"] == kinds["/dev/shm"] == "tmpfs"
    assert kinds["/tmp"] == "directory"
    assert {key for key, item in items.items() if item["read_only"]} == {"/", "/tmp", "/bound"}
    assert {key for key, item in items.items() if not item["writable"]} == {"/", "/tmp", "/bound"}
    assert (items["/scratch"]["uid"], items["/scratch"]["gid"]) == (7, 8)
    assert (items["/scratch"]["user"], items["/scratch"]["group"]) == ("lp", "mail")
    assert items["/scratch"]["noexec"] is True
    assert items["/bound"]["mode"] == "0751"


PREPARE = (
    "mkdir -p /p/open /p/group /p/closed /p/behind/open && chmod 777 /p/open /p/behind/open && chmod 700 /p/behind "
    "&& chgrp 44 /p/group && chmod 770 /p/group && touch /p/file && chmod 604 /p/file && exec "
)


@pytest.mark.docker
@pytest.mark.parametrize(
    ("asked_as", "options"),
    [
        ("the server itself", {"exec_as": "4321:4321"}),
        ("root, becoming the server", {}),
        ("root, that may become nobody", {"cap_drop": ["SETUID", "SETGID"]}),
    ],
)
def test_access_is_that_of_the_server_whoever_asks(
    look: Look, asked_as: str, options: dict[str, Any], tmp_path: Path
) -> None:
    drop = "import os; os.setgroups([44]); os.setgid(4321); os.setuid(4321); "
    command = ["sh", "-c", PREPARE + 'python3 -c "$0"', drop + SLEEP]
    if options.get("cap_drop"):
        # The server cannot give up root there: it never was root, and what it meets lies in a bind mount.
        for name, mode in {"open": 0o777, "closed": 0o755, "group": 0o770, "behind": 0o700}.items():
            (tmp_path / name).mkdir()
            (tmp_path / name).chmod(mode)
        (tmp_path / "behind" / "open").mkdir()
        (tmp_path / "behind" / "open").chmod(0o777)
        (tmp_path / "file").touch()
        (tmp_path / "file").chmod(0o604)
        (tmp_path / "group").chmod(0o770)
        tmp_path.chmod(0o755)
        os.chown(tmp_path / "group", -1, 44)
        options = {**options, "exec_as": "0", "user": "4321:4321", "group_add": ["44"]}
        options["volumes"] = {str(tmp_path): {"bind": "/p", "mode": "rw"}}
        command = ["python3", "-c", SLEEP]
    paths = ["/p/open", "/p/group", "/p/closed", "/p/behind", "/p/file", "/etc/shadow", "/proc/sys/kernel/hostname"]
    answer = look({"paths": paths}, command=command, **options)
    items = answer.items("volumes")
    rights = {key: (items[key]["readable"], items[key]["writable"]) for key in paths}
    assert answer.serving["uid"] == 4321
    assert rights == {
        "/p/open": (True, True),
        "/p/group": (True, True),
        "/p/closed": (True, False),
        "/p/behind": (False, False),
        "/p/file": (True, False),
        "/etc/shadow": (False, False),
        "/proc/sys/kernel/hostname": (True, False),
    }
    assert items["/"]["writable"] is False


HUNG = """
import ctypes, os
for place in ('/hung', '/hung2', '/home-of-it'):
    os.mkdir(place)
    device = os.open('/dev/fuse', os.O_RDWR)
    options = ('fd=%d,rootmode=40000,user_id=0,group_id=0' % device).encode()
    kind = b'fuse.sshfs' if place == '/hung' else b'fuse'
    if ctypes.CDLL(None, use_errno=True).mount(b'server', place.encode(), kind, 0, options):
        raise OSError(ctypes.get_errno(), 'mount')
"""
"""File systems whose server never answers: nobody reads from the devices."""


@pytest.mark.docker
def test_a_mount_that_hangs_costs_a_second_and_itself(look: Look, docker_engine: DockerClient) -> None:
    began = time.monotonic()
    answer = look(
        {"paths": ["/hung/below", "/etc"], "sections": ["process", "volumes", "environment"]},
        command=["python3", "-c", HUNG + SLEEP],
        devices=["/dev/fuse"],
        cap_add=["SYS_ADMIN"],
        security_opt=["apparmor=unconfined"],
        environment={"HOME": "/home-of-it/x"},
    )
    assert time.monotonic() - began < 15
    assert answer.seconds < 5
    section = answer.sections["volumes"]
    assert (section["status"], section["reason"]) == ("partial", "it did not answer in time")
    assert section["hidden"] == ["/home-of-it", "/hung", "/hung/below", "/hung2"]
    assert section["items"]["/hung"] == {
        "kind": "network",
        "filesystem": "fuse.sshfs",
        "read_only": False,
        "noexec": False,
    }
    assert section["items"]["/hung2"]["kind"] == "fuse"
    assert section["items"]["/etc"]["mode"] == "0755"
    assert answer.sections["process"]["hidden"] == ["home"]
    assert answer.sections["environment"]["status"] == "ok"
    for container in docker_engine.containers.list():
        if "/hung" in repr(container.attrs["Args"]):
            assert len(container.top()["Processes"]) == 1
