"""Severities of `cpu`."""

from __future__ import annotations

from tests.policy.findings import INFO, WARNING, Case

LOST, LESS, MORE = ("flag-missing", WARNING), ("flag-missing", INFO), ("flag-extra", INFO)

CASES: list[Case] = [
    ({"level": "x86-64-v3"}, {"level": "x86-64-v2"}, {"level": ("level-lower", WARNING)}),
    ({"level": "x86-64-v2"}, {"level": "x86-64-v4"}, {"level": ("level-higher", INFO)}),
    ({"level": "armv9.0"}, {"level": "armv8.2"}, {"level": ("level-lower", WARNING)}),
    ({"level": "armv8.2"}, {"level": "armv8.10"}, {"level": ("level-higher", INFO)}),
    ({"level": "x86-64-v2"}, {}, {"level": ("level-lower", WARNING)}),
    ({"count": 8}, {"count": 2}, {"count": ("count", INFO)}),
    # A hypervisor that masks AVX: the level is the same, for it was not reached on either side.
    ({"level": "x86-64-v2", "avx": True}, {"level": "x86-64-v2"}, {"avx": LOST}),
    ({"level": "x86-64-v3", "sha_ni": True}, {"level": "x86-64-v3"}, {"sha_ni": LESS}),
    (
        {"level": "x86-64-v3", "avx2": True},
        {"level": "x86-64-v2"},
        {"level": ("level-lower", WARNING), "avx2": LESS},
    ),
    ({}, {"avx512f": True}, {"avx512f": MORE}),
]
