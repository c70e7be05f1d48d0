"""Runs commands in turns and keeps what each took."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

LONGEST = 300.0
"""Seconds after which a command is given up."""


@dataclass(frozen=True, slots=True)
class Case:
    """One command to measure."""

    name: str
    command: Sequence[str | Path]
    codes: frozenset[int] = frozenset({0})
    """Exit codes that are answers."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """What it has besides the least that a program needs."""
    before: Callable[[], None] | None = None
    """Called before each run, outside the measured time."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the runs of one command took."""

    seconds: tuple[float, ...]
    peaks: tuple[int, ...]
    """Bytes: the peak memory of the largest of its processes, in each run."""

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def peak(self) -> int:
        return max(self.peaks)


class Failed(Exception):
    """A command did not answer as it should; there is nothing to measure."""


def interleaved(cases: Sequence[Case], runs: int, directory: Path) -> dict[str, Result]:
    """{case's name: Result}: every case once to warm up, then all of them in turn, `runs` times.

    The turn starts with another case each time, so that none always follows the same one. Commands run in
    `directory`, with nothing on standard input and their output discarded.
    """
    seconds: dict[str, list[float]] = {case.name: [] for case in cases}
    peaks: dict[str, list[int]] = {case.name: [] for case in cases}
    for turn in range(-1, runs):
        start = turn % len(cases)
        for case in [*cases[start:], *cases[:start]]:
            _progress(f"run {turn + 1} of {runs}: {case.name}")
            took, peak = _once(case, directory)
            if turn >= 0:
                seconds[case.name].append(took)
                peaks[case.name].append(peak)
    _progress("")
    return {case.name: Result(tuple(seconds[case.name]), tuple(peaks[case.name])) for case in cases}


def least_environment() -> dict[str, str]:
    """What every command is given: a PATH, a HOME and a locale, so that the shell's own settings weigh nothing."""
    return {"PATH": os.defpath, "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}


def _once(case: Case, directory: Path) -> tuple[float, int]:
    if case.before is not None:
        case.before()
    environment = {**least_environment(), **case.environment}
    words = [str(word) for word in case.command]
    began = time.perf_counter()
    process = subprocess.Popen(
        words,
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    signal.alarm(int(LONGEST))
    try:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    except TimeoutError:
        os.killpg(process.pid, signal.SIGKILL)
        raise Failed(f"{case.name}: no end after {LONGEST:.0f} s") from None
    finally:
        signal.alarm(0)
    took = time.perf_counter() - began
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in case.codes:
        raise Failed(f"{case.name}: exit {process.returncode}\n{said.decode('utf-8', 'replace')[-2000:]}")
    return took, usage.ru_maxrss * 1024


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{words}")
        sys.stderr.flush()


def _give_up(number: int, frame: object) -> None:
    raise TimeoutError


signal.signal(signal.SIGALRM, _give_up)
