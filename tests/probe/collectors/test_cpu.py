"""The processor of this machine, and of others as their kernels tell."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parity.probe.collectors import cpu
from parity.probe.kit import Unavailable, View
from parity.probe.process.proc import Process
from tests.probe.running import run

ONE = "fpu cx8 cmov fxsr mmx syscall sse sse2"
TWO = f"{ONE} cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3"
THREE = f"{TWO} avx avx2 bmi1 bmi2 f16c fma abm movbe xsave"
FOUR = f"{THREE} avx512f avx512bw avx512cd avx512dq avx512vl"
ZERO = "fp asimd"
ALTRA = f"{ZERO} evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp ssbs"


def test_this_machine() -> None:
    items = run({"sections": ["cpu"]}).items("cpu")
    assert items["count"] == os.cpu_count()
    flags = items.keys() - {"count", "level"}
    assert flags <= cpu.FLAGS
    assert all(items[flag] is True for flag in flags)
    assert flags == cpu.parse(Path("/proc/cpuinfo").read_text()) & cpu.FLAGS


@pytest.mark.parametrize(
    ("machine", "flags", "level"),
    [
        ("x86_64", ONE, "x86-64-v1"),
        ("x86_64", TWO, "x86-64-v2"),
        ("x86_64", THREE, "x86-64-v3"),
        ("x86_64", FOUR, "x86-64-v4"),
        ("x86_64", THREE.replace("movbe", ""), "x86-64-v2"),
        # A level is all that comes before it, too.
        ("x86_64", FOUR.replace("popcnt", ""), "x86-64-v1"),
        ("x86_64", "", None),
        ("aarch64", ZERO, "armv8.0"),
        ("aarch64", ALTRA, "armv8.2"),
        ("aarch64", ALTRA.replace("dcpop", ""), "armv8.1"),
        ("riscv64", ONE, None),
    ],
)
def test_levels(machine: str, flags: str, level: str | None) -> None:
    assert cpu.level(machine, frozenset(flags.split())) == level


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("processor\t: 0\nflags\t\t: fpu sse2\nbugs\t\t: x\n\nprocessor\t: 1\nflags\t\t: fpu\n", {"fpu", "sse2"}),
        ("processor\t: 0\nFeatures\t: fp asimd\n", {"fp", "asimd"}),
        ("vmx flags\t: vnmi\n", set()),
        ("", set()),
    ],
)
def test_flags_are_the_first_processors(text: str, flags: set[str]) -> None:
    assert cpu.parse(text) == flags


def test_what_does_not_run_has_no_processor() -> None:
    view = View()
    view.process = Process(0)
    with pytest.raises(Unavailable, match="running process"):
        cpu.collect(view)
