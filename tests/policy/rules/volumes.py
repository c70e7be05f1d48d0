"""Severities of `volumes`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, Case

DATA = {"kind": "bind", "exists": True, "writable": True, "readable": True, "uid": 1000, "gid": 1000, "mode": "0755"}
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
]
