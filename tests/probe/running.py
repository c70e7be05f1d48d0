"""Runs the probe as it is run in a target, and reads its answer."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import parity
from parity import bundle

if TYPE_CHECKING:
    from docker import DockerClient

TOKEN = "0123456789abcdef" * 2
FLAGS = ["-I", "-S", "-B"]
FROM_FILES = [str(Path(parity.__file__).parent / "probe" / "__main__.py")]


@dataclass(frozen=True)
class Answer:
    """What a run of the probe gave. `document` is None when there was no whole frame."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    document: dict[str, Any] | None

    @property
    def sections(self) -> dict[str, Any]:
        assert self.document is not None, (self.code, self.out[-300:], self.err[-2000:])
        return dict(self.document["sections"])

    @property
    def serving(self) -> dict[str, Any]:
        assert self.document is not None, (self.code, self.out[-300:], self.err[-2000:])
        return dict(self.document["serving"])

    def items(self, section: str) -> dict[str, Any]:
        """The items of a section that could be read."""
        assert self.sections[section]["status"] in ("ok", "partial"), self.sections[section]
        return dict(self.sections[section]["items"])


def run(
    request: Mapping[str, Any] | None = None,
    *,
    python: str = sys.executable,
    script: bytes | None = None,
    flags: Sequence[str] = (),
    token: str = TOKEN,
    **popen: Any,
) -> Answer:
    """Ask the probe on this machine: from its files, or as `script` on standard input."""
    argv = [python, *(flags or FLAGS), *(["-"] if script is not None else FROM_FILES), token, json.dumps(request or {})]
    started = time.monotonic()
    done = subprocess.run(argv, input=script or b"", capture_output=True, timeout=60, check=False, **popen)
    return _answer(done.returncode, done.stdout, done.stderr, started, token)


def run_inside(
    engine: DockerClient,
    container: str,
    request: Mapping[str, Any] | None = None,
    *,
    argv: Sequence[str] = ("python3", *FLAGS, "-"),
    script: bytes | None = None,
    user: str = "",
) -> Answer:
    """Ask the probe in a container, over exec, for the process that serves there. A shell's `$0 $1` are the rest."""
    from parity.engine.execute import execute

    whole = {"container": True, **(request or {})}
    started = time.monotonic()
    result = execute(
        engine.api,
        container,
        [*argv, TOKEN, json.dumps(whole)],
        script or bundle.script().encode("ascii"),
        deadline=started + 60,
        user=user,
    )
    return _answer(result.code, result.out, result.err, started, TOKEN)


def _answer(code: int, out: bytes, err: bytes, started: float, token: str) -> Answer:
    seconds = time.monotonic() - started
    _, found, rest = out.partition(b"\n" + token.encode() + b" ")
    if not found:
        return Answer(code, out, err, seconds, None)
    count, _, rest = rest.partition(b"\n")
    payload, end = rest[: int(count)], rest[int(count) :]
    whole = end == b"\n" + token.encode() + b"\n"
    return Answer(code, out, err, seconds, json.loads(payload) if whole else None)


def script_with(**replaced: str) -> bytes:
    """The bundle with the source of some modules exchanged: platform="..." is parity.probe.collectors.platform;
    a name with a leading underscore is a module of parity.probe, _python__live that of a package in it."""
    modules = dict(bundle.modules())
    for name, source in replaced.items():
        whole = (
            f"parity.probe.{name[1:].replace('__', '.')}" if name.startswith("_") else f"parity.probe.collectors.{name}"
        )
        assert whole in modules
        modules[whole] = source
    return f"MODULES = {modules!r}\nexec(compile(MODULES['parity.probe.loader'], 'loader', 'exec'))\n".encode("ascii")


def collector(body: str, imports: str = "import os, sys, time, signal") -> str:
    """The source of a collector whose `collect(view)` is `body`."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    head = f"{imports}\nfrom parity.probe.kit import *\n\ndef collect(view):\n    section = Section()\n"
    return f"{head}{lines}\n    return section\n"


def processes_with(word: str) -> list[str]:
    """The command lines of living processes that hold `word`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if word.encode() in line and state != "Z":
                found.append(f"{entry.name} {state} {line!r}")
    return found
