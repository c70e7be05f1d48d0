"""Which interpreter is the project's, on the machine where parity itself runs.

Imports next to nothing: for this machine the probe is started before the rest of parity is loaded.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping


def interpreter(asked: str | None, environ: Mapping[str, str], directory: str) -> tuple[str, str | None]:
    """(path of the project's interpreter, a note when it had to be guessed).

    What `--python` asked for, the activated environment, the nearest `.venv` from `directory` upwards, an activated
    conda environment, else the first on the PATH. An environment that merely holds parity itself is the last of them
    to be taken. Raises UsageError where what was asked for is no interpreter.
    """
    if asked is not None:
        return _named(asked), None
    candidates = [home for home in _environments(environ, directory) if _runs(_python(home))]
    candidates.sort(key=lambda home: home == sys.prefix)
    if candidates:
        return _python(candidates[0]), None
    from shutil import which

    for name in ("python3", "python"):
        found = which(name, path=environ.get("PATH"))
        if found is not None:
            return found, "no virtual environment here: the interpreter is the first on the PATH"
    return sys.executable, "no interpreter on the PATH: this is the one that parity itself runs on"


def _named(word: str) -> str:
    from shutil import which

    from parity.errors import UsageError
    from parity.text import safe

    path = _python(word) if os.path.isdir(word) else word
    found = os.path.abspath(path) if os.sep in path or os.path.isfile(path) else which(path)
    if found is None or not _runs(found):
        raise UsageError(f"--python: {safe(word)!r} is no interpreter that can be started")
    return found


def _environments(environ: Mapping[str, str], directory: str) -> Iterator[str]:
    if environ.get("VIRTUAL_ENV"):
        yield os.path.normpath(environ["VIRTUAL_ENV"])
    place = directory
    while True:
        if os.path.isfile(os.path.join(place, ".venv", "pyvenv.cfg")):
            yield os.path.join(place, ".venv")
            break
        above = os.path.dirname(place)
        if os.path.exists(os.path.join(place, ".git")) or above == place:
            break
        place = above
    if environ.get("CONDA_PREFIX"):
        yield os.path.normpath(environ["CONDA_PREFIX"])


def _python(home: str) -> str:
    return os.path.join(home, "bin", "python")


def _runs(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)
