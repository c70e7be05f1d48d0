"""The probe through a command of somebody else's that ends in a Python reading standard input.

Nothing of the question stands in the command: the flags are plain words, and the token and the request travel in
front of the script. So it does not matter how often a transport splits, joins or quotes what it runs.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import PurePath

from parity.child import Child, Result, Watch
from parity.errors import Incomplete, ParityError, Unreachable
from parity.snapshot.probe import read_answer, watcher
from parity.snapshot.question import FLAGS, Ask
from parity.snapshot.request import Progress
from parity.snapshot.target import Reading
from parity.text import safe

PYTHON_WORDS = (*FLAGS, "-")
"""What follows the interpreter's name."""

Diagnosis = Callable[[Result], ParityError | None]
"""Why a finished command gave no answer, where the transport's own words tell; None where they do not."""


def _untold(result: Result) -> ParityError | None:
    return None


_LINGER = 2.0
"""Seconds that a transport may take to end once the whole answer is here."""


def converse(
    argv: Sequence[str], question: Ask, place: str, deadline: float, progress: Progress, diagnose: Diagnosis = _untold
) -> Reading:
    """Run `argv` with the probe on its standard input and read the answer. `place` is a safe name for a person.

    `deadline` is `time.monotonic()`'s: the command, and all that it started, ends there. Raises Unreachable when it
    cannot be started, what `diagnose` finds when it gave no answer, else Incomplete.
    """
    end = f"\n{question.token}\n".encode()
    tell = watcher(question.token, place, progress)

    def watch(out: bytearray) -> float | None:
        tell(out)
        return time.monotonic() + _LINGER if out.endswith(end) else None

    result = question.without_key(execute(argv, script(question), deadline, watch))
    try:
        return read_answer(result, question.token, place)
    except Unreachable:
        raise
    except Incomplete as error:
        raise (diagnose(result) or error) from None


def script(question: Ask) -> bytes:
    """The bundle with its arguments in front, in words that every Python reads, the oldest too."""
    from parity import bundle

    arguments = [question.token, question.document]
    return f"import sys\nsys.argv[1:] = {arguments!r}\n{question.preamble}{bundle.script()}".encode("ascii")


def execute(argv: Sequence[str], stdin: bytes, deadline: float, watch: Watch | None = None) -> Result:
    """Run one command until `deadline`. Raises Unreachable when it cannot be started."""
    try:
        with Child(argv, stdin) as child:
            return child.finish(deadline, watch)
    except OSError as error:
        program = safe(PurePath(argv[0]).name)[:60]
        why = "is not installed here" if isinstance(error, FileNotFoundError) else os.strerror(error.errno or 0).lower()
        raise Unreachable(f"{program}: {why}", hint="it is looked for on the PATH of parity") from None


def last_words(result: Result) -> str:
    """The last line of standard error, safe to show."""
    lines = [line.strip() for line in result.err.decode("utf-8", "replace").splitlines() if line.strip()]
    return safe(lines[-1])[:200] if lines else "no message"


def with_notes(reading: Reading, whose: str = "") -> Reading:
    """The reading, with what a person must know of its environment.

    That it is `whose`, where no process that serves was looked at; and that it was refused for its user's sake.
    """
    serving = reading.serving
    if whose and serving.get("serves") is False:
        return reading.with_note("environment", f"this environment is {whose}")
    refused = serving.get("refused")
    if isinstance(refused, list) and {"cwd", "environ"} <= {str(one) for one in refused}:
        uid = serving.get("uid")
        note = f"the process belongs to another user (uid {uid}): asked as that user, or as root, it tells more"
        return reading.with_note("environment", safe(note)[:200])
    return reading
