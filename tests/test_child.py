"""Processes end with everything they started, at the deadline and at the cap."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from parity import child
from parity.child import Child, run

PYTHON = sys.executable


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for_end(pid: int) -> bool:
    until = time.monotonic() + 5
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return not alive(pid)


def test_output_errors_and_exit_status_are_told_apart() -> None:
    script = "import sys; sys.stdout.write(sys.stdin.read().upper()); sys.stderr.write('noise'); sys.exit(7)"
    result = run([PYTHON, "-c", script], b"hello", seconds=20)
    assert (result.code, result.out, result.err, result.cut) == (7, b"HELLO", b"noise", None)


def test_more_input_than_a_pipe_holds_is_fed_while_output_is_read() -> None:
    data = b"x" * (3 << 20)
    result = run([PYTHON, "-c", "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"], data, seconds=30)
    assert result.out == data


def test_a_child_that_never_reads_its_input_does_not_block() -> None:
    result = run([PYTHON, "-c", "print('done')"], b"x" * (1 << 20), seconds=20)
    assert result.out == b"done\n"
    assert result.code == 0


def test_the_deadline_ends_the_grandchild_that_holds_the_pipe() -> None:
    script = (
        "import subprocess, sys\n"
        f"p = subprocess.Popen([{PYTHON!r}, '-c', 'import time; time.sleep(60)'])\n"
        "print(p.pid, flush=True)\n"
    )
    began = time.monotonic()
    result = run([PYTHON, "-c", script], seconds=1.5)
    assert result.cut == "timeout"
    assert time.monotonic() - began < 4
    assert wait_for_end(int(result.out))


def test_a_child_that_closes_its_streams_and_stays_is_cut_at_the_deadline() -> None:
    script = "import os, time; os.close(1); os.close(2); time.sleep(60)"
    result = run([PYTHON, "-c", script], seconds=1)
    assert result.cut == "timeout"


def test_endless_output_is_cut_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "OUTPUT_CAP", 1 << 20)
    result = run([PYTHON, "-c", "import sys\nwhile True: sys.stdout.write('y' * 65536)"], seconds=30)
    assert result.cut == "output"
    assert len(result.out) < 2 << 20


def test_endless_errors_are_read_and_dropped() -> None:
    result = run([PYTHON, "-c", "import sys; sys.stderr.write('e' * (4 << 20)); print('ok')"], seconds=30)
    assert result.out == b"ok\n"
    assert len(result.err) == child.ERRORS_CAP


def test_leaving_the_block_early_ends_the_child() -> None:
    started = Child([PYTHON, "-c", "import time; time.sleep(60)"])
    with suppress(KeyboardInterrupt), started:
        raise KeyboardInterrupt
    assert wait_for_end(started._process.pid)


def test_a_program_that_does_not_exist_raises() -> None:
    with pytest.raises(FileNotFoundError):
        run(["/nonexistent/program"], seconds=1)


def test_nothing_that_this_process_was_started_with_is_passed_on() -> None:
    reader, writer = os.pipe()
    os.set_inheritable(reader, True)
    try:
        result = run([PYTHON, "-c", f"import os; os.fstat({reader})"], seconds=20)
        again = run([PYTHON, "-c", "import os; print(len(os.listdir('/dev/fd')))"], seconds=20)
    finally:
        os.close(reader)
        os.close(writer)
    assert b"Bad file descriptor" in result.err
    # The three streams, and that of the listing.
    assert int(again.out) == 4


def test_the_program_meets_the_signals_that_python_ignores() -> None:
    ignored = (
        run(["/bin/sh", "-c", "cat /proc/self/status"], seconds=20).out.decode().partition("SigIgn:")[2].split()[0]
    )
    assert int(ignored, 16) & (1 << signal.SIGPIPE - 1 | 1 << signal.SIGXFSZ - 1) == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_process_without_standard_streams_starts_others_all_the_same(closed: str, tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(
        "import sys\n"
        "from parity.child import run\n"
        "code = \"import sys; print(sys.stdin.read(), end=''); print('e', file=sys.stderr)\"\n"
        "told = [run([sys.executable, '-c', code], said, seconds=20) for said in (b'', b'hello')]\n"
        "open('told', 'w').write(repr([(one.code, one.out, one.err) for one in told]))\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(Path(child.__file__).parents[1])}
    done = run(["/bin/sh", "-c", f"cd {tmp_path} && exec {PYTHON} starts.py {closed}"], seconds=60, env=environ)
    assert done.code == 0
    assert (tmp_path / "told").read_text() == repr([(0, b"", b"e\n"), (0, b"hello", b"e\n")])


def test_a_watch_may_bring_the_deadline_forward() -> None:
    script = "import time; print('whole', flush=True); time.sleep(60)"
    began = time.monotonic()
    result = run_watched([PYTHON, "-c", script], 30, lambda out: time.monotonic() + 0.2 if b"whole" in out else None)
    assert (result.out, result.cut) == (b"whole\n", "timeout")
    assert time.monotonic() - began < 10


def run_watched(argv: list[str], seconds: float, watch: child.Watch) -> child.Result:
    with Child(argv) as started:
        return started.finish(time.monotonic() + seconds, watch)
