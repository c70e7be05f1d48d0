"""Severities of `tls`."""

from __future__ import annotations

from typing import Any

from tests.policy.findings import ERROR, INFO, WARNING, Case


def roots(count: int, digest: str, key: str = "roots") -> dict[str, Any]:
    """A number of roots, and the digest of their set."""
    return {key: count, f"{key}_digest": digest}


CASES: list[Case] = [
    (roots(140, "a"), roots(0, "b"), {"roots": ("no-roots", ERROR)}),
    (roots(140, "a"), roots(139, "b"), {"roots": ("roots", WARNING)}),
    (roots(140, "a"), roots(140, "b"), {"roots_digest": ("roots", WARNING)}),
    (roots(139, "a"), roots(140, "b"), {"roots": ("other", INFO)}),
    (
        {**roots(141, "a"), **roots(1, "c", "own_roots")},
        {**roots(140, "b"), **roots(0, "d", "own_roots")},
        {"own_roots": ("own-roots", WARNING), "roots": ("roots", INFO)},
    ),
    # A newer distribution has more of them, and the one that was added is missing all the same.
    (
        {**roots(141, "a"), **roots(1, "c", "own_roots")},
        {**roots(150, "b"), **roots(0, "d", "own_roots")},
        {"own_roots": ("own-roots", WARNING), "roots": ("other", INFO)},
    ),
    (roots(1, "c", "own_roots"), roots(1, "d", "own_roots"), {"own_roots_digest": ("own-roots", WARNING)}),
    (roots(0, "c", "own_roots"), roots(1, "d", "own_roots"), {"own_roots": ("other", INFO)}),
    (roots(138, "a", "certifi_roots"), roots(130, "b", "certifi_roots"), {"certifi_roots": ("certifi", INFO)}),
    ({"ca_bundle": "/etc/ssl/certs"}, {"ca_bundle": "custom"}, {"ca_bundle": ("other", INFO)}),
    ({"openssl_conf": True}, {"openssl_conf": False}, {"openssl_conf": ("other", INFO)}),
    (
        {"security_level": 0, "cipher_string": "DEFAULT@SECLEVEL=0"},
        {"security_level": 2, "cipher_string": "default"},
        {"security_level": ("security-level", WARNING), "cipher_string": ("ciphers", INFO)},
    ),
    ({"security_level": 2}, {"security_level": 1}, {"security_level": ("other", INFO)}),
    ({"cipher_string": "default"}, {"cipher_string": "ECDHE"}, {"cipher_string": ("ciphers", WARNING)}),
    ({"cipher_string": "default"}, {"cipher_string": "python"}, {"cipher_string": ("ciphers", INFO)}),
    ({"min_protocol": "TLSv1"}, {"min_protocol": "TLSv1.2"}, {"min_protocol": ("protocol", WARNING)}),
    ({"min_protocol": "TLSv1.2"}, {"min_protocol": "TLSv1"}, {"min_protocol": ("other", INFO)}),
    ({"max_protocol": "default"}, {"max_protocol": "TLSv1.2"}, {"max_protocol": ("protocol", WARNING)}),
    ({"max_protocol": "TLSv1.2"}, {"max_protocol": "default"}, {"max_protocol": ("other", INFO)}),
    (
        {"providers": {"active": ["default", "legacy"]}},
        {"providers": {"active": ["default"]}},
        {"providers": ("provider", WARNING)},
    ),
    (
        {"providers": {"active": ["default"]}},
        {"providers": {"active": ["default", "legacy"]}},
        {"providers": ("other", INFO)},
    ),
    ({"providers": {"active": ["default"]}}, {}, {"providers": ("other", INFO)}),
]
