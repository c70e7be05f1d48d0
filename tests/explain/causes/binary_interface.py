"""Examples of `binary_interface`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, Example, package

SIZE = trace(
    "ValueError: arrays.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88",
    "~frames/__init__.py:9 <module>: from frames._libs import interval",
    "frames/_libs/interval.pyx:1 init frames._libs.interval",
)
FRAMES = package("2.1.0", requires=["arrays>=1.2"])

EXAMPLES = [
    Example(
        "the message names the one that changed",
        SIZE,
        {"packages.frames": FRAMES, "packages.arrays": package("1.26.4")},
        {"packages.frames": FRAMES, "packages.arrays": package("2.0.0")},
        {"packages.arrays": NAMED},
    ),
    Example(
        "the one that was compiled is another version, too",
        SIZE,
        {"packages.frames": FRAMES, "packages.arrays": package("1.26.4")},
        {"packages.frames": {**FRAMES, "version": "2.2.0"}, "packages.arrays": package("2.0.0")},
        {"packages.arrays": NAMED, "packages.frames": (0.5, 0.95)},
    ),
    Example(
        "what the failing one requires",
        trace("ImportError: _array_api not found", "~frames/__init__.py:9 <module>: import _x"),
        {"packages.frames": FRAMES, "packages.arrays": package("1.26.4")},
        {"packages.frames": FRAMES, "packages.arrays": package("2.0.0")},
        {"packages.arrays": FITS},
    ),
    Example(
        "another error of the same packages",
        trace("ValueError: bad shape", "~frames/__init__.py:9 f: x()"),
        {"packages.arrays": package("1.26.4")},
        {"packages.arrays": package("2.0.0")},
    ),
]
