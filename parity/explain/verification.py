"""What OpenSSL's verifier of certificates refuses, and of whom each refusal is: parity/explain/data/x509.json.

The whole list of X509_V_ERR_* with the words of X509_verify_cert_error_string(3). `of` says where to look:

    roots     the store of trusted certificates on this side
    self      the other side's certificate is signed by itself: in the store, or never to be trusted
    time      the certificate's time, or the clock of this side
    host      the name by which the other side was asked for
    level     this side's security level: SSL_CTX_set_security_level(3)
    strict    what X509_V_FLAG_X509_STRICT asks for besides, which Python sets by itself since 3.13
    revoked   lists of revoked certificates, and answers about them
    peer      the other side's certificate, or one above it
    caller    what the program itself asked the verifier for
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

SOURCE = "https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/"

THEIRS = frozenset({"time", "host", "revoked", "peer"})
"""What no store, level or variable of this side makes good."""

_FORMER = {"self signed": "self-signed", "unsupported certificate purpose": "unsuitable certificate purpose"}
"""Words of OpenSSL 1.1."""
_VERIFIER = re.compile(
    r"(?:certificate[ _]verify[ _]failed\]?:? |ssl certificate problem: |verify error:num=\d{1,3}:"
    r"|verify return code: \d{1,3} \(|certificate verification failed: )(?:certificate verify failed: )?"
    r"(?P<said>[^\n]{1,120})"
)


@cache
def refusals() -> Mapping[str, str]:
    """{words, in lower case: of whom}, the longest first."""
    text = (files("parity.explain") / "data" / "x509.json").read_text("utf-8")
    rows = {row["words"].lower(): row["of"] for row in json.loads(text)}
    return dict(sorted(rows.items(), key=lambda row: -len(row[0])))


def refusal(said: str) -> tuple[str, str] | None:
    """(the verifier's words, of whom they are) of a text in lower case; None where it tells of none."""
    for found in _VERIFIER.finditer(said):
        told = found["said"]
        for former, words in _FORMER.items():
            told = told.replace(former, words)
        for words, of in refusals().items():
            if told.startswith(words):
                return words, of
    return None
