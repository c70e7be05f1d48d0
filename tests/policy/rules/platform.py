"""Severities of `platform`."""

from __future__ import annotations

from tests.policy.findings import ERROR, INFO, Case

CASES: list[Case] = [
    ({"architecture": "x86_64"}, {"architecture": "aarch64"}, {"architecture": ("architecture", ERROR)}),
    ({"system": "Darwin"}, {"system": "Linux"}, {"system": ("system", ERROR)}),
    ({"libc": "glibc", "libc_version": "2.36"}, {"libc": "musl", "libc_version": "1.2.4"}, {"libc": ("libc", ERROR)}),
    ({"libc_version": "2.41"}, {"libc_version": "2.36"}, {"libc_version": ("libc-older", ERROR)}),
    ({"libc_version": "2.36"}, {"libc_version": "2.41"}, {"libc_version": ("libc-newer", INFO)}),
    ({"distribution": "debian 12"}, {"distribution": "debian 13"}, {"distribution": ("distribution", INFO)}),
    ({"kernel": "6.1.0"}, {"kernel": "5.10.0"}, {"kernel": ("kernel", INFO)}),
    ({"kernel": "6.1.0"}, {}, {"kernel": ("other", INFO)}),
]
