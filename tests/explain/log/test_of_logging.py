"""A record that logging could not write: a failure of logging itself, which the program outlives."""

from __future__ import annotations

import subprocess
import sys

from parity.explain.log import read

BROKEN = "import logging; logging.basicConfig(); logging.error('a %d', 'x')"


def said(program: str) -> list[bytes]:
    """What a program really writes to its standard error."""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.stderr
    return ended.stderr.splitlines(keepends=True)


def test_by_itself_it_is_the_failure() -> None:
    lines = said(BROKEN)
    assert lines[0] == b"--- Logging error ---\n"
    (failure,) = read(lines).failures
    assert failure.chain[-1].type == "TypeError"
    assert failure.grave
    (alone,) = read(lines[:1]).failures
    assert (alone.kind, alone.message) == ("message", "--- Logging error ---")


def test_what_ends_the_program_goes_before_it() -> None:
    for program in (f"{BROKEN}\nraise KeyError('X')", f"try:\n    raise KeyError('X')\nfinally:\n    {BROKEN}"):
        first, *_ = read(said(program)).failures
        assert first.chain[-1].type == "KeyError"
    first, *_ = read([b"Traceback (most recent call last):\n", b'  File "a.py", line 1, in f\n', b"KeyError: 'X'\n",
                      b"ok\n", *said(BROKEN)]).failures  # fmt: skip
    assert first.chain[-1].type == "KeyError"
