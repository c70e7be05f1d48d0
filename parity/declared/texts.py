"""The texts of the program's own files that an explanation looks into: those that a log names, and what they import.

Read from the repository alone, bounded in number and size, and nothing of it is run. Links are not followed out of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from parity.declared.walk import read

MOST = 60
LARGEST = 512 << 10
"""Bytes of one file; a longer one is left out."""
_DEEP = 2
"""Imports that are followed, from a file that was named."""
_TRIED = 4_000
"""Paths that are tried in all."""

_ELSEWHERE = re.compile(r"/(?:site|dist)-packages/|/lib(?:64)?/(?:python|pypy)[0-9.]+t?/")
"""An installed package's or the standard library's: no file of the repository, though one may end like it."""


def texts(directory: Path, printed: Iterable[str], named: Iterable[str] = ()) -> Mapping[str, str]:
    """{path in the repository: text}. `printed`: files as a log's frames print them, the ones that matter most first;
    `named`: paths in the repository."""
    reader = _Reader(directory.resolve())
    for path in printed:
        reader.ending_in(path)
    for path in named:
        reader.at(path)
    for _ in range(_DEEP):
        for path, text in list(reader.found.items()):
            reader.imported(path, text)
    return reader.found


def ending(directory: Path, printed: Iterable[str]) -> Mapping[str, str]:
    """{file as a log's frame prints it: the text of the repository's file that it is by its path}."""
    reader = _Reader(directory.resolve())
    found = ((path, reader.ending_in(path)) for path in printed)
    return {path: reader.found[at] for path, at in found if at is not None}


class _Reader:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._tried: set[str] = set()
        self._known: dict[str, str] = {}
        self._followed: set[str] = set()
        self.found: dict[str, str] = {}

    def ending_in(self, printed: str) -> str | None:
        """The file whose path is the longest end of what a frame prints: "/app/shop/mail.py" is shop/mail.py."""
        if printed.startswith("<") or _ELSEWHERE.search(printed):
            return None
        parts = [part for part in printed.split("/") if part not in ("", ".")]
        ends = ("/".join(parts[start:]) for start in range(len(parts)))
        return next(filter(self.at, ends), None)

    def at(self, path: str) -> bool:
        """Read one file of Python; whether it is there."""
        if path in self.found:
            return True
        if path in self._tried or len(self._tried) >= _TRIED or len(self.found) >= MOST:
            return False
        self._tried.add(path)
        if not path.endswith((".py", ".pyw")) or ".." in path.split("/"):
            return False
        with suppress(OSError):
            self.found[path] = read(self._root, path, LARGEST, self._known).decode("utf-8", "replace")
        return path in self.found

    def imported(self, path: str, text: str) -> None:
        """What a file imports of the program's own: from the directory it lies in, and from each above it."""
        if path in self._followed:
            return
        self._followed.add(path)
        above = [str(one) for one in PurePosixPath(path).parents]
        for module in _imports(text, path):
            stem = module.replace(".", "/")
            for directory in above:
                start = "" if directory == "." else f"{directory}/"
                if self.at(f"{start}{stem}.py") or self.at(f"{start}{stem}/__init__.py"):
                    break


def _imports(text: str, path: str) -> Iterator[str]:
    """Dotted modules that a file imports, each name of `from a import b` as a module that it may be."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = PurePosixPath(path).parts[: -node.level] if node.level else ()
            module = ".".join([*parents, *([node.module] if node.module else [])])
            yield from filter(None, [module, *(f"{module}.{alias.name}".lstrip(".") for alias in node.names)])
