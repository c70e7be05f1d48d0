"""A view whose absolute paths stand below a directory: what a collector sees, put together by a test."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from parity.probe.kit import View
from parity.probe.process.proc import Process
from parity.probe.python.interpreter import Interpreter


class Rooted(View):
    """Files below `root`. Links in it are relative, so that none leads out."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = str(root.resolve())

    def put(self, path: str, data: bytes | str = b"") -> None:
        """Write a file, and the directories above it."""
        place = Path(self.root + path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)

    def serve(self, executable: str, path: list[str], environ: Mapping[str, str] | None = None) -> None:
        """Set the interpreter and its path, and the environment of the process (None: it could not be read)."""
        self.process = Process(7, environ=None if environ is None else dict(environ), cwd="/")
        prefix = str(Path(executable).parents[1])
        self.interpreter = Interpreter(executable, prefix, prefix, "system")
        self.interpreter.path = path
        self.interpreter.origins = dict.fromkeys(path, "site")

    def _open(self, path: str, follow: bool) -> tuple[int, int]:
        descriptor, size = super()._open(self.root + path, follow)
        return descriptor, size

    def names(self, path: str) -> list[str]:
        return list(super().names(self.root + path))

    def stat(self, path: str, follow: bool = True) -> os.stat_result:
        found: os.stat_result = super().stat(self.root + path, follow)
        return found

    def link(self, path: str) -> str:
        return str(super().link(self.root + path))

    def real(self, path: str) -> str:
        return os.path.realpath(self.root + path).removeprefix(self.root)
