"""The program's one edge: every way out of parity, and the exit code of each.

0 parity shown · 1 drift · 2 usage or invalid input · 3 incomplete · 4 internal error
130 interrupted · 141 the reader went away · 143 terminated
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn


class Terminated(BaseException):
    """SIGTERM arrived: unwind, so that children end and temporary files go, then exit 143."""


_SIGNALS: tuple[tuple[type[BaseException], int], ...] = (
    (KeyboardInterrupt, 130),
    (BrokenPipeError, 141),
    (Terminated, 143),
)


def main() -> NoReturn:
    """The `parity` command."""
    # What a command makes lives until its end: looking for cycles among it is time lost.
    gc.disable()
    signal.signal(signal.SIGTERM, _terminate)
    _leave(run(sys.argv[1:]))


def _leave(code: int) -> NoReturn:
    """End at once: the interpreter would clear up, object by object, what the system takes back as a whole."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        sys.exit(code)
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing is raised."""
    from parity import prelaunch
    from parity.arguments import refuse_credentials

    try:
        refuse_credentials(arguments)
        prelaunch.begin(arguments)
        return _run(arguments)
    except BaseException as error:
        return _code(error)
    finally:
        prelaunch.abandon()
        # Imported only where a child was ever started.
        child = sys.modules.get("parity.child")
        if child is not None:
            child.end_all()


def _run(arguments: Sequence[str]) -> int:
    from parity import plain

    asked = plain.read(arguments, os.environ)
    if asked is not None:
        return plain.run(asked)
    from parity.cli._application import application

    result = application()(args=list(arguments), prog_name="parity", standalone_mode=False)
    return result if isinstance(result, int) else 0


def _code(error: BaseException) -> int:
    """The exit code of whatever ended the run, with a word about it where there is one to say."""
    # Typer turns the first two into exceptions of its own; a reader that has left would come out as 1, which is drift.
    for kind, code in _SIGNALS:
        if isinstance(error, kind) or isinstance(error.__context__, kind):
            return code
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else int(error.code is not None)
    return _explained(error)


def _explained(error: BaseException) -> int:
    """Say what went wrong, in one line and a hint, and return the exit code of it."""
    from parity.errors import ParityError

    if isinstance(error, ParityError):
        return _say(str(error), error.hint, error.exit_code)
    # Typer's own errors of usage; its class for them has changed its home between versions.
    message = getattr(error, "format_message", None)
    if message is not None:
        path = getattr(getattr(error, "ctx", None), "command_path", "parity")
        lists = "lists the commands" if path == "parity" else "lists its arguments and options"
        return _say(message(), f"`{path} --help` {lists}", 2)
    return _say(_internal(error), "this is a fault of parity; the line above is all that a report needs", 4)


def _say(message: str, hint: str | None, code: int) -> int:
    from parity.output import tell
    from parity.text import safe

    tell(f"parity: {safe(message)}" + (f"\n  {safe(hint)}" if hint else ""))
    return code


def _internal(error: BaseException) -> str:
    """Type and place. Never the text or the locals, which may hold what must not be shown."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rpartition(os.sep)[2]}:{trace.tb_lineno}" if trace else "?"
    return f"internal error: {type(error).__name__} at {place}"


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated


if __name__ == "__main__":
    main()
