"""Examples of `certificate`."""

from __future__ import annotations

from tests.explain.cases import trace
from tests.explain.causes.examples import FITS, NAMED, SET, SHOWN, Example

UNTRUSTED = trace(
    "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local"
    " issuer certificate (_ssl.c:1006)",
    "^ssl.py:1379 do_handshake: self._sslobj.do_handshake()",
)


def refused(words: str) -> str:
    """What ssl raises where the verifier says so."""
    said = f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {words} (_ssl.c:1006)"
    return trace(f"ssl.SSLCertVerificationError: {said}", "^ssl.py:1379 do_handshake: self._sslobj.do_handshake()")


WEAK = trace("ssl.SSLError: [SSL: EE_KEY_TOO_SMALL] ee key too small (_ssl.c:4034)", "app.py:3 f: load()")
MD4 = trace("ValueError: unsupported hash type md4", "app.py:3 f: hashlib.new('md4')")
ROOTS = {"tls.own_roots": 1, "tls.roots_digest": "aa", "tls.security_level": 1, "environment.SSL_CERT_FILE": SET}

EXAMPLES = [
    Example(
        "a root of somebody's own",
        UNTRUSTED,
        {"tls.own_roots": 1, "tls.roots_digest": "aa", "tls.security_level": 1},
        {"tls.own_roots": 0, "tls.roots_digest": "bb", "tls.security_level": 2},
        {"tls.own_roots": NAMED, "tls.roots_digest": SHOWN},
    ),
    Example(
        "a bundle that a variable names",
        UNTRUSTED,
        {"environment.SSL_CERT_FILE": SET},
        {"environment.X": SET},
        {"environment.SSL_CERT_FILE": SHOWN},
    ),
    Example(
        "a key that is too small",
        WEAK,
        {"tls.security_level": 0, "tls.own_roots": 1},
        {"tls.security_level": 2, "tls.own_roots": 0},
        {"tls.security_level": NAMED},
    ),
    Example(
        "an algorithm of the legacy provider",
        MD4,
        {"tls.providers": {"active": ["default", "legacy"]}},
        {"tls.providers": {"active": ["default"]}},
        {"tls.providers": NAMED},
    ),
    Example("a certificate that is past its time", refused("certificate has expired"), ROOTS, {"tls.own_roots": 0}),
    Example(
        "a certificate of another host", refused("Hostname mismatch, certificate is not valid for 'a'."), ROOTS, {}
    ),
    Example(
        "a certificate that is signed by itself, and roots that differ",
        refused("self-signed certificate"),
        {"tls.roots_digest": "aa"},
        {"tls.roots_digest": "bb"},
        {"tls.roots_digest": FITS},
    ),
    Example(
        "a certificate that the verifier refuses since a release",
        refused("Missing Authority Key Identifier"),
        {"python.version": "3.12.1", "tls.roots_digest": "aa"},
        {"python.version": "3.13.1", "tls.roots_digest": "bb"},
        {"python.version": NAMED},
    ),
    Example(
        "a request that fails otherwise", trace("ValueError: bad", "app.py:3 f: load()"), ROOTS, {"tls.own_roots": 0}
    ),
]
