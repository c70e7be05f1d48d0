"""A directory as a root file system: what the kernel says of paths in it, and what hostile trees do not reach."""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.probe.kit import NotRegular, TooLarge
from parity.probe.rooted import MOST_HELD, RootedView
from tests.probe.running import run
from tests.services import missing

OPENAT2 = 437
RESOLVE_IN_ROOT = 0x10
SECRET = b"Name: stolen\nVersion: 1\n"


def kernels_answer(root: Path, path: str, follow: bool) -> int:
    """The inode that openat2(2) finds for a path, `root` being its root; raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = os.O_PATH | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    how = struct.pack("QQQ", flags, 0, RESOLVE_IN_ROOT)
    directory = os.open(root, os.O_PATH | os.O_DIRECTORY)
    try:
        found = libc.syscall(OPENAT2, directory, path.encode(), how, len(how))
        if found < 0:
            number = ctypes.get_errno()
            if number in (errno.ENOSYS, errno.EPERM):
                missing("no openat2 on this kernel")
            raise OSError(number, os.strerror(number))
        try:
            return os.fstat(found).st_ino
        finally:
            os.close(found)
    finally:
        os.close(directory)


def outcome(ask: Callable[..., Any], *words: Any) -> Any:
    """What a question gives, or the number of its error as one below zero."""
    try:
        return ask(*words)
    except OSError as error:
        return -(error.errno or 0)


def inode(view: RootedView, path: str, follow: bool) -> int:
    return int(view.stat(path, follow).st_ino)


NAMES = st.sampled_from(["a", "b", "c"])
STEPS = st.sampled_from(["a", "b", "c", "..", ".", ""])
PATHS = st.lists(STEPS, max_size=6).map("/".join)
TARGETS = st.builds(lambda absolute, path: ("/" if absolute else "") + path or ".", st.booleans(), PATHS)
KINDS = st.one_of(st.just("directory"), st.just("file"), TARGETS)


@given(st.lists(st.tuples(st.lists(NAMES, min_size=1, max_size=3), KINDS), max_size=12), st.lists(PATHS, min_size=1))
def test_paths_lead_where_the_kernel_says(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[list[str], str]], asked: list[str]
) -> None:
    root = tmp_path_factory.mktemp("root")
    for parts, kind in entries:
        place = root.joinpath(*parts)
        if os.path.lexists(place) or not place.parent.is_dir() or place.parent.resolve() != place.parent:
            continue
        if kind == "directory":
            place.mkdir()
        elif kind == "file":
            place.write_bytes(b"x")
        else:
            place.symlink_to(kind)
    view = RootedView(str(root))
    for path in asked:
        for follow in (True, False):
            if not follow and path.endswith(("/", "/.")):
                # The kernel follows a link that a slash stands behind, and nobody asks for one like that.
                continue
            expected = outcome(kernels_answer, root, "/" + path, follow)
            assert outcome(inode, view, "/" + path, follow) == expected
            if follow and expected > 0:
                assert view.stat(view.real("/" + path), follow=False).st_ino == expected


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that is not below the root."""
    path = tmp_path / "outside" / "METADATA"
    path.parent.mkdir()
    path.write_bytes(SECRET)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    directory = tmp_path / "root"
    directory.mkdir()
    return directory


