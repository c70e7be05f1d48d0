"""Severities of `libraries`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case, version

CASES: list[Case] = [
    ({"libGL.so.1": {"resolved": True}}, {"libGL.so.1": {"resolved": False}}, {"libGL.so.1": ("unresolved", ERROR)}),
    (
        {},
        {"libGL.so.1": {"resolved": False, "needed_by": ["cv2 (opencv)"], "modules": 1}},
        {"libGL.so.1": ("unresolved", ERROR)},
    ),
    ({"libGL.so.1": {"resolved": False}}, {"libGL.so.1": {"resolved": True}}, {"libGL.so.1": ("resolved", INFO)}),
    (
        {"libc.so.6": version("2.41", resolved=True)},
        {"libc.so.6": version("2.31", resolved=True, lacks=["GLIBC_2.38"], lacks_by=["x"])},
        {"libc.so.6": ("symbols", ERROR)},
    ),
    ({}, {"libc.so.6": version("2.31", resolved=True, lacks=["GLIBC_2.38"])}, {"libc.so.6": ("symbols", ERROR)}),
    (
        {"l.so": {"resolved": True, "lacks": ["A_1", "A_2"]}},
        {"l.so": {"resolved": True, "lacks": ["A_1"]}},
        {"l.so": ("resolved", INFO)},
    ),
    (
        {"libpq.so.5": version("5.15", resolved=True)},
        {"libpq.so.5": version("6.1", resolved=True)},
        {"libpq.so.5": ("major", WARNING)},
    ),
    (
        {"libpq.so.5": version("5.15", resolved=True)},
        {"libpq.so.5": version("5.17", resolved=True)},
        {"libpq.so.5": ("version", INFO)},
    ),
    ({"libpq.so.5": {"resolved": True}}, {}, {"libpq.so.5": ("missing", INFO)}),
    ({}, {"libpq.so.5": {"resolved": True}}, {"libpq.so.5": ("extra", INFO)}),
]
