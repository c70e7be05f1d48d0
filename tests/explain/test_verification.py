"""What the verifier says, held to OpenSSL's own words."""

from __future__ import annotations

import ctypes
import ctypes.util

import pytest

from parity.explain.elsewhere import kinds
from parity.explain.verification import THEIRS, refusal, refusals
from tests.explain.cases import case, trace

OF = {"roots", "self", "time", "host", "level", "strict", "revoked", "peer", "caller"}


def test_every_refusal_of_this_openssl_is_in_the_list() -> None:
    library = ctypes.util.find_library("crypto")
    if library is None:
        pytest.fail("this machine's OpenSSL cannot be found")
    words = ctypes.CDLL(library).X509_verify_cert_error_string
    words.restype, words.argtypes = ctypes.c_char_p, [ctypes.c_long]
    said = {words(code).decode().lower() for code in range(2, 120)}
    missing = {one for one in said if one not in refusals() and "unknown" not in one and one != "ok"}
    assert missing == set()
    assert set(refusals().values()) == OF


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ("[ssl: certificate_verify_failed] certificate verify failed: certificate has expired (_ssl.c:992)", "time"),
        ("certificate verify failed: self signed certificate in certificate chain (_ssl.c:1123)", "roots"),
        ("certificate verify failed: self signed certificate (_ssl.c:1123)", "self"),
        ("curl: (60) ssl certificate problem: unable to get local issuer certificate", "roots"),
        ("verify error:num=26:unsupported certificate purpose", "peer"),
        ("verify return code: 62 (hostname mismatch)", "host"),
        ("out of memory", None),
        ("certificate has expired", None),
    ],
)
def test_it_is_told_by_the_verifiers_own_sentences(said: str, of: str | None) -> None:
    found = refusal(said)
    assert (found[1] if found else None) == of


@pytest.mark.parametrize("words", [words for words, of in refusals().items() if of in THEIRS])
def test_what_the_other_side_shows_speaks_for_the_environment(words: str) -> None:
    log = trace(f"ssl.SSLCertVerificationError: certificate verify failed: {words} (_ssl.c:1)", "^ssl.py:3 f: x()")
    assert [one.strength > 0.8 for one in kinds()["upstream"].read(case(log, {}, {}))][:1] == [True]
