"""Which interpreter is the project's, on the machine where parity itself runs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from parity.errors import UsageError
from parity.snapshot.request import Request
from parity.text import safe


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
