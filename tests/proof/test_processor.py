"""A processor of a lower level: what was compiled for the local one does not load there.

No container hides the processor from its programs. Production's program therefore runs on one that QEMU makes, and its
kernel tells of that one as the engine lets a file stand for /proc/cpuinfo.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from parity.diff import compare
from parity.policy import judge
from tests.images.fixtures import RunContainer
from tests.services import program
from tests.targets.looking import take

if TYPE_CHECKING:
    from docker import DockerClient

pytestmark = pytest.mark.docker

NEHALEM = (
    "fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 syscall nx lm "
    "rep_good nopl cpuid pni ssse3 cx16 sse4_1 sse4_2 popcnt hypervisor lahf_lm"
)
"""The flags of the first of x86-64-v2."""

CPUINFO, LIBRARY, EMULATOR = "/proc/cpuinfo", "/app/fast.so", "/usr/bin/qemu"
LOADS = f"import ctypes; assert ctypes.CDLL('{LIBRARY}').answer() == 42"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """{path in a container: what stands there}: a library for x86-64-v3, an older processor, and who plays it."""
    directory = tmp_path_factory.mktemp("processor")
    source, library, told = (directory / name for name in ("fast.c", "fast.so", "cpuinfo"))
    source.write_text("int answer(void) { return 42; }\n")
    # What compilers write into a library for a level, and the dynamic loader reads before anything of it runs.
    words = ["-shared", "-fPIC", "-Wl,-z,x86-64-v3", "-o", str(library), str(source)]
    subprocess.run([program("gcc"), *words], check=True)
    told.write_text(f"processor\t: 0\nmodel name\t: Intel Core i7 9xx (Nehalem)\nflags\t\t: {NEHALEM}\n\n")
    return {LIBRARY: library, CPUINFO: told, EMULATOR: Path(program("qemu-x86_64-static"))}


def test_what_makes_a_program_fail_is_found_and_nothing_else(
    files: dict[str, Path], run_container: RunContainer, app_image: str, docker_engine: DockerClient
) -> None:
    def start(*paths: str) -> str:
        options: dict[str, Any] = {"volumes": [f"{files[path]}:{path}:ro" for path in paths]}
        return run_container(app_image, ready="serving", **options)

    here, there = start(LIBRARY), start(*files)
    local, production = (take(f"docker://{name}", sections=frozenset({"cpu", "python"})) for name in (here, there))
    assert production.sections["cpu"].items["level"] == "x86-64-v2"
    found = judge(compare(local, production), local, production)
    serious = [(one.section, one.key, one.severity.value) for one in found if one.severity.value != "info"]
    assert serious == [("cpu", "level", "warning")]

    def run(name: str, *before: str) -> tuple[int | None, str]:
        code, output = docker_engine.containers.get(name).exec_run([*before, "/app/.venv/bin/python", "-c", LOADS])
        return code, cast("bytes", output).decode("utf-8", "replace")

    assert run(here) == (0, "")
    code, said = run(there, EMULATOR, "-cpu", "Nehalem")
    assert code == 1
    assert "CPU ISA level is lower than required" in said
    # By itself the emulator takes nothing away.
    assert run(there, EMULATOR, "-cpu", "max") == (0, "")
