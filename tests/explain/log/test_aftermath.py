"""What follows from a failure is told with it, and by itself only where nothing stands before it."""

from __future__ import annotations

import pytest

from parity.explain.log import read
from parity.explain.log.aftermath import LATE, NEAR
from parity.explain.log.trouble import Weight, ends
from parity.explain.model import Log

TRACEBACK = ("Traceback (most recent call last):", '  File "/app/shop.py", line 3, in <module>', "KeyError: 'KEY'")
MASTER = (
    "[2026-11-23 03:29:28 +0000] [9] [INFO] Worker exiting (pid: 9)",
    "[2026-11-23 03:29:28 +0000] [1] [ERROR] Worker (pid:8) was sent SIGTERM!",
    "[2026-11-23 03:29:28 +0000] [1] [ERROR] Worker (pid:9) exited with code 3",
    "[2026-11-23 03:29:29 +0000] [1] [ERROR] Shutting down: Master",
    "[2026-11-23 03:29:29 +0000] [1] [ERROR] Reason: Worker failed to boot.",
)
STARTUP = ("ERROR:    Application startup failed. Exiting.",)
SUPERVISED = (
    "2026-11-23 03:29:28,180 INFO exited: web (exit status 1; not expected)",
    "2026-11-23 03:29:30,180 INFO gave up: web entered FATAL state, too many start retries too quickly",
)
UNIT = ("Nov 23 03:29:28 app2 systemd[1]: web.service: Main process exited, code=exited, status=1/FAILURE",)
HALTED = (
    "Traceback (most recent call last):",
    '  File "/lib/arbiter.py", line 9, in run',
    "gunicorn.errors.HaltServer: 3",
)
SERVERS = {"gunicorn": MASTER, "uvicorn": STARTUP, "supervisor": SUPERVISED, "systemd": UNIT, "halted": HALTED,
           "compose": ("web-1 exited with code 1",)}  # fmt: skip


def told(*lines: str) -> Log:
    return read(f"{line}\n".encode() for line in lines)


def messages(log: Log) -> list[str]:
    return [one.message for one in log.failures]


@pytest.mark.parametrize("after", SERVERS.values(), ids=SERVERS)
@pytest.mark.parametrize("root", [TRACEBACK, ("ERROR:    could not reach the queue",)], ids=["traceback", "line"])
def test_it_is_told_beside_what_failed_before_it(root: tuple[str, ...], after: tuple[str, ...]) -> None:
    log = told(*root, *["INFO: well"] * 3, *after)
    assert messages(log) == [root[-1].removeprefix("ERROR:    ")]
    assert (log.newest, log.most_frequent) == (0, 0)
    assert any(line.number > len(root) for line in log.failures[0].around)


@pytest.mark.parametrize("after", SERVERS.values(), ids=SERVERS)
def test_by_itself_it_is_all_that_there_is(after: tuple[str, ...]) -> None:
    assert messages(told("starting", *after))


def test_what_stands_far_behind_follows_from_something_else() -> None:
    gap = ["all is well"] * (NEAR[Weight.FATAL] + LATE)
    assert messages(told(*TRACEBACK, *gap, *STARTUP)) == ["KeyError: 'KEY'", "Application startup failed. Exiting."]


def test_in_a_log_of_several_streams_it_may_stand_first() -> None:
    assert messages(told("web-1 exited with code 1", *TRACEBACK)) == ["KeyError: 'KEY'"]


def test_a_warning_ends_nothing() -> None:
    log = told("WARNING:  the cache is cold", *STARTUP)
    assert messages(log) == ["Application startup failed. Exiting.", "the cache is cold"]


def test_a_worker_that_is_killed_is_a_failure_of_its_own() -> None:
    killed = "[2026-11-23 03:32:17 +0000] [8] [ERROR] Worker (pid:9) was sent SIGKILL! Perhaps out of memory?"
    assert len(told(*TRACEBACK, killed).failures) == 2


def test_of_two_failures_the_nearest_before_it_is_meant() -> None:
    log = told("ERROR:    no route to the broker", *["well"] * 9, *TRACEBACK, "", *STARTUP)
    beside = {one.message: [line.text for line in one.around] for one in log.failures}
    assert "Application startup failed. Exiting." in beside["KeyError: 'KEY'"]


@pytest.mark.parametrize(
    "text", ["exiting: cannot bind port 80", "stopping words are missing", "shutting down is slow"]
)
def test_what_says_more_may_say_why(text: str) -> None:
    assert not ends(text)