WAYS_OUT: dict[str, Callable[[Path, Path], str]] = {
    "an absolute link": lambda root, outside: str(outside),
    "up and up": lambda root, outside: "../" * 40 + str(outside).lstrip("/"),
    "up from the root itself": lambda root, outside: "/../outside/METADATA",
    "the kernel's own links": lambda root, outside: f"/proc/self/root{outside}",
    "of another process": lambda root, outside: f"/proc/1/root{outside}",
    "the working directory": lambda root, outside: "/proc/self/cwd/README.md",
    "an open file": lambda root, outside: "/proc/self/fd/0",
    "a device": lambda root, outside: "/dev/zero",
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_link_leads_out(root: Path, outside: Path, way: str) -> None:
    (root / "link").symlink_to(WAYS_OUT[way](root, outside))
    (root / "directory").symlink_to(WAYS_OUT[way](root, outside.parent))
    view = RootedView(str(root))
    for ask in (
        lambda: view.read("/link", follow=True),
        lambda: view.head("/link", 10),
        lambda: view.stat("/link"),
        lambda: view.names("/directory"),
        lambda: view.read("/directory/METADATA"),
        lambda: view.reduced("/link", lambda at: at(0, 10)),
    ):
        assert outcome(ask) in (-errno.ENOENT, -errno.EACCES, -errno.ENOTDIR)
    with pytest.raises(NotRegular):
        view.read("/link")
    assert stat.S_ISLNK(view.stat("/link", follow=False).st_mode)
    assert view.link("/link") == WAYS_OUT[way](root, outside)
    assert str(root) not in view.real("/link")


def test_a_whole_proc_file_system_is_refused() -> None:
    view = RootedView("/")
    for path in ("/proc/self/environ", "/proc/1/cmdline", "/sys/kernel/mm", "/dev/null", "/etc/../proc/version"):
        with pytest.raises(PermissionError):
            view.read(path)
        with pytest.raises(PermissionError):
            view.stat(path)


def test_loops_end(root: Path) -> None:
    (root / "one").symlink_to("two")
    (root / "two").symlink_to("/one")
    (root / "self").symlink_to("self/x")
    for number in range(60):
        (root / f"chain{number}").symlink_to(f"chain{number + 1}")
    (root / "chain60").write_bytes(b"end")
    view = RootedView(str(root))
    for path in ("/one", "/one/x", "/self", "/chain0"):
        assert outcome(view.head, path, 10) == -errno.ELOOP
        assert view.real(path) == path
    assert view.read("/chain40", follow=True) == b"end"


def test_what_is_no_plain_file_is_not_opened(root: Path) -> None:
    os.mkfifo(root / "fifo")
    (root / "directory").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(root)
        try:
            listener.bind("socket")
        finally:
            os.chdir(here)
        (root / "linked").symlink_to("fifo")
        names = ["fifo", "directory", "socket", "linked", ""]
        if os.geteuid() == 0:
            os.mknod(root / "device", stat.S_IFCHR | 0o666, os.makedev(1, 5))
            names.append("device")
        view = RootedView(str(root))
        for name in names:
            for read in (lambda path: view.read(path, follow=True), lambda path: view.head(path, 10)):
                with pytest.raises(NotRegular):
                    read("/" + name)
        for name in ("fifo", "socket"):
            with pytest.raises(NotADirectoryError):
                view.names("/" + name)


def test_what_may_not_be_read_is_said_to_be_refused() -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        (root / "closed").mkdir(mode=0o000)
        (root / "secret").write_bytes(b"x")
        (root / "secret").chmod(0o000)
        view = RootedView(name)
        own = os.geteuid()
        try:
            os.seteuid(own or 65534)
            refused = [outcome(view.read, "/secret"), outcome(view.names, "/closed"), outcome(view.stat, "/closed/x")]
        finally:
            os.seteuid(own)
        (root / "closed").chmod(0o700)
    assert refused == [-errno.EACCES] * 3


def test_reads_keep_to_their_bounds(root: Path) -> None:
    (root / "file").write_bytes(b"0123456789")
    view = RootedView(str(root))
    assert view.read("/file") == b"0123456789"
    assert view.read("/file", 3, start=8) == b"89"
    assert view.head("/file", 4) == b"0123"
    assert view.text("/file") == "0123456789"
    with pytest.raises(TooLarge):
        view.read("/file", 9)
    (root / "sparse").touch()
    os.truncate(root / "sparse", 1 << 40)
    with pytest.raises(TooLarge):
        view.read("/sparse")
    assert view.head("/sparse", 4) == bytes(4)


@pytest.mark.parametrize("path", ["/a\0b", "/" + "x" * 300, "/" + "x/" * 3000, "/.." * 900 + "/nothing"])
def test_impossible_paths_are_faults_of_the_path(root: Path, path: str) -> None:
    view = RootedView(str(root))
    for ask in (view.read, view.names, view.stat, view.link):
        assert outcome(ask, path) in (-errno.EINVAL, -errno.ENAMETOOLONG, -errno.ENOENT)
    assert view.exists(path) is False
    assert view.real(path)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_deep_and_wide_trees_hold_few_files_open(root: Path) -> None:
    for number in range(3 * MOST_HELD):
        (root / f"wide{number}").mkdir()
        (root / f"wide{number}" / "file").write_bytes(b"%d" % number)
    deep = root.joinpath(*["deep"] * (2 * MOST_HELD))
    deep.mkdir(parents=True)
    (deep / "file").write_bytes(b"deep")
    view = RootedView(str(root))
    before = open_files()
    for number in [*range(3 * MOST_HELD), *range(3 * MOST_HELD)]:
        assert view.read(f"/wide{number}/file") == b"%d" % number
    assert view.read("/deep" * (2 * MOST_HELD) + "/file") == b"deep"
    assert before < open_files() <= before + MOST_HELD + 1
    view.close()
    assert open_files() == before
    assert view.read("/wide0/file") == b"0"
    del view
    assert open_files() == before


def test_a_directory_that_is_exchanged_for_a_link_leads_nowhere_else(root: Path, outside: Path) -> None:
    (root / "site").mkdir()
    (root / "site" / "METADATA").write_bytes(b"own")
    view = RootedView(str(root))
    assert view.read("/site/METADATA") == b"own"
    (root / "site").rename(root / "moved")
    (root / "site").symlink_to(outside.parent)
    assert view.read("/site/METADATA") == b"own"
    with pytest.raises(FileNotFoundError):
        RootedView(str(root)).read("/site/METADATA")


def test_after_a_fork_it_opens_its_directories_anew(root: Path) -> None:
    (root / "etc").mkdir()
    (root / "etc" / "os-release").write_text("ID=forked\nVERSION_ID=1\n")
    answer = run({"root": str(root), "sections": ["platform", "system_packages", "python"]})
    assert answer.items("platform")["distribution"] == "forked 1"
    assert {name: section["status"] for name, section in answer.sections.items()} == {
        "platform": "partial",
        "system_packages": "absent",
        "python": "absent",
    }
