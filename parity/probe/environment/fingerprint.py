"""Keyed fingerprints of values, bound to their names: whether two values are the same, and nothing else of them.

    HMAC-SHA256(key, name NUL value), the first 16 hexadecimal digits (RFC 2104, FIPS 180-4)

Each is written behind the key's own id, the first 8 digits of HMAC-SHA256(key, "parity"): what different keys made
cannot be told apart from different values, and is not compared.

Floor: Python 3.8, standard library only.
"""

import os

SMALLEST, LARGEST = 16, 4096
"""Bytes of a key."""

ID, DIGITS = 8, 16
"""Hexadecimal digits of a key's id and of a fingerprint."""

_BLOCK = 64


def maker(key):
    """`made(name, value)` under a key: "KEYID:FINGERPRINT"."""
    sha256 = _sha256()
    if len(key) > _BLOCK:
        key = sha256(key).digest()
    padded = key.ljust(_BLOCK, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in padded))
    outer = sha256(bytes(byte ^ 0x5C for byte in padded))

    def authenticated(message):
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.hexdigest()

    identifier = authenticated(b"parity")[:ID]

    def made(name, value):
        return "%s:%s" % (identifier, authenticated(_raw(name) + b"\0" + _raw(value))[:DIGITS])

    return made


def _sha256():
    """The interpreter's own: hashlib loads OpenSSL, which costs as much as all that is hashed here."""
    for name in ("_sha2", "_sha256"):
        try:
            return __import__(name).sha256
        except (ImportError, AttributeError):
            pass
    from hashlib import sha256

    return sha256


def _raw(text):
    """The bytes that a variable is made of, whatever this process takes for its encoding."""
    try:
        return os.fsencode(text)
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def read_key(descriptor):
    """The key from standard input, for a probe that runs from its own files; None where none of its size comes."""
    parts, left = [], LARGEST + 1
    while left > 0:
        part = os.read(descriptor, left)
        if not part:
            break
        parts.append(part)
        left -= len(part)
    key = b"".join(parts)
    return key if SMALLEST <= len(key) <= LARGEST else None


def hand_on(key):
    """Put the key on standard input again, for the interpreter that goes on."""
    reader, writer = os.pipe()
    # What a pipe takes without a reader is more than any key.
    os.write(writer, key)
    os.close(writer)
    os.dup2(reader, 0)
    os.close(reader)
