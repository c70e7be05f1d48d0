"""`parity snapshot T1 T2 … -o DIR`: a file for each, side by side, whatever becomes of the others."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import stat
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from parity.profile.load import load
from tests.cli.program import COMMAND, environment, parity, start

ONLY = ("--section", "environment")


def waits(seconds: float) -> str:
    """A target that is there after a while."""
    return f"exec:sh -c 'sleep {seconds}; exec python3 -'"


HANGS = "exec:sh -c 'sleep 600; exec python3 -'"


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def test_each_target_has_a_file_named_for_it(tmp_path: Path) -> None:
    assert parity("snapshot", *ONLY, "-o", tmp_path / "before.json").code == 0
    words = ["local", "local?name=web", "local?name=web", "exec:python3", str(tmp_path / "before.json")]
    out = tmp_path / "new" / "profiles"
    result = parity("snapshot", *words, *ONLY, "-o", out)
    assert (result.code, result.out, result.err) == (0, "", "")
    assert names(out) == {"local.json", "web.json", "web-2.json", "python3.json", "before.json"}
    for path in out.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert load(path).sections["environment"].items
    assert [load(out / f"{name}.json").name for name in ("web", "web-2", "local")] == ["web", "web", "local"]


def test_one_target_keeps_its_ways(tmp_path: Path) -> None:
    assert json.loads(parity("snapshot", *ONLY).stdout)["name"] == "local"
    assert parity("snapshot", "local", *ONLY, "-o", tmp_path / "one.json").code == 0
    assert names(tmp_path) == {"one.json"}
    for word, output in (("local?name=a", tmp_path), ("local?name=b", f"{tmp_path}/"), ("local", f"{tmp_path}/new/")):
        result = parity("snapshot", word, *ONLY, "-o", output)
        assert (result.code, result.out, result.err) == (0, "", "")
    assert names(tmp_path) == {"one.json", "a.json", "b.json", "new"}
    assert names(tmp_path / "new") == {"local.json"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["local", "docker://web"], "several profiles need a directory to be written to"),
        (["local", "docker://web", "-o", "file"], "cannot make the directory file: File exists"),
        (["local", "docker://web", "-o", "file/below"], "cannot make the directory file/below: Not a directory"),
        (["local", "docker://a b", "-o", "new"], "docker:// is followed by a container's name or id, not by 'a b'"),
        (["-", "-", "-o", "new"], "only one of the targets can come from standard input"),
        (["local", "docker://web", "--name", "web", "-o", "new"], "--name names one profile"),
        (["local", "docker://web", "-o", "x" * 300], f"cannot make the directory {'x' * 300}: File name too long"),
    ],
)
def test_what_cannot_be_right_is_refused_before_anything_is_read(
    arguments: list[str], says: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    result = parity("snapshot", *arguments, cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.line() == says
    assert names(tmp_path) == {"file"}


def test_what_fails_is_told_by_its_name_and_the_others_are_written(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    out = tmp_path / "out"
    words = ["local", "exec:sh -c 'echo Welcome; exit 1'", "exec:parity-test-not-there python3"]
    result = parity("snapshot", *words, *ONLY, "--require", "environment", "-o", out)
    assert (result.code, result.out) == (3, "")
    lines = [line for line in result.err.splitlines() if not line.startswith("  ")]
    assert sorted(line.split(":")[1].strip() for line in lines) == ["parity-test-not-there", "sh"]
    assert "parity: parity-test-not-there: parity-test-not-there: is not installed here" in lines
    assert names(out) == {"local.json"}
    # An invalid profile, 2, beats what is incomplete, 3.
    both = parity("snapshot", "local", words[1], str(broken), *ONLY, "-o", out)
    assert both.code == 2
    assert "parity: broken: invalid profile: missing key 'schema'" in both.err


def test_a_required_section_counts_for_each(tmp_path: Path) -> None:
    result = parity("snapshot", "local?name=a", "local?name=b", *ONLY, "--require", "database", "-o", tmp_path)
    assert result.code == 3
    assert sorted(result.err.splitlines()) == [
        f"parity: {name}: section database is required and is skipped: not asked for" for name in "ab"
    ]
    assert names(tmp_path) == {"a.json", "b.json"}


def test_fifty_take_as_long_as_the_slowest_and_what_hangs_costs_its_own_deadline(tmp_path: Path) -> None:
    # Each waits for two seconds, three never answer: one after the other it would be two minutes.
    words = [waits(2.0)] * 47 + [HANGS] * 3
    began = time.monotonic()
    result = parity("snapshot", *words, *ONLY, "--timeout", "9", "-o", tmp_path)
    took = time.monotonic() - began
    assert result.code == 3
    assert len(names(tmp_path)) == 47
    assert result.err.count("no answer within the deadline") == 3
    assert took < 30, "the time is not the slowest one's"
    assert took >= 9


def test_names_are_anonymised_together(tmp_path: Path) -> None:
    words = ["local?name=here", "exec:python3"]
    assert parity("snapshot", *words, "--section", "process", "--anonymize", "-o", tmp_path).code == 0
    assert names(tmp_path) == {"here.json", "target-1.json"}
    profiles = [load(path) for path in tmp_path.iterdir()]
    assert len({profile.sections["process"].items["user"] for profile in profiles}) == 1


def test_an_interrupt_leaves_what_is_done_and_no_process(tmp_path: Path) -> None:
    with start("snapshot", "local", "exec:sh -c 'sleep 599; exec python3 -'", *ONLY, "-o", tmp_path) as running:
        until = time.monotonic() + 30
        while not (tmp_path / "local.json").exists() and time.monotonic() < until:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 130
    assert names(tmp_path) == {"local.json"}
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line for line in left if line.startswith("sleep 599")] == []


def test_a_terminal_shows_how_many_are_done_and_what_is_waited_for(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    words = ["local?name=quick", waits(1.0), "docker://a-name-that-is-not-there?name=gone"]
    with subprocess.Popen(
        [*COMMAND, "snapshot", *words, *ONLY, "-o", tmp_path],
        env=environment({"TERM": "xterm", "DOCKER_HOST": "unix:///nonexistent.sock"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        said = b""
        while True:
            try:
                part = os.read(ours, 1 << 16)
            except OSError:
                break
            if not part:
                break
            said += part
        assert running.wait(30) == 3
    os.close(ours)
    shown = said.decode().replace("\r\n", "\n").split("\r\x1b[2K")
    assert "2/3 done, waiting for sh: reading through sh" in shown
    assert any(line.startswith("parity: gone: no Docker Engine here") for line in shown)
    assert shown[-1] == "", "the line is wiped at the end"
