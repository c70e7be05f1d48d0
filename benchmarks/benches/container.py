"""What the way into a container adds: the same environment, read here and inside."""

from __future__ import annotations

import subprocess
import sys
import uuid
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.measure import Failed
from benchmarks.setting import Setting
from benchmarks.table import Limit, Table, megabytes, seconds

BASES = ROOT / "tests" / "images" / "bases.sh"
IMAGE = "parity-base:bookworm"


def run(setting: Setting) -> Table:
    """A server runs in a container with the environment and its interpreter mounted where they are here."""
    name = f"parity-bench-{uuid.uuid4().hex[:12]}"
    _do(str(BASES), "bookworm")
    here = setting.environment.path
    prefix = Path(sys.base_prefix)
    mounts = [here] if prefix == Path("/usr") else [here, prefix]
    options = [word for path in mounts for word in ("--volume", f"{path}:{path}:ro")]
    _do("docker", "run", "--detach", "--name", name, *options, IMAGE, f"{here}/bin/python", "-m", "http.server")
    out = setting.directory
    try:
        local = setting.case("parity snapshot", "parity", "snapshot", "-o", out / "local.json")
        inside = setting.case(
            "parity snapshot docker://", "parity", "snapshot", f"docker://{name}", "-o", out / "c.json"
        )
        bare = setting.case("docker exec, start of Python", Path("/usr/bin/env"), "docker", "exec", name,
                            here / "bin" / "python", "-I", "-S", "-c", "pass")  # fmt: skip
        results = setting.measure([local, inside, bare])
    finally:
        _do("docker", "rm", "--force", "--volumes", name)
    above = results[inside.name].median - results[local.name].median
    return Table(
        title="A container's snapshot above the local one",
        columns=("command", "median", "peak memory"),
        rows=[(name, seconds(result.median), megabytes(result.peak)) for name, result in results.items()],
        limits=[Limit("the container's snapshot above the local one", above, 0.4, " s")],
    )


def _do(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{' '.join(words[:2])}: {done.stderr.strip()[-500:]}")
