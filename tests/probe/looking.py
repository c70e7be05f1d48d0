"""The packages section of directories made for one test."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parity.probe.collectors import packages
from parity.probe.kit import View
from parity.probe.process.proc import Process
from parity.probe.python.interpreter import Interpreter
from tests.probe import projects

Section = Mapping[str, Any]


def look(
    path: list[Path],
    origins: Mapping[str, str] | None = None,
    environ: dict[str, str] | None = None,
    view: View | None = None,
) -> Section:
    """The section for a program whose path has these entries."""
    found = Interpreter(sys.executable, sys.prefix, sys.base_prefix, "venv")
    found.path = [str(entry) for entry in path]
    found.origins = {str(entry): (origins or {}).get(str(entry), "site") for entry in path}
    view = view or View()
    view.process = Process(os.getpid(), {} if environ is None else environ)
    view.interpreter = found
    section: Section = packages.collect(view).as_dict()
    json.dumps(section)
    return section


def put(site: Path, directory: str, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A distribution's directory with these files in it."""
    path = site / directory
    path.mkdir(parents=True)
    for name, content in (files or {}).items():
        (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def good(site: Path) -> None:
    """A distribution with which nothing is wrong."""
    put(site, "good-1.0.dist-info", {"METADATA": projects.metadata("good", "1.0"), "RECORD": "good.py,,\n"})
