from __future__ import annotations

import io
import os
import random
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parity.errors import OutputError
from parity.output import as_it_is, emit, tell, write
from parity.text import guard_json
from tests.services import missing


def left_over(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir() if path.suffix == ".tmp"]


def python(script: str, *arguments: object, redirection: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script below a shell, so that its standard streams can be what the shell makes them."""
    words = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", *words], check=False, capture_output=True, text=True
    )


# What main does with each error, in short.
MAIN = """
import sys
from parity.errors import OutputError
from parity.output import as_it_is, emit, tell, write
def main(action):
    try:
        action()
    except OutputError as error:
        tell(f"parity: {error}")
        return 2
    except BrokenPipeError:
        return 141
    return 0
"""


@pytest.mark.parametrize("umask", [0, 0o022, 0o777])
def test_a_file_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "web.json"
    before = os.umask(umask)
    try:
        write(path, "{}\n")
    finally:
        os.umask(before)
    assert path.read_text() == "{}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert left_over(tmp_path) == []


def test_a_file_is_replaced_as_a_whole_with_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "web.json"
    path.write_text("a longer text that stood there before\n")
    path.chmod(0o644)
    other = tmp_path / "hard link"
    other.hardlink_to(path)
    write(str(path), "new\n")
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert other.read_text().startswith("a longer text")
    write(path, "for all\n", mode=0o644)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_path_of_one_word_and_the_longest_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("web.json", "here\n")
    write("x" * 255, "long\n")
    assert (tmp_path / "web.json").read_text() == "here\n"
    assert (tmp_path / ("x" * 255)).read_text() == "long\n"


def test_a_file_holds_the_text_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    write(path, "::error::x ##[y] \u00e9 \ud800\n")
    assert path.read_bytes() == "::error::x ##[y] \u00e9 \\ud800\n".encode()


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("old\n")
    (tmp_path / "link").symlink_to(secret)
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "directory").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "socket"))
    expected = {
        "link": "a symbolic link",
        "dangling": "a symbolic link",
        "directory": "a directory",
        "pipe": "a named pipe",
        "socket": "a socket",
    }
    for name, what in expected.items():
        with pytest.raises(OutputError, match=f"cannot write .*{name}: it is {what}"):
            write(tmp_path / name, "new\n")
    for name in (f"{tmp_path}/", f"{tmp_path}/.", "/", ".."):
        with pytest.raises(OutputError, match="it names a directory"):
            write(name, "new\n")
    with pytest.raises(OutputError, match="/dev/full: it is a device"):
        write("/dev/full", "new\n")
    assert secret.read_text() == "old\n"
    assert not (tmp_path / "nothing").exists()
    assert left_over(tmp_path) == []


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="its directory is not there") as caught:
        write(tmp_path / "a" / "b" / "web.json", "new\n")
    assert caught.value.hint == f"mkdir -p {tmp_path}/a/b"


def test_the_errors_of_the_kernel(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old\n")
    with pytest.raises(OutputError, match=r"Not a directory \(ENOTDIR\)"):
        write(tmp_path / "file" / "web.json", "new\n")
    with pytest.raises(OutputError, match=r"File name too long \(ENAMETOOLONG\)"):
        write(tmp_path / ("x" * 256), "new\n")
    with pytest.raises(OutputError, match="no file can have this name"):
        write(f"{tmp_path}/nul\0", "new\n")
    # Nobody may make a file in /proc or /sys, root included: ENOENT, EACCES, EPERM or EROFS by kernel and container.
    for name in ("/proc/parity.json", "/sys/parity.json"):
        with pytest.raises(OutputError, match=r"cannot write .*parity\.json: .* \(E[A-Z]+\)"):
            write(name, "new\n")
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "\x1b[2J\n::error::x" / "y", "new\n")
    assert str(caught.value).isprintable()
    assert left_over(tmp_path) == []


def test_a_bound_on_size_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "web.json"
    path.write_text("old\n")
    script = MAIN + (
        "import resource\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "sys.exit(main(lambda: write(sys.argv[1], 'x' * 200_000)))"
    )
    result = python(script, path)
    assert result.returncode == 2
    assert result.stderr == f"parity: cannot write {path}: File too large (EFBIG)\n"
    assert path.read_text() == "old\n"
    assert left_over(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> list[str]:
    """A command after which the words of `sh -c` see a file system of their own at disk/, of 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    script = 'mount -t tmpfs -o size=64k parity "$0" && printf old > "$0/web.json" && exec sh -c "$@"'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, str(disk)]
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        missing("no file system can be mounted here, not even in a namespace of its own")
    return command


