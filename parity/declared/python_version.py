"""The version of Python that small files state: .python-version, runtime.txt, .tool-versions.

Formats: pyenv's and uv's `.python-version` (one version a line, the first counts), Heroku's `runtime.txt`
("python-3.12.4"), asdf's `.tool-versions` ("python 3.12.4").
"""

from __future__ import annotations

import posixpath
import re

from parity.declared.facts import Facts, Fault, Place, PythonVersion

NAMES = (".python-version", ".tool-versions", "runtime.txt")

HIDES = (("python", "version"),)

_VERSION = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}(?:(?:a|b|rc)\d+)?))?\Z")
_PREFIX = re.compile(r"(?:cpython|python|pypy)?[-@]?", re.IGNORECASE)
_SHOWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.@+_-]{0,63}\Z")


def read(text: str, name: str) -> Facts:
    """What the file says; a version of something else than CPython is shown and is no version of it."""
    kind = posixpath.basename(name)
    for number, line in enumerate(text.split("\n"), 1):
        words = line.partition("#")[0].split()
        if kind == ".tool-versions":
            words = words[1:] if words[:1] == ["python"] else []
        if not words:
            continue
        if not _SHOWN.match(words[0]):
            return Facts(faults=(Fault(f"{Place(name, number)}: no version of Python", HIDES),))
        return Facts(pythons=(stated(words[0], Place(name, number)),))
    if kind == ".tool-versions":
        return Facts()
    return Facts(faults=(Fault(f"{name}: no version of Python", HIDES),))


def stated(word: str, at: Place) -> PythonVersion:
    """What one word says: "3.12.4" exactly, "3.12" a range, "pypy3.10" and "system" neither."""
    bare = word[_PREFIX.match(word).end() :] if not word.lower().startswith("pypy") else word  # type: ignore[union-attr]
    found = _VERSION.match(bare)
    if found is None:
        return PythonVersion(word, at)
    exact = bare if found[3] is not None else None
    return PythonVersion(word, at, exact, f"=={bare}" if exact else f"=={bare}.*")
