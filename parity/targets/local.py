"""This machine: the project's interpreter, and the environment that parity was started in."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from parity import prelaunch
from parity.errors import TargetError, UsageError
from parity.profile import Profile
from parity.snapshot.project import interpreter
from parity.snapshot.request import Progress, Request
from parity.text import safe

SUMMARY = "this machine: the project's interpreter and the environment of the shell"
EXAMPLE = "local"
OPTIONS: tuple[str, ...] = ()


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Local:
    """`local` has no reference."""
    if reference or options:
        raise TargetError("`local` stands alone: it has no reference")
    return Local()


@dataclass(frozen=True, slots=True)
class Local:
    """This machine."""

    kind: str = "local"
    reference: str = ""

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.child import Child
        from parity.database import read_database
        from parity.snapshot.ask import ask
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff, read_answer, watcher
        from parity.snapshot.question import clean_environ

        deadline = time.monotonic() + cutoff(request)
        python, note = interpreter(request.python, os.environ, os.getcwd())
        request = replace(request, env_files=tuple(map(_dotenv, request.env_files)))
        question = ask(request, launcher=os.getpid())
        started = prelaunch.claim(python, question)
        if started is not None:
            child, question = started
        else:
            try:
                child = Child(question.files_argv(python), question.files_stdin, clean_environ())
            except OSError as error:
                raise UsageError(f"the interpreter cannot be started: {os.strerror(error.errno or 0)}") from error
        with child:
            of_host = read_database(request, of_this_machine=True, deadline=deadline)
            watch = watcher(question.token, "this machine", progress)
            result = question.without_key(child.finish(deadline, watch))
            reading = read_answer(result, question.token, "this machine")
        if note is not None:
            reading = reading.with_note("python", note)
        return assemble(self, reading, request, of_host)


def _dotenv(name: str) -> str:
    from pathlib import Path

    path = Path(name).absolute()
    if not path.exists():
        raise UsageError(f"--env-file: there is no file {safe(name)}")
    return str(path)
