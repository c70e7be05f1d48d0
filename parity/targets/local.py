"""This machine: the project's interpreter, and the environment that parity was started in."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from parity import prelaunch
from parity.errors import TargetError, UsageError
from parity.profile import Profile
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
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import ask, cutoff, read_answer, watcher

        deadline = time.monotonic() + cutoff(request)
        python, note = interpreter(request, os.environ, Path.cwd())
        request = replace(request, env_files=tuple(str(Path(name).absolute()) for name in request.env_files))
        question = ask(request, launcher=os.getpid())
        started = prelaunch.claim(python, question)
        if started is not None:
            child, question = started
        else:
            try:
                child = Child(question.files_argv(python))
            except OSError as error:
                raise UsageError(f"the interpreter cannot be started: {os.strerror(error.errno or 0)}") from error
        with child:
            of_host = read_database(request, of_this_machine=True, deadline=deadline)
            watch = watcher(question.token, "this machine", progress)
            reading = read_answer(child.finish(deadline, watch), question.token, "this machine")
        if note is not None:
            reading = reading.with_note("python", note)
        return assemble(self, reading, request, of_host)


def interpreter(request: Request, environ: Mapping[str, str], directory: Path) -> tuple[str, str | None]:
    """(path of the project's interpreter, a note when it had to be guessed).

    `--python`, the activated environment, the nearest `.venv` upwards, an activated conda environment, else the
    first on the PATH. An environment that merely holds parity itself is the last of them to be taken.
    """
    if request.python is not None:
        return _named(request.python), None
    candidates = [path for path in _environments(environ, directory) if os.access(path, os.X_OK)]
    candidates.sort(key=lambda path: path.parent.parent == Path(sys.prefix))
    if candidates:
        return str(candidates[0]), None
    for name in ("python3", "python"):
        found = shutil.which(name, path=environ.get("PATH"))
        if found is not None:
            return found, "no virtual environment here: the interpreter is the first on the PATH"
    return sys.executable, "no interpreter on the PATH: this is the one that parity itself runs on"


def _named(word: str) -> str:
    path = Path(word)
    if path.is_dir():
        path = path / "bin" / "python"
    found = str(path.absolute()) if "/" in word or path.is_file() else shutil.which(word)
    if found is None or not os.access(found, os.X_OK):
        raise UsageError(f"--python: {safe(word)!r} is no interpreter that can be started")
    return found


def _environments(environ: Mapping[str, str], directory: Path) -> Iterator[Path]:
    if environ.get("VIRTUAL_ENV"):
        yield Path(environ["VIRTUAL_ENV"]) / "bin" / "python"
    for place in (directory, *directory.parents):
        if (place / ".venv" / "pyvenv.cfg").is_file():
            yield place / ".venv" / "bin" / "python"
            break
        if (place / ".git").exists():
            break
    if environ.get("CONDA_PREFIX"):
        yield Path(environ["CONDA_PREFIX"]) / "bin" / "python"
