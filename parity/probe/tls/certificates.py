"""The certificates in a file, each by its digest. Formats: RFC 7468 (PEM), X.690 (the length of a DER value).

Floor: Python 3.8, standard library only.
"""

import binascii

LIMIT = 4 << 20
"""Bytes of a bundle; the largest that distributions ship has 500 KiB."""

MOST = 4000

_LABELS = (b"CERTIFICATE", b"X509 CERTIFICATE", b"TRUSTED CERTIFICATE")


def digests(at):
    """frozenset of the SHA-256 of each certificate in a PEM file, 32 bytes each. Private keys are passed over."""
    from hashlib import sha256

    found = set()
    # To split and to find costs a tenth of what a regular expression does.
    for block in at(0, LIMIT).split(b"-----BEGIN ")[1 : MOST + 1]:
        label, _, rest = block.partition(b"-----")
        body, end, _ = rest.partition(b"-----END ")
        if not end or label not in _LABELS:
            continue
        try:
            found.add(sha256(_first(binascii.a2b_base64(body))).digest())
        except binascii.Error:
            continue
    return frozenset(found)


def digest(found):
    """One digest, in hexadecimal digits, of a set of digests."""
    from hashlib import sha256

    return sha256(b"".join(sorted(found))).hexdigest()


def _first(der):
    """The certificate itself: of one that is TRUSTED, OpenSSL's own words about it follow."""
    if len(der) < 6 or der[0] != 0x30:
        return der
    size = der[1]
    if size < 0x80:
        return der[: 2 + size]
    count = size & 0x7F
    return der[: 2 + count + int.from_bytes(der[2 : 2 + count], "big")] if 0 < count <= 4 else der
