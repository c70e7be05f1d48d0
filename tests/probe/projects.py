"""Distributions made for one test and installed by the real pip, without an index.

A project carries its own build backend, of a few lines, so that pip builds it with nothing to download.
"""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

BACKEND = """
import os, zipfile
NAME, VERSION, METADATA = {name!r}, {version!r}, {metadata!r}
def _wheel(directory, files):
    info = NAME + "-" + VERSION + ".dist-info/"
    files = dict(files)
    files[info + "METADATA"] = METADATA
    files[info + "WHEEL"] = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    rows = [path + ",," for path in files] + [info + "RECORD,,"]
    files[info + "RECORD"] = "\\n".join(rows) + "\\n"
    filename = NAME + "-" + VERSION + "-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(directory, filename), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return filename
def build_wheel(directory, config_settings=None, metadata_directory=None):
    return _wheel(directory, {{NAME + ".py": ""}})
def build_editable(directory, config_settings=None, metadata_directory=None):
    return _wheel(directory, {{"__editable__." + NAME + ".pth": os.getcwd() + "\\n"}})
"""


def metadata(name: str, version: str, *lines: str) -> str:
    """METADATA with `lines` among its headers, and a description."""
    head = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *lines]
    return "\n".join(head) + "\n\nName: of-nothing\nRequires-Dist: nothing\n"


def wheel(directory: Path, name: str, version: str, files: Mapping[str, str], *lines: str, tag: str = "") -> Path:
    """A wheel file; one with a `tag` is not pure Python."""
    info = f"{name}-{version}.dist-info"
    kind = f"Root-Is-Purelib: {str(not tag).lower()}"
    members = {
        **files,
        f"{info}/METADATA": metadata(name, version, *lines),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\n{kind}\nTag: {tag or 'py3-none-any'}\n",
    }
    members[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*members, f"{info}/RECORD"])
    path = directory / f"{name}-{version}-{tag or 'py3-none-any'}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in members.items():
            archive.writestr(member, text)
    return path


def project(directory: Path, name: str, version: str, *lines: str) -> Path:
    """A directory that pip can build: one module, and its own backend."""
    where = directory / name
    where.mkdir()
    backend = BACKEND.format(name=name, version=version, metadata=metadata(name, version, *lines))
    (where / "backend.py").write_text(backend)
    (where / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    (where / f"{name}.py").write_text("")
    return where


def repository(directory: Path) -> str:
    """Make a git repository of a directory; returns its commit."""
    who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "One"]):
        subprocess.run(["git", *words], cwd=directory, check=True, timeout=30)
    told = subprocess.run(["git", "rev-parse", "HEAD"], cwd=directory, check=True, capture_output=True, text=True)
    return told.stdout.strip()
