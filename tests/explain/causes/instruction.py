"""Examples of `instruction`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, Example

NEW, OLD = {"cpu.level": "x86-64-v3", "cpu.avx2": True, "cpu.count": 4}, {"cpu.level": "x86-64-v2", "cpu.count": 2}
ARM, INTEL = {"platform.architecture": "aarch64"}, {"platform.architecture": "x86_64"}

EXAMPLES = [
    Example(
        "it ends with a signal", "Illegal instruction (core dumped)", NEW, OLD, {"cpu.level": NAMED, "cpu.avx2": FITS}
    ),
    Example(
        "a program of another machine",
        "exec /usr/local/bin/python: exec format error",
        ARM,
        INTEL,
        {"platform.architecture": NAMED},
    ),
    Example("another failure", trace("ValueError: bad", "app.py:3 f: x"), {**NEW, **ARM}, {**OLD, **INTEL}),
]
