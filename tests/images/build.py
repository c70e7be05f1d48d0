"""Images for tests, each from a directory beside this file, built once for what it is made of.

    NAME/Dockerfile          starts with `ARG BASE` and `FROM ${BASE}`
    NAME/requirements*.txt   pinned distributions; their wheels stand in `wheels/` of the build's context, so that
                             pip inside the build needs no network and none of this machine's settings

The tag holds a hash of the base, the files and the arguments: a changed recipe is a new image, an unchanged one
costs a look-up.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from docker.errors import APIError, BuildError, ImageNotFound

if TYPE_CHECKING:
    from docker import DockerClient

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache" / "wheels"

PYTHONS = {"bullseye": "3.9", "bookworm": "3.11", "trixie": "3.13", "sid": "3.14"}
"""Debian release -> the Python that it ships."""

# pip's --platform means that one tag alone, so every C library that these images have room for is named.
_GLIBC = ("manylinux1", "manylinux2010", "manylinux2014", "manylinux_2_17", "manylinux_2_24", "manylinux_2_28")


class ImageError(Exception):
    """An image could not be made; `str()` of it ends with what the build said last."""


def base(engine: DockerClient, release: str) -> str:
    """The tag of a Debian release with its own Python, made by bases.sh where it is not there yet."""
    tag = f"parity-base:{release}"
    try:
        engine.images.get(tag)
    except ImageNotFound:
        made = subprocess.run([HERE / "bases.sh", release], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise ImageError(f"bases.sh {release}: {made.stderr.strip()[-500:]}") from None
    return tag


def build(
    engine: DockerClient, name: str, base_tag: str, release: str, arguments: Mapping[str, str] | None = None
) -> str:
    """The tag of the image of directory `name` on `base_tag`, whose Python is that of `release`."""
    arguments = {**(arguments or {}), "BASE": base_tag}
    directory = HERE / name
    files = {
        str(path.relative_to(directory)): path.read_bytes() for path in sorted(directory.rglob("*")) if path.is_file()
    }
    digest = hashlib.sha256(
        repr((engine.images.get(base_tag).id, sorted(arguments.items()), files)).encode()
    ).hexdigest()
    tag = f"parity-test-{name}:{digest[:16]}"
    try:
        engine.images.get(tag)
    except ImageNotFound:
        for path in sorted(directory.glob("requirements*.txt")):
            files |= {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in wheels(path, PYTHONS[release])}
        _build(engine, tag, _context(files), arguments)
        _forget_older(engine, tag)
    return tag


def wheels(requirements: Path, python: str) -> list[Path]:
    """The wheels of pinned requirements for another Python on this architecture, kept between runs."""
    key = hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    directory = CACHE / python / key
    done = directory / ".complete"
    if not done.exists():
        directory.mkdir(parents=True, exist_ok=True)
        platforms = [f"--platform={one}_{platform.machine()}" for one in _GLIBC]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        command += [f"--python-version={python}", "--implementation=cp", *platforms]
        fetched = subprocess.run(
            [*command, "--dest", directory, "-r", requirements], capture_output=True, text=True, check=False
        )
        if fetched.returncode != 0:
            raise ImageError(f"pip download of {requirements.name}: {fetched.stderr.strip()[-500:]}")
        done.touch()
    return sorted(directory.glob("*.whl"))


def _context(files: Mapping[str, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mode = 0o755 if content.startswith(b"#!") else 0o644
            archive.addfile(member, io.BytesIO(content))
    stream.seek(0)
    return stream


def _build(engine: DockerClient, tag: str, context: io.BytesIO, arguments: Mapping[str, str]) -> None:
    proxies = {name: value for name, value in os.environ.items() if name.lower() in {"http_proxy", "https_proxy"}}
    try:
        # The host's network, for apt: engines without a working bridge are common where tests run.
        engine.images.build(
            fileobj=context,
            custom_context=True,
            tag=tag,
            buildargs={**proxies, **arguments},
            network_mode="host",
            rm=True,
            forcerm=True,
        )
    except BuildError as error:
        said = "".join(str(line.get("stream", "")) for line in error.build_log if isinstance(line, dict))
        raise ImageError(f"{tag}: {error}\n{said[-2000:]}") from None


def _forget_older(engine: DockerClient, tag: str) -> None:
    """Remove yesterday's builds of the same directory; one that is in use stays."""
    yesterday = (datetime.now(timezone.utc) - timedelta(days=1)).isoformat()
    for image in engine.images.list(tag.partition(":")[0]):
        if tag not in image.tags and image.attrs["Created"] < yesterday:
            with suppress(APIError):
                engine.images.remove(image.tags[0])
