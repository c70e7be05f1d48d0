"""The `parity` command as a person or a job starts it: a process of its own, with an environment made for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any

COMMAND = (sys.executable, "-m", "parity")

SECONDS = 90.0
"""No command line of a test takes longer, whatever it meets."""

ELSEWHERE = Path(gettempdir())
"""Where a command runs that is not told: in this repository it would take parity for the program in question."""

_KEPT = ("DOCKER_CERT_PATH", "DOCKER_CONTEXT", "DOCKER_HOST", "DOCKER_TLS_VERIFY", "PATH", "TMPDIR")
"""Of this process's own variables, what a command needs to find programs and the engine."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one command line ended."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()

    @property
    def document(self) -> dict[str, Any]:
        """Standard output, read as JSON."""
        loaded: dict[str, Any] = json.loads(self.stdout)
        return loaded

    def line(self) -> str:
        """Standard error as the one sentence that it must be, the hint below it left out."""
        lines = self.err.splitlines()
        assert lines, "nothing was said on standard error"
        assert lines[0].startswith("parity: "), self.err
        assert all(line.startswith("  ") for line in lines[1:]), f"more than a line and a hint: {self.err}"
        assert len(lines) <= 2, self.err
        return lines[0].removeprefix("parity: ")


def environment(extra: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """What a command is started with: next to nothing of this process's own, and `extra` (None takes one away)."""
    given = {name: os.environ[name] for name in _KEPT if name in os.environ}
    given |= {"HOME": "/nonexistent", "VIRTUAL_ENV": sys.prefix}
    for name, value in (extra or {}).items():
        given.pop(name, None)
        if value is not None:
            given[name] = value
    return given


def parity(
    *arguments: str | Path,
    env: Mapping[str, str | None] | None = None,
    stdin: bytes = b"",
    cwd: Path | None = None,
    **options: Any,
) -> Result:
    """Run one command line to its end. `options` are those of `subprocess.run`."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        env=environment(env),
        cwd=cwd or ELSEWHERE,
        check=False,
        timeout=SECONDS,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )
    return Result(done.returncode, done.stdout or b"", done.stderr or b"")


def start(
    *arguments: str | Path, env: Mapping[str, str | None] | None = None, cwd: Path | None = None, **options: Any
) -> subprocess.Popen[bytes]:
    """Start one command line; `options` are those of `subprocess.Popen`."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [*COMMAND, *arguments], env=environment(env), cwd=cwd or ELSEWHERE, **{**streams, **options}
    )
