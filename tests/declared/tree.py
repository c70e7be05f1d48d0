"""A repository in memory, for readers that ask for files by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parity.declared.facts import MAX_TEXT


@dataclass(frozen=True, slots=True)
class Tree:
    """Files by their path from the root."""

    texts: Mapping[str, str | bytes]

    @staticmethod
    def of(directory: Path) -> Tree:
        """The files of a directory of test data."""
        found = (path for path in directory.rglob("*") if path.is_file())
        return Tree({path.relative_to(directory).as_posix(): path.read_bytes() for path in found})

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.texts))

    def read(self, path: str, limit: int = MAX_TEXT) -> bytes:
        if path not in self.texts:
            raise FileNotFoundError(2, "No such file or directory")
        text = self.texts[path]
        data = text.encode() if isinstance(text, str) else text
        if len(data) > limit:
            raise OSError(27, "File too large")
        return data