@pytest.mark.parametrize(
    ("before", "reason"),
    [("", "No space left on device (ENOSPC)"), ('mount -o remount,ro "$1" &&', "Read-only file system (EROFS)")],
)
def test_a_disk_that_takes_nothing_leaves_the_old_file(
    small_disk: list[str], tmp_path: Path, before: str, reason: str
) -> None:
    program = MAIN + "sys.exit(main(lambda: write(sys.argv[1], 'x' * 200_000)))"
    script = f'{before} "$2" -c "$3" "$1/web.json"; echo "status $?"; cat "$1/web.json"; ls -A "$1"'
    command = [*small_disk, script, "sh", str(tmp_path / "disk"), sys.executable, program]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert result.stderr == f"parity: cannot write {tmp_path}/disk/web.json: {reason}\n"
    assert result.stdout == "status 2\noldweb.json\n"


@pytest.mark.parametrize("path", ["-", "/dev/stdout"])
def test_standard_output(path: str) -> None:
    result = python(MAIN + "sys.exit(main(lambda: write(sys.argv[1], 'one\\n::error::two ##[x]\\n')))", path)
    assert (result.returncode, result.stdout) == (0, "one\n:\\x3aerror::two #\\x23[x]\n")


def test_standard_output_that_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out"
    result = python(MAIN + "sys.exit(main(lambda: write('/dev/stdout', 'new\\n')))", redirection=f">> {path}")
    assert result.returncode == 0
    assert path.read_text() == "new\n"


def test_nowhere() -> None:
    before = Path("/dev/null").stat()
    write("/dev/null", "x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert Path("/dev/null").stat().st_ino == before.st_ino


@pytest.mark.parametrize(
    ("redirection", "reason"),
    [("> /dev/full", "No space left on device (ENOSPC)"), (">&-", "it is closed")],
)
@pytest.mark.parametrize("size", [3, 200_000])
def test_standard_output_that_takes_nothing(redirection: str, reason: str, size: int) -> None:
    script = MAIN + f"sys.exit(main(lambda: write('-', 'x' * {size})))"
    result = python(script, redirection=redirection)
    assert result.returncode == 2
    assert result.stderr == f"parity: cannot write to standard output: {reason}\n"


@pytest.mark.parametrize("size", [3, 2_000_000])
def test_a_reader_that_left_is_not_told(size: int) -> None:
    # The shell's own reader ends at once; the writer waits until it has.
    script = MAIN + f"import time; time.sleep(0.3); sys.exit(main(lambda: write('-', 'x' * {size})))"
    command = 'exec 3>&2; { "$@"; echo "status $?" >&3; } | true'
    result = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert result.stderr == "status 141\n"


@pytest.mark.parametrize("redirection", ["2>&-", "2> /dev/full"])
def test_standard_error_that_takes_nothing_changes_no_exit_status(redirection: str) -> None:
    result = python(MAIN + "tell('a warning'); sys.exit(main(lambda: write('-', 'x')))", redirection=redirection)
    assert (result.returncode, result.stdout) == (0, "x")


def test_characters_that_the_stream_lacks_become_escapes() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "latin-1")
    emit("\u2713 na\u00efve \ud800\n", stream)
    assert stream.buffer.getvalue() == b"\\u2713 na\xefve \\ud800\n"


def test_a_report_that_speaks_to_the_runner_is_left_as_it_is() -> None:
    stream = io.StringIO()
    emit("::error::ours\n", stream, disarm=as_it_is)
    emit("::error::not ours\n", stream)
    emit('{"a": " ::error:: ##[x]"}\n', stream, disarm=guard_json)
    assert stream.getvalue().splitlines() == [
        "::error::ours",
        ":\\x3aerror::not ours",
        '{"a": " :\\u003aerror:: #\\u0023[x]"}',
    ]


def test_tell_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell("a warning")
    assert capsys.readouterr() == ("", "a warning\n")


WRITER = """
import sys
from parity.output import write
for turn in range(int(sys.argv[3])):
    write(sys.argv[1], (sys.argv[2] + str(turn % 10)) * 50_000)
"""
WHOLE = re.compile(r"(old|(?:([ab])(\d))(?:\2\3){49999})")


def test_two_writers_leave_the_last_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "web.json"
    path.write_text("old")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, path, name, "40"]) for name in "ab"]
    while any(writer.poll() is None for writer in writers):
        assert WHOLE.fullmatch(path.read_text())
    assert [writer.returncode for writer in writers] == [0, 0]
    assert path.read_text()[:2] in {"a9", "b9"}
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_writer_that_ends_at_any_point_leaves_old_or_new(tmp_path: Path, how: signal.Signals) -> None:
    path = tmp_path / "web.json"
    path.write_text("old")
    moments = random.Random(7)
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, path, "a", "10000"], stderr=subprocess.DEVNULL)
        written = path.stat().st_mtime_ns
        while path.stat().st_mtime_ns == written:
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.02))
        writer.send_signal(how)
        writer.wait()
        assert WHOLE.fullmatch(path.read_text())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        if how == signal.SIGINT:
            assert left_over(tmp_path) == []


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    before = os.listdir("/proc/self/fd")  # noqa: PTH208
    write(tmp_path / "web.json", "new\n")
    with pytest.raises(OutputError):
        write(tmp_path, "new\n")
    assert len(os.listdir("/proc/self/fd")) == len(before)  # noqa: PTH208
