"""A view of a tar answers as the files would, if they were unpacked and their directory were the root."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from parity.archive.layers import Indexer
from parity.archive.reduce import Keeper, NotKept
from parity.archive.stream import Source
from parity.archive.view import TarView
from parity.probe.kit import NotRegular, TooLarge, View
from parity.probe.libraries import elf
from parity.probe.rooted import RootedView
from tests.archive.conftest import Sources
from tests.archive.tars import LATER, file, header, layer, link, pipe, written

Question = Callable[[View, str], object]

BIG = bytes(range(256)) * 2000


def view_of(source: Source, keeper: Keeper | None = None, deadline: float = LATER) -> TarView:
    indexer = Indexer(keeper or Keeper(["*"]), LATER)
    return TarView(indexer.merged([indexer.layer(source, None, b"", whiteouts=True)]), source, deadline)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small file system with every kind of link."""
    top = tmp_path / "root"
    for name in ("usr/lib", "etc/empty", "app/sub"):
        (top / name).mkdir(parents=True)
    (top / "etc/passwd").write_text("root:x:0:0::/root:/bin/sh\n")
    (top / "etc/passwd").chmod(0o640)
    (top / "app/big").write_bytes(BIG)
    (top / "app/nothing").touch()
    os.mkfifo(top / "app/pipe")
    for name, target in {
        "lib": "usr/lib",
        "app/up": "../etc/passwd",
        "app/absolute": "/etc/passwd",
        "app/out": "../../../../etc/passwd",
        "app/chain": "up",
        "app/dangling": "/none/there",
        "app/loop": "loop",
        "app/here": ".",
        "app/root": "/",
        "usr/lib/back": "../../app/sub",
    }.items():
        (top / name).symlink_to(target)
    return top


PATHS = (
    *(
        "/",
        "/etc",
        "/etc/",
        "/etc/passwd",
        "/etc/passwd/",
        "/etc/passwd/x",
        "/etc/none",
        "/lib",
        "/lib/back",
        "/none/x",
    ),
    *("/app/up", "/app/absolute", "/app/out", "/app/chain", "/app/dangling", "/app/loop", "/app/loop/x"),
    *("/app/here/here/up", "/app/root/app/root/etc/passwd", "/lib/back/..", "/lib/../etc/passwd", "/../etc/passwd"),
    *("/app/pipe", "/app/big", "/app/nothing", "//etc//passwd", "/etc/./passwd", "/app/sub/../up", "/etc/empty"),
)


def answer(ask: Question, view: View, path: str) -> object:
    """What a question gives, or the error that it raises."""
    try:
        found = ask(view, path)
    except OSError as error:
        return type(error) if isinstance(error, NotRegular | TooLarge) else error.errno
    if isinstance(found, os.stat_result):
        size = found.st_size if stat.S_ISREG(found.st_mode) else None
        return stat.S_IFMT(found.st_mode), stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid, size
    return sorted(found) if isinstance(found, list) else found


QUESTIONS: dict[str, Question] = {
    "read": lambda view, path: view.read(path),
    "read, followed": lambda view, path: view.read(path, follow=True),
    "read, bounded": lambda view, path: view.read(path, 100, follow=True),
    "read from a place": lambda view, path: view.read(path, 100, follow=True, start=5000),
    "read from the end": lambda view, path: view.read(path, 100, follow=True, start=len(BIG) - 10),
    "head": lambda view, path: view.head(path, 300),
    "head, not followed": lambda view, path: view.head(path, 300, follow=False),
    "names": lambda view, path: view.names(path),
    "stat": lambda view, path: view.stat(path),
    "lstat": lambda view, path: view.stat(path, follow=False),
    "link": lambda view, path: view.link(path),
    "real": lambda view, path: view.real(path),
    "exists": lambda view, path: view.exists(path),
    "text": lambda view, path: view.text(path),
    "reduced": lambda view, path: view.reduced(path, lambda at: (at(0, 10), at(20000, 40000), at(0, 1 << 20))),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_the_files(question: str, root: Path, sources: Sources) -> None:
    ask = QUESTIONS[question]
    unpacked = RootedView(str(root))
    expected = {path: answer(ask, unpacked, path) for path in PATHS}
    if question == "real":
        # As far as they go these are what os.path.realpath says; a directory's view leaves them as they are written.
        expected |= {"/app/dangling": "/none/there", "/lib/../etc/passwd": "/usr/etc/passwd"}
    for source in sources(written(root)):
        view = view_of(source)
        assert {path: answer(ask, view, path) for path in PATHS} == expected


def test_what_was_not_kept_is_said_to_be_there_and_not_readable(sources: Sources) -> None:
    data = layer(file("srv/data.bin", "x" * 9000), file("srv/empty.bin"), file("etc/passwd", "kept"))
    streamed, read_again = (view_of(source, Keeper()) for source in sources(data))
    assert streamed.stat("/srv/data.bin").st_size == 9000
    for ask in (
        streamed.read,
        lambda path: streamed.head(path, 5),
        lambda path: streamed.reduced(path, lambda at: at(0, 5)),
    ):
        with pytest.raises(NotKept) as caught:
            ask("/srv/data.bin")
        assert caught.value.errno == errno.ENODATA
    assert streamed.read("/srv/empty.bin") == b""
    assert streamed.read("/etc/passwd") == b"kept"
    assert read_again.read("/srv/data.bin") == b"x" * 9000


def test_what_a_function_raised_it_raises_again(sources: Sources) -> None:
    data = layer(file("usr/lib/libc.so", "/* GNU ld script */"), file("usr/lib/libcut.so", b"\x7fELF\2\1" + bytes(9)))
    for source in sources(data):
        view = view_of(source, Keeper())
        for name in ("libc.so", "libcut.so"):
            with pytest.raises(elf.NotElf):
                elf.read(view, f"/usr/lib/{name}")


def test_a_pipe_and_a_device_are_not_regular() -> None:
    view = view_of(pipe(layer(header("etc/METADATA", 0, b"6"), header("etc/disk", 0, b"4"), link("l", "etc/disk"))))
    for path in ("/etc/METADATA", "/etc/disk", "/l"):
        with pytest.raises(NotRegular):
            view.read(path, follow=True)
        assert view.exists(path)


def test_after_the_deadline_no_question_is_answered() -> None:
    view = view_of(pipe(layer(file("etc/passwd", "x"))), deadline=time.monotonic() - 1)
    with pytest.raises(OSError) as caught:  # noqa: PT011  its errno is what matters
        view.read("/etc/passwd")
    assert caught.value.errno == errno.ETIMEDOUT
