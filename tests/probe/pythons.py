"""The Pythons of this machine, and how a test asks one of them what the probe makes of a process.

Discovered by the names on PATH (python3.8 ... python3.19) and, where there is a pyenv, by what it has.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from parity import bundle

FLOOR = (3, 8)
_TELL = "import sys; print(sys.version_info[0], sys.version_info[1], sys.executable)"


@dataclass(frozen=True)
class Python:
    """An interpreter: its file, and (major, minor)."""

    path: str
    version: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.version[0]}.{self.version[1]}"


@cache
def found() -> tuple[Python, ...]:
    """One interpreter of each version on this machine, oldest first; the one that runs the tests among them."""
    here = Python(sys.executable, sys.version_info[:2])
    versions = {here.version: here}
    for path in _candidates():
        python = _ask(path)
        if python is not None:
            versions.setdefault(python.version, python)
    return tuple(versions[key] for key in sorted(versions))


def supported() -> tuple[Python, ...]:
    """Those that the probe runs on."""
    return tuple(python for python in found() if python.version >= FLOOR)


def unsupported() -> tuple[Python, ...]:
    """Those that are too old for it."""
    return tuple(python for python in found() if python.version < FLOOR)


def _candidates() -> list[str]:
    names = [f"python3.{minor}" for minor in range(5, 20)] + ["python2.7"]
    paths = [path for name in names if (path := shutil.which(name))]
    pyenv = shutil.which("pyenv")
    if pyenv:
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False).stdout.strip()
        paths += [str(path) for path in sorted(Path(root).glob("versions/*/bin/python"))]
    return paths


def _ask(path: str) -> Python | None:
    try:
        told = subprocess.run([path, "-c", _TELL], capture_output=True, text=True, timeout=20, check=False)
    except OSError:
        return None
    # A shim of pyenv that stands for no chosen version answers with an error.
    match = re.match(r"(\d+) (\d+) (\S+)", told.stdout)
    return Python(match[3], (int(match[1]), int(match[2]))) if match and told.returncode == 0 else None


DRIVER = """
import json, sys
MODULES = {modules!r}
space = {{"__name__": "loader"}}
exec(MODULES["parity.probe.loader"], space)
sys.meta_path.insert(0, space["Bundle"](MODULES))
from parity.probe.process import arguments, proc
from parity.probe.python import live, located
from parity.probe.kit import View
process = proc.read(int(sys.argv[1]))
view = View()
view.process = process
executable, note = located.locate(process)
found = live.describe(view, executable)
print(json.dumps({{
    "note": note, "executable": executable, "kind": found.kind, "prefix": found.prefix, "path": found.path,
    "origins": found.origins, "problems": found.problems, "flags": arguments.flags(process),
    "code": sorted(name for name, entry in found.pth.items() if entry["code"]),
    "foreign": found.foreign, "standard": sys.path,
}}))
"""

REPORT = """
import json, os, sys
names = [name for name in dir(sys.flags) if not name.startswith(("_", "n_", "count", "index"))]
told = {"flags": {name: getattr(sys.flags, name) for name in names}, "prefix": sys.prefix}
told["path"] = [os.path.abspath(entry) for entry in sys.path]
sys.stdout.write(json.dumps(told) + chr(10))
sys.stdout.flush()
sys.stdin.read()
"""
"""A program that tells what it is, and stays until its standard input ends."""


def driver() -> str:
    """A script that prints what the probe's modules say of the process whose pid is its argument."""
    return DRIVER.format(modules=dict(bundle.modules()))


@dataclass(frozen=True)
class Seen:
    """One process, as it told of itself and as the probe computed it."""

    told: Mapping[str, Any]
    computed: Mapping[str, Any]

    @property
    def path(self) -> list[str]:
        """Its `sys.path` without the standard library, as a probe under -I -S of the same Python has it alone."""
        standard = set(self.computed["standard"])
        entries: list[str] = []
        for entry in self.told["path"]:
            if entry not in standard and entry not in entries:
                entries.append(entry)
        return entries


def watch(argv: Sequence[str], environ: Mapping[str, str], directory: Path, probe_with: str | None = None) -> Seen:
    """Start a Python program that runs REPORT, and let the probe look at it."""
    with subprocess.Popen(
        argv, env=dict(environ), cwd=directory, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        line = process.stdout.readline()
        assert line, f"{argv} said nothing"
        answer = subprocess.run(
            [probe_with or argv[0], "-I", "-S", "-B", "-", str(process.pid)],
            input=driver(),
            capture_output=True,
            text=True,
            env=dict(os.environ),
            check=True,
            timeout=60,
        )
        process.stdin.close()
        process.wait(timeout=10)
    return Seen(json.loads(line), json.loads(answer.stdout))
