"""What OpenSSL and the verifier of certificates say."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched, told
from parity.explain.model import Fact, Failure

_PATTERNS: Patterns = (
    ("tls", re.compile(r"\[(?:SSL|X509|PEM|CONF|EVP|ASN1): ([A-Z][A-Z0-9_]{2,60})\]")),
    ("tls", re.compile(r"\bcertificate verify failed: ([A-Za-z][A-Za-z' -]{2,80}[a-z])")),
    ("tls", re.compile(r"(?i)\b(hostname mismatch)\b|\b(self[- ]signed certificate(?: in certificate chain)?)\b")),
    ("tls", re.compile(r"(?i)\b(Could not find a suitable TLS CA certificate bundle)")),
    ("tls", re.compile(r"(?i)\b(server does not support SSL|no encryption|SSL off|SSL connection is required|SSL is not enabled on the server)\b")),
    ("tls", re.compile(r"(?i)\b(root certificate file) \"[^\"\n]{1,300}\" does not exist")),
)  # fmt: skip
_REASON = re.compile(r"\berror:[0-9A-F]{8}:(?P<library>[\w .-]{2,60}):[\w .-]{0,60}:(?P<reason>[\w .-]{2,80})")
_NAMED = re.compile(
    r"\[(?P<library>digital envelope routines|SSL routines|x509 certificate routines)[^\]\n]{0,40}\] (?P<reason>[a-z][\w -]{2,60})"
)


def read(failure: Failure) -> Iterator[Fact]:
    """`tls`."""
    yield from matched(failure, _PATTERNS)
    for one in told(failure):
        for pattern in (_REASON, _NAMED):
            for found in pattern.finditer(one.text):
                yield one.fact("tls", re.sub(r"[ -]+", "_", found["reason"].strip()).upper(), found.start())
