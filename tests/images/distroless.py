"""Images as distroless ones are: no shell, no package manager, one file a package below status.d; made from a base."""

from __future__ import annotations

import io
import re
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docker import DockerClient

_LEFT_OUT = re.compile(
    r"(usr/)?(s?bin|share|libexec|games|local)(/|$)|(boot|home|media|mnt|opt|root|run|srv|tmp|var)(/|$)"
)
_PYTHON = re.compile(r"usr/bin/python3[0-9.]*")
_LIBRARIES_OF_PYTHON = re.compile(r"usr/lib/python3")


def distroless(engine: DockerClient, root: Path, name: str, *, python: bool) -> str:
    """The name of an image with the libraries of an unpacked Debian, and with its Python or without.

    Its command is a program of the name `server`, which is no Python.
    """
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for path in sorted(root.rglob("*")):
            place = str(path.relative_to(root))
            if (_LIBRARIES_OF_PYTHON.match(place) and not python) or not _belongs(place, python):
                continue
            if path.is_symlink() or path.is_dir() or path.is_file():
                archive.add(path, place, recursive=False)
        status = (root / "var/lib/dpkg/status").read_text("utf-8")
        for stanza in status.strip().split("\n\n"):
            package = stanza.partition("\n")[0].removeprefix("Package: ")
            _add(archive, f"var/lib/dpkg/status.d/{package}", stanza.encode() + b"\n")
        _add(archive, "server", b"\x7fELF", 0o755)
    command = '["/usr/bin/python3", "-m", "http.server"]' if python else '["/server"]'
    tag = engine.api.import_image_from_data(stream.getvalue(), name, "test", changes=[f"CMD {command}", "USER 65532"])
    assert "sha256:" in tag, tag
    return f"{name}:test"


def _belongs(place: str, python: bool) -> bool:
    return not _LEFT_OUT.match(place) or place == "usr/bin" or bool(python and _PYTHON.fullmatch(place))


def _add(archive: tarfile.TarFile, name: str, data: bytes, mode: int = 0o644) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), mode
    archive.addfile(member, io.BytesIO(data))
