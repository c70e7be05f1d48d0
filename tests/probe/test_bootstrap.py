"""The engine: whatever one collector does, the others answer, in time, and nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.canary import Canary
from tests.probe.running import FLAGS, TOKEN, collector, processes_with, run, run_inside, script_with

if TYPE_CHECKING:
    from docker import DockerClient

ASKED = ["platform", "environment", "process"]

RAISES = {
    "ValueError": "raise ValueError(os.environ['CANARY'])",
    "KeyError of a value": "{}[os.environ['CANARY']]",
    "RecursionError": "def again(): again()\nagain()",
    "MemoryError": "raise MemoryError",
    "AssertionError": "assert False, os.environ['CANARY']",
}

DIES = {
    "leaves at once": "os._exit(3)",
    "is killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "ends the interpreter": "raise SystemExit('bye')",
    "is interrupted": "raise KeyboardInterrupt",
    "segmentation fault": "import ctypes\nctypes.string_at(0)",
    "dies within its answer": "os.write(3, b'\\0' * 7)\nos._exit(0)",
    "closes its pipe": "os.close(3)",
}

HANGS = {
    "sleeps": "time.sleep(60)",
    "is busy": "while True: pass",
    "is stopped": "os.kill(os.getpid(), signal.SIGSTOP)\ntime.sleep(60)",
    "blocks every signal": "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))\ntime.sleep(60)",
    "swallows what would stop it": "while True:\n    try:\n        time.sleep(60)\n    except BaseException: pass",
    "reads a pipe that nobody writes to": "os.read(os.pipe()[0], 1)",
    "sends a part of its answer": "os.write(3, b'\\0' * 7)\ntime.sleep(60)",
}

ODD = {
    "nothing": "return None",
    "not a section": "return {'status': 'ok', 'items': {}}",
    "a list for an item": "section.items['a'] = ['b']",
    "a nested object": "section.items['a'] = {'b': {'c': 1}}",
    "a number in a list": "section.items['a'] = {'b': [1]}",
    "bytes": "section.items['a'] = b'raw'",
    "a number for a key": "section.items[1] = 'a'",
    "not a number": "section.items['a'] = float('nan')",
    "a set among the notes": "section.notes = {'a'}\nsection.items['a'] = object()",
}


def others_answer(body: str, **request: object) -> str:
    """Runs with `body` for one collector; the reason that section gives, the others being whole."""
    script = script_with(platform=collector(body))
    canary = Canary()
    answer = run(
        {"sections": ASKED, "timeout": 6.0, **request}, script=script, env={**os.environ, "CANARY": canary.secret}
    )
    assert answer.code == 0, answer.err
    assert set(answer.sections) == set(ASKED)
    assert answer.sections["environment"]["status"] == "ok"
    assert answer.sections["process"]["status"] == "ok"
    assert answer.sections["platform"]["status"] == "unavailable"
    assert answer.sections["platform"]["items"] == {}
    canary.assert_clean(answer.out, answer.err)
    assert processes_with(TOKEN) == []
    return str(answer.sections["platform"]["reason"])


@pytest.mark.parametrize("body", RAISES.values(), ids=RAISES)
def test_a_collector_that_raises_is_named_by_type_and_place(body: str) -> None:
    assert others_answer(body).startswith("the collector failed: ")
    assert "Error at parity.probe.collectors.platform:" in others_answer(body)


@pytest.mark.parametrize("body", DIES.values(), ids=DIES)
def test_a_collector_that_dies(body: str) -> None:
    assert others_answer(body) == "the collector failed: its process died"


@pytest.mark.parametrize("body", HANGS.values(), ids=HANGS)
def test_a_collector_that_hangs(body: str) -> None:
    began = time.monotonic()
    assert others_answer(body, timeout=1.5) == "timeout"
    assert time.monotonic() - began < 1.5 + 1.0


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_a_collector_that_answers_nonsense(body: str) -> None:
    assert others_answer(body).startswith("the collector failed: ")


def test_an_answer_beyond_the_bound_is_not_read() -> None:
    assert others_answer("section.items['a'] = 'x' * (25 << 20)") == "the collector failed: its answer is too large"


def test_all_hang_and_the_deadline_holds() -> None:
    hang = collector("time.sleep(60)")
    script = script_with(platform=hang, environment=hang, process=hang, volumes=hang)
    answer = run({"sections": [*ASKED, "volumes"], "timeout": 1.5}, script=script)
    assert answer.seconds < 1.5 + 0.8
    assert {section["reason"] for section in answer.sections.values()} == {"timeout"}
    assert processes_with(TOKEN) == []


def test_absent_unavailable_and_oserror_are_told_apart() -> None:
    script = script_with(
        platform=collector("raise Absent('no such thing here')"),
        environment=collector("raise Unavailable('it is not told')"),
        process=collector("open('/nonexistent/with/a/path')"),
    )
    told = {
        name: (one["status"], one["reason"]) for name, one in run({"sections": ASKED}, script=script).sections.items()
    }
    assert told == {
        "platform": ("absent", "no such thing here"),
        "environment": ("unavailable", "it is not told"),
        "process": ("unavailable", "ENOENT no such file or directory"),
    }


def test_chatter_goes_elsewhere() -> None:
    script = script_with(platform=collector("print('chatter', flush=True)\nos.system('echo chatter')"))
    answer = run({"sections": ["platform"]}, script=script)
    assert answer.sections["platform"]["status"] == "ok"
    assert b"chatter" not in answer.out


def test_an_answer_holds_no_character_that_a_profile_may_not() -> None:
    body = (
        "section.items = {'a\\x1b[2Jb': {'n\\0': 'x\\n', 'l': ['\\udc80', '\\x7f']}, 'plain \\\\n \\U0001f600': 'ok'}"
    )
    answer = run({"sections": ["platform"]}, script=script_with(platform=collector(body)))
    assert answer.items("platform") == {
        "a\\x1b[2Jb": {"n\\x00": "x\\x0a", "l": ["\\udc80", "\\x7f"]},
        "plain \\n \U0001f600": "ok",
    }


def test_a_described_interpreter_that_fails_costs_only_who_asks() -> None:
    script = script_with(_python__live="def describe(view, executable):\n    1 / 0\n")
    sections = run({"sections": ["packages", "environment"]}, script=script).sections
    assert sections["packages"]["reason"].startswith("the collector failed: ZeroDivisionError")
    assert sections["environment"]["status"] == "ok"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_with_everything_it_started(number: signal.Signals, tmp_path: Path) -> None:
    process = _started(tmp_path, timeout=60)
    process.send_signal(number)
    assert process.wait(5) == 128 + number
    assert _gone(5)


def test_nothing_outlives_the_deadline_when_the_parent_is_killed(tmp_path: Path) -> None:
    process = _started(tmp_path, timeout=1.0)
    process.kill()
    process.wait(5)
    assert _gone(4)


def _started(tmp_path: Path, timeout: float) -> subprocess.Popen[bytes]:
    """A probe whose first collector hangs, having told that it runs."""
    mark = tmp_path / "running"
    script = script_with(platform=collector(f"open({str(mark)!r}, 'w').close()\nwhile True: pass"))
    request = json.dumps({"sections": ["platform"], "timeout": timeout})
    (tmp_path / "script").write_bytes(script)
    with (tmp_path / "script").open("rb") as stdin:
        process = subprocess.Popen([sys.executable, *FLAGS, "-", TOKEN, request], stdin=stdin)
    until = time.monotonic() + 10
    while not mark.exists():
        assert time.monotonic() < until
        time.sleep(0.01)
    return process


def _gone(seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not processes_with(TOKEN):
            return True
        time.sleep(0.02)
    return False


def test_an_abandoned_child_holds_none_of_the_pipes() -> None:
    """Whoever reads the answer to its end must not wait for a child that the kernel keeps."""
    escaping = "if os.fork() == 0:\n    time.sleep(3)\n    os._exit(0)"
    began = time.monotonic()
    answer = run({"sections": ["platform"]}, script=script_with(platform=collector(escaping)))
    assert answer.sections["platform"]["status"] == "ok"
    assert time.monotonic() - began < 2.5
    assert _gone(5)


def test_an_answer_that_cannot_be_written() -> None:
    request = json.dumps({"sections": ["environment"]})
    argv = [sys.executable, *FLAGS, str(Path(__file__).parents[2] / "parity" / "probe" / "__main__.py"), TOKEN, request]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(argv, stdout=full, stderr=subprocess.PIPE, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (74, b"")
    closed = subprocess.run(["sh", "-c", '"$@" >&-', "sh", *argv], stderr=subprocess.PIPE, timeout=20, check=False)
    assert (closed.returncode, closed.stderr) == (74, b"")


@pytest.mark.docker
def test_where_no_process_may_be_started_the_work_is_done_all_the_same(
    docker_engine: DockerClient, run_container: Callable[..., str], base_image: Callable[[str], str]
) -> None:
    name = run_container(base_image("bookworm"), ["sleep", "infinity"], user="4321:4321")
    # dash counts the processes of the user: no further one.
    argv = ("sh", "-c", 'ulimit -p 1; exec "$0" "$@"', "python3", *FLAGS, "-")
    bodies = {
        "platform": "while True:\n    try:\n        time.sleep(60)\n    except Exception: pass",
        "environment": "os.fork()",
    }
    script = script_with(**{section: collector(body) for section, body in bodies.items()})
    answer = run_inside(
        docker_engine, name, {"sections": [*ASKED, "volumes"], "timeout": 3.0}, argv=argv, script=script
    )
    assert answer.sections["environment"]["reason"] == "EAGAIN resource temporarily unavailable"
    assert answer.sections["platform"]["reason"] == "timeout"
    assert answer.items("process")["uid"] == 4321
    assert answer.items("volumes")["/"]["writable"] is False
    assert answer.seconds < 3.0


def test_a_fault_of_the_probe_itself_is_an_answer_without_a_traceback() -> None:
    from parity import bundle

    source = dict(bundle.modules())["parity.probe.process.serving"]
    canary = Canary()
    broken = source + "\n\ndef find(options):\n    raise ValueError(os.environ['CANARY'])\n"
    answer = run({}, script=script_with(_process__serving=broken), env={**os.environ, "CANARY": canary.secret})
    assert answer.document is not None
    assert answer.document["problem"].startswith("the probe failed: ValueError at parity.probe.process.serving:")
    canary.assert_clean(answer.out, answer.err)
    assert answer.err == b""
