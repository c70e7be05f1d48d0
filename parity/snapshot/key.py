"""The key of fingerprints: read from a file, or made for one run and forgotten with it.

Imports next to nothing: it is asked for before the rest of parity is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache

RECORDED = frozenset({"file", "repo", "sbom"})
"""Kinds of target that tell what was there before, or should be: no value is at hand."""

MADE = 32
"""Bytes of a key that is made for one run."""
_VARIED = 8
"""Different bytes that a key has at least: 16 random ones have fewer once in 10^13."""
_HINT = "make one: (umask 077; head -c 32 /dev/urandom > FILE)"


class Key(bytes):
    """Bytes that no representation shows, a debugger's aside."""

    def __repr__(self) -> str:
        return "Key()"

    __str__ = __repr__


@lru_cache(maxsize=1)
def of_this_run() -> Key:
    """The key that both sides of one run are given, and nobody else."""
    return Key(os.urandom(MADE))


def read(path: str, warn: Callable[[str], None]) -> Key:
    """The key in a file. Raises UsageError for what cannot be one; a file that others may read is a warning."""
    import stat

    from parity.errors import UsageError
    from parity.probe.environment.fingerprint import LARGEST, SMALLEST
    from parity.text import safe

    shown = safe(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        why = os.strerror(getattr(error, "errno", None) or 2).lower()
        raise UsageError(f"--fingerprint-key-file: {shown} cannot be read: {why}", hint=_HINT) from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UsageError(f"--fingerprint-key-file: {shown} is no regular file", hint=_HINT)
        found = os.read(descriptor, LARGEST + 1)
    finally:
        os.close(descriptor)
    if not SMALLEST <= len(found) <= LARGEST:
        rule = f"a key has {SMALLEST} to {LARGEST:,} bytes"
        raise UsageError(f"--fingerprint-key-file: {rule}, and {shown} has another size", hint=_HINT)
    if len(set(found)) < _VARIED:
        raise UsageError(f"--fingerprint-key-file: what {shown} holds is not random", hint=_HINT)
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        warn(f"{shown} holds a key, and others than its owner may read it: chmod 600 {shown}")
    return Key(found)
