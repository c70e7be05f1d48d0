"""Severities of `system_packages`."""

from __future__ import annotations

from tests.policy.findings import INFO, Case, version

DEB = {"manager": "debian"}
CASES: list[Case] = [
    ({"a": version("1", **DEB)}, {"b": version("1", **DEB)}, {"a": ("missing", INFO), "b": ("extra", INFO)}),
    ({"a": version("1", **DEB)}, {"a": version("2", **DEB)}, {"a": ("changed", INFO)}),
]
