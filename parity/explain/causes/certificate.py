"""A TLS handshake or a certificate that production's OpenSSL refuses: its roots, its security level, its providers.

Source for the security levels: SSL_CTX_set_security_level(3); for what a provider brings: OSSL_PROVIDER-legacy(7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import at, candidate, said
from parity.explain.model import Candidate, Evidence
from parity.explain.verification import refusal

TITLE = "A certificate or a handshake is refused"
CATEGORY = "environment"
NEEDS = ("tls", "python")
ASPECTS = True

_UNTRUSTED = re.compile(
    r"certificate_verify_failed|unable to get (?:local )?issuer|self[- ]signed|certificate verify failed"
    r"|suitable tls ca certificate bundle|unknown ca\b|no certificate or crl found|root certificate file"
    r"|no start line"
)
_WEAK = re.compile(
    r"key_too_small|key too small|md_too_weak|md too weak|dh_key_too_small|dh key too small|ca_md_too_weak|no_ciphers"
    r"|unsafe_legacy_renegotiation|unsupported_protocol|no_protocols_available|wrong_signature_type|tlsv1_alert_protocol"
    r"|handshake_failure|no shared cipher|wrong version number|legacy_sigalg|no_cipher_match|invalid security level"
    r"|internal error.{0,20}security level|alert protocol version|ee_key_too_small|bad ecpoint|unsupported protocol"
)
_PROVIDER = re.compile(
    r"unsupported hash|digital envelope routines|initialization error|legacy provider|inner_evp_generic_fetch"
    r"|unsupported algorithm|unsupportedalgorithm|not supported for fips|disabled for fips|unknown cipher"
    r"|unsupported.{0,40}(?:md4|rc4|des|rc2)"
)

_ROOTS = (
    ("tls", "own_roots", 0.96), ("tls", "own_roots_digest", 0.95), ("tls", "ca_bundle", 0.9),
    ("tls", "roots_digest", 0.85), ("tls", "roots", 0.85), ("tls", "certifi_roots", 0.5),
    ("tls", "certifi_roots_digest", 0.5),
    ("system_packages", "ca-certificates", 0.85), ("environment", "SSL_CERT_FILE", 0.88),
    ("environment", "REQUESTS_CA_BUNDLE", 0.88), ("environment", "SSL_CERT_DIR", 0.85),
    ("environment", "CURL_CA_BUNDLE", 0.8), ("packages", "certifi", 0.45), ("packages", "truststore", 0.6),
)  # fmt: skip
_LEVEL = (
    ("tls", "security_level", 0.95), ("tls", "cipher_string", 0.93), ("tls", "min_protocol", 0.8),
    ("tls", "max_protocol", 0.7), ("tls", "openssl_conf", 0.6), ("environment", "OPENSSL_CONF", 0.85),
    ("python", "openssl", 0.5), ("tls", "options", 0.7),
)  # fmt: skip
_LEGACY = (
    ("tls", "providers", 0.93), ("system_packages", "openssl-provider-legacy", 0.85), ("tls", "openssl_conf", 0.6),
    ("environment", "OPENSSL_CONF", 0.7), ("python", "openssl", 0.6),
)  # fmt: skip

_NOT_OF_ROOTS = frozenset({"time", "host", "revoked", "peer", "strict", "caller"})
"""Refusals that no root makes good."""
_OF_ROOTS = {"self": 0.6}
"""Of a likelihood, where what is trusted makes it good and seldom is what differs."""


def weigh(case: Case) -> Iterator[Candidate]:
    """What decides, by what OpenSSL says."""
    facts = case.of("tls")
    refused = refusal(case.text)
    of = refused[1] if refused else ""
    if of == "strict":
        yield from _strict(case, refused[0] if refused else "")
    text = "\n".join([case.text, *(one.value.lower() for one in facts)])
    for pattern, telling in ((_WEAK, _LEVEL), (_UNTRUSTED, _ROOTS), (_PROVIDER, _LEGACY)):
        found = pattern.search(text)
        if not found or (pattern is _UNTRUSTED and of in _NOT_OF_ROOTS):
            continue
        told = in_log(facts[0]) if facts else Evidence("log", f"it says {found[0]!r}", at(case))
        for section, key, likelihood in telling:
            difference = case.difference(section, key)
            if difference is not None:
                # A certificate that is signed by itself is trusted where somebody put it among the roots.
                weight = (
                    _OF_ROOTS.get(of, 1.0) if pattern is _UNTRUSTED and difference.kind is not Kind.MISSING else 1.0
                )
                yield candidate(
                    __name__,
                    difference,
                    likelihood * weight,
                    (told,),
                    "the same connection from production's host with local's bundle and openssl.cnf is refused too",
                    _FIX[pattern],
                )


def _strict(case: Case, words: str) -> Iterator[Candidate]:
    difference = case.difference("python", "version")
    if difference is None:
        return
    before, after = (
        tuple(map(int, re.findall(r"\d+", str(side))[:2])) for side in (difference.local, difference.production)
    )
    if before < _STRICT_SINCE <= after:
        known = Evidence(
            "knowledge", "ssl.create_default_context() verifies strictly since Python 3.13", _STRICT_SOURCE
        )
        yield candidate(
            __name__, difference, 0.95, (*said(case, words), known),
            "the certificate is refused by local's Python, too",
            "have the certificate issued anew by RFC 5280, or take VERIFY_X509_STRICT from the context's flags",
        )  # fmt: skip


_STRICT_SINCE = (3, 13)
_STRICT_SOURCE = "https://docs.python.org/3/whatsnew/3.13.html#ssl"
_FIX = {
    _UNTRUSTED: "install the CA in production's image (update-ca-certificates), or name its bundle in SSL_CERT_FILE",
    _WEAK: "replace the weak key or certificate; lowering the security level in openssl.cnf is a stopgap",
    _PROVIDER: "activate the legacy provider in openssl.cnf, or stop using the algorithm",
}
