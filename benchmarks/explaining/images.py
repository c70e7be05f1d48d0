"""The images of a failure's sides: a base, its dress, the failure's own layers; a tag is a digest of what made it."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import subprocess
import sys
import tarfile
from pathlib import Path
from threading import Lock

from benchmarks.environment import ROOT
from benchmarks.explaining.decoys import dress, worn
from benchmarks.explaining.recipe import Failure, Side
from benchmarks.measure import Failed

PYTHONS = {"bullseye": "3.9", "bookworm": "3.11", "trixie": "3.13", "sid": "3.14"}
"""Debian release -> the Python that it ships."""

REPOSITORY = "parity-failures"
_WHEELS = ROOT / ".cache" / "failures" / "wheels"
_BASES = ROOT / "tests" / "images" / "bases.sh"
_POSTGRES = ROOT / "tests" / "images" / "postgres"
# pip's --platform means that one tag alone.
_GLIBC = ("manylinux1", "manylinux2010", "manylinux2014", "manylinux_2_17", "manylinux_2_28", "manylinux_2_34")
_ONE_AT_A_TIME = Lock()
# A mirror that stands still is as good a mirror.
_APT = (
    "apt-get update -qq -o Acquire::Check-Valid-Until=false "
    "&& apt-get install -qq --yes --no-install-recommends {} && rm -rf /var/lib/apt/lists/*"
)
_UNPACK = "for one in /tmp/unpacked/*.whl; do python -m zipfile -e $one /srv/venv/lib/python3*/site-packages; done"
_INSTALL = "/srv/venv/bin/pip install --quiet --no-index --no-deps --no-compile /tmp/wheels/*.whl && rm -r /tmp/wheels"


def image(failure: Failure, name: str, side: Side) -> str:
    """The tag of the image of a side, `local` or `production`, of a failure; made where it is not there yet."""
    with _ONE_AT_A_TIME:
        files = {
            f"app/{path.relative_to(failure.directory / 'app')}": path
            for path in sorted((failure.directory / "app").rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }
        lines = [f"FROM {_dressed(dress(failure, name, side.base))}"]
        if side.apt:
            lines.append(f"RUN {_APT.format(' '.join(side.apt))}")
        if side.packages:
            files |= {f"wheels/{one.name}": one for one in wheels(side.packages, PYTHONS[side.base])}
            lines += ["COPY wheels /tmp/wheels", f"RUN {_INSTALL}"]
        if side.unpacked:
            chosen = wheels(side.unpacked, PYTHONS[side.unpacked_for])
            files |= {f"unpacked/{one.name}": one for one in chosen}
            lines += ["COPY unpacked /tmp/unpacked", f"RUN {_UNPACK}"]
        lines += ["COPY app /app", "WORKDIR /app", *side.build]
        return _made(failure.name, lines, {name: path.read_bytes() for name, path in files.items()})


def postgres(release: str) -> str:
    """The tag of the image with a release's own PostgreSQL, which trusts whoever connects."""
    with _ONE_AT_A_TIME:
        text = (_POSTGRES / "Dockerfile").read_text("utf-8").replace("ARG BASE\n", "")
        return _made(f"postgres-{release}", text.replace("${BASE}", _base(release)).splitlines(), {})


def wheels(requirements: tuple[str, ...] | list[str], python: str, *, alone: bool = False) -> list[Path]:
    """The wheels of requirements, and of what they require unless `alone`, for another Python; kept between runs."""
    key = hashlib.sha256(repr((sorted(requirements), alone)).encode()).hexdigest()[:16]
    directory = _WHEELS / python / key
    if not (directory / ".complete").exists():
        directory.mkdir(parents=True, exist_ok=True)
        platforms = [f"--platform={one}_{platform.machine()}" for one in _GLIBC]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:", "--dest", str(directory)]
        command += [f"--python-version={python}", "--implementation=cp", *platforms, *(["--no-deps"] if alone else [])]
        done = subprocess.run([*command, *requirements], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"pip download {' '.join(requirements)}: {done.stderr.strip()[-400:]}")
        (directory / ".complete").touch()
    return sorted(directory.glob("*.whl"))


def _dressed(name: str) -> str:
    release = name.partition("-")[0]
    packages, debian = worn(name)
    files = {f"wheels/{one.name}": one.read_bytes() for one in wheels(packages, PYTHONS[release], alone=True)}
    lines = [
        f"FROM {_base(release)}",
        f"RUN {_APT.format(' '.join(debian))}",
        "RUN python3 -m venv /srv/venv",
        "ENV PATH=/srv/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin VIRTUAL_ENV=/srv/venv",
        "COPY wheels /tmp/wheels",
        f"RUN {_INSTALL}",
    ]
    return _made(f"base-{name}", lines, files)


def _base(release: str) -> str:
    done = subprocess.run([_BASES, release], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"bases.sh {release}: {done.stderr.strip()[-400:]}")
    return f"parity-base:{release}"


def _made(name: str, lines: list[str], files: dict[str, bytes]) -> str:
    digest = hashlib.sha256(repr((lines, sorted(files.items()))).encode()).hexdigest()
    tag = f"{REPOSITORY}:{name}-{digest[:12]}"
    if subprocess.run(["docker", "image", "inspect", tag], capture_output=True, check=False).returncode == 0:
        return tag
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for path, content in {**files, "Dockerfile": "\n".join(lines).encode()}.items():
            member = tarfile.TarInfo(path)
            member.size, member.mode = len(content), 0o644
            archive.addfile(member, io.BytesIO(content))
    done = subprocess.run(
        ["docker", "build", "--quiet", "--force-rm", "--network=host", "--tag", tag, "-"],
        input=stream.getvalue(),
        capture_output=True,
        check=False,
        env={**os.environ, "DOCKER_BUILDKIT": "0"},
    )
    if done.returncode != 0:
        raise Failed(f"{tag}: {(done.stdout + done.stderr).decode(errors='replace')[-1500:]}")
    return tag
