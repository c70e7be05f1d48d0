"""The processor: its level, how many there are, and what of it compiled code asks for before it runs.

    level    "x86-64-v1" to "x86-64-v4"; of 64-bit ARM "armv8.0" and later, the highest of which all is there
    count    CPUs that are online, as os.cpu_count() tells; those that the process may use are among the limits
    NAME     true for every flag of FLAGS that the kernel tells, by the kernel's name

Sources: x86-64 psABI, "Micro-Architecture Levels"; Arm Architecture Reference Manual A-profile, the features that a
version makes mandatory; the kernel's names, Documentation/arch/x86/cpuinfo and arch/arm64/elf_hwcaps.

Floor: Python 3.8, standard library only.
"""

import os
import re

from parity.probe.kit import Section, Unavailable, View, why
from parity.probe.limits import cpulist

TITLE = "CPU"
WHY = "code that was compiled for a newer processor ends with an illegal instruction on an older one"
COMPARED = {"*": "exact"}
SEVERITY = {"missing": "info", "changed": "info", "extra": "info"}
READS = ()

LEVELS = {
    "x86_64": (
        ("x86-64-v1", "cmov cx8 fpu fxsr mmx syscall sse sse2"),
        ("x86-64-v2", "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3"),
        ("x86-64-v3", "avx avx2 bmi1 bmi2 f16c fma abm movbe xsave"),
        ("x86-64-v4", "avx512f avx512bw avx512cd avx512dq avx512vl"),
    ),
    "aarch64": (
        ("armv8.0", "fp asimd"),
        ("armv8.1", "atomics asimdrdm crc32"),
        ("armv8.2", "dcpop"),
        ("armv8.3", "fcma jscvt lrcpc"),
        ("armv8.4", "asimddp dit flagm ilrcpc uscat"),
        ("armv8.5", "flagm2 frint sb"),
        ("armv9.0", "sve2"),
    ),
}
"""{machine: ((level, the flags that it has over the one before), ...)}."""

FLAGS = frozenset(
    (  # noqa: SIM905 - as a list of one a line it would be a page
        "abm adx aes amx_bf16 amx_fp16 amx_int8 amx_tile avx avx2 avx512_4fmaps avx512_bf16 avx512_bitalg "
        "avx512_fp16 avx512_vbmi2 avx512_vnni avx512_vpopcntdq avx512bw avx512cd avx512dq avx512f avx512ifma "
        "avx512vbmi avx512vl avx_vnni bmi1 bmi2 f16c fma gfni movbe pclmulqdq pni popcnt rdrand rdseed sha_ni sse4_1 "
        "sse4_2 ssse3 vaes vpclmulqdq asimd asimddp asimdfhm asimdhp asimdrdm atomics bf16 crc32 fphp i8mm pmull sha1 "
        "sha2 sha3 sha512 sve sve2"
    ).split()
)
"""What numeric, hashing and cryptographic libraries look for before they choose their code."""

FIRST = 16 << 10
"""Bytes of /proc/cpuinfo that are read: the first processor's, and no more of many."""

_LINE = re.compile(r"^(?:flags|Features)\s*:(.*)$", re.MULTILINE)


def collect(view):
    process = view.process
    if process is None or not process.runs:
        raise Unavailable("it takes a running process")
    if os.uname().sysname != "Linux":
        raise Unavailable("not Linux")
    section = Section()
    kernel = view if view.live else View()
    count = _online(kernel)
    if count:
        section.items["count"] = count
    try:
        flags = parse(kernel.head("/proc/cpuinfo", FIRST).decode("ascii", "replace"))
    except OSError as error:
        section.hide("*", why(error))
        return section
    if not flags:
        section.hide("*", "the kernel does not tell the processor's flags")
        return section
    section.items.update((name, True) for name in sorted(flags & FLAGS))
    found = level(os.uname().machine, flags)
    if found:
        section.items["level"] = found
    return section


def parse(text):
    """The flags of the first processor of a /proc/cpuinfo."""
    found = _LINE.search(text)
    return frozenset(found.group(1).split()) if found else frozenset()


def level(machine, flags):
    """The highest level whose flags, and those of all before it, are there; None where there are no levels."""
    found = None
    for name, needed in LEVELS.get(machine, ()):
        if not flags.issuperset(needed.split()):
            break
        found = name
    return found


def _online(kernel):
    try:
        count = cpulist.count(kernel.text("/sys/devices/system/cpu/online"))
    except OSError:
        count = 0
    # musl's sysconf counts what the asking process may use, and not what there is: it comes second.
    return count or os.cpu_count()
