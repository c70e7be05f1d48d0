"""Severities of `volumes`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, WARNING, Case

DATA = {"kind": "bind", "exists": True, "writable": True, "readable": True, "uid": 1000, "gid": 1000, "mode": "0755"}


def sized(mebibytes: int) -> dict[str, object]:
    """A file system in memory."""
    return {**DATA, "kind": "tmpfs", "size": mebibytes << 20}


CASES: list[Case] = [
    ({"/data": DATA}, {"/data": {**DATA, "uid": 0, "writable": False}}, {"/data": ("not-writable", ERROR)}),
    ({"/": DATA}, {"/": {**DATA, "read_only": True, "writable": False}}, {"/": ("not-writable", ERROR)}),
    (
        {"/": {**DATA, "kind": "disk"}},
        {"/": {**DATA, "kind": "overlay", "uid": 0, "writable": False}},
        {"/": ("owner", INFO)},
    ),
    ({"/data": DATA}, {"/data": {**DATA, "mode": "0300", "readable": False}}, {"/data": ("not-readable", ERROR)}),
    ({"/data": DATA}, {}, {"/data": ("not-mounted", ERROR)}),
    ({"data": {**DATA, "kind": "directory"}}, {}, {"data": ("gone", ERROR)}),
    ({"/data": DATA}, {"/data": {"exists": False}}, {"/data": ("gone", ERROR)}),
    ({"/data": {**DATA, "writable": False}}, {}, {"/data": ("missing", INFO)}),
    ({"/data": DATA}, {"/data": {"kind": "declared volume", "mounted": False}}, {"/data": ("not-mounted", ERROR)}),
    ({"/data": DATA}, {"/data": {**DATA, "uid": 5}}, {"/data": ("owner", INFO)}),
    ({"/data": DATA}, {"/data": {**DATA, "kind": "tmpfs"}}, {"/data": ("options", INFO)}),
    ({"/data": DATA}, {"/data": {"kind": "declared volume"}}, {"/data": ("options", INFO)}),
    ({"/data": {**DATA, "writable": False}}, {"/data": DATA}, {"/data": ("owner", INFO)}),
    ({}, {"/data": DATA}, {"/data": ("extra", INFO)}),
    ({"/tmp": sized(512)}, {"/tmp": sized(128)}, {"/tmp": ("small", WARNING)}),
    ({"/tmp": sized(512)}, {"/tmp": sized(256)}, {"/tmp": ("options", INFO)}),
    ({"/tmp": sized(64)}, {"/tmp": sized(32)}, {"/tmp": ("small", WARNING)}),
    ({"/tmp": sized(32)}, {"/tmp": sized(64)}, {"/tmp": ("options", INFO)}),
    # Half of the memory that there is, as a file system in memory holds by default.
    ({"/tmp": sized(16 << 10)}, {"/tmp": sized(2 << 10)}, {"/tmp": ("options", INFO)}),
    ({"/tmp": {**DATA, "kind": "directory"}}, {"/tmp": sized(16)}, {"/tmp": ("small", WARNING)}),
    ({"/tmp": {**DATA, "kind": "directory"}}, {"/tmp": sized(256)}, {"/tmp": ("options", INFO)}),
    ({"/tmp": sized(64)}, {"/tmp": {**sized(32), "writable": False}}, {"/tmp": ("not-writable", ERROR)}),
    ({}, {"/cache": sized(16)}, {"/cache": ("small", WARNING)}),
    ({}, {"/run/lock": sized(5)}, {"/run/lock": ("extra", INFO)}),
]
