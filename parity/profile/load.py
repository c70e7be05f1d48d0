"""A profile from a file or from standard input, strictly: whoever wrote it is not trusted.

What is no regular file, or is too large, is refused before a byte of it is read; then JSON, shape, digest.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from typing import Any

from parity.errors import InvalidProfile, UsageError
from parity.profile.document import from_document, integrity, invalid
from parity.profile.freeze import Broken
from parity.profile.model import Profile
from parity.profile.strict import decode
from parity.text import safe

MAX_BYTES = 16 << 20
"""Bytes of a profile: about a hundred times a large one."""

STDIN = "-"

_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)
_CHUNK = 1 << 20


def load(path: str | os.PathLike[str], *, verify: bool = True, warn: Callable[[str], None] | None = None) -> Profile:
    """The profile in a file, or for `-` on standard input.

    Raises UsageError when there is none to read, InvalidProfile when it breaks a rule. With `verify` False a
    digest that does not match is no more than a sentence to `warn`.
    """
    name = os.fspath(path)
    try:
        data = read(name)
    except Broken as broken:
        raise InvalidProfile(f"invalid profile: {broken.rule} ({safe(name)})", broken.hint) from None
    return loads(data, "standard input" if name == STDIN else name, verify=verify, warn=warn)


def loads(data: bytes, origin: str = "", *, verify: bool = True, warn: Callable[[str], None] | None = None) -> Profile:
    """The profile in bytes; `origin` says in errors where they are from."""
    shown = safe(origin)
    document = parse(data, origin)
    profile = from_document(document, shown)
    if integrity(document) != document["integrity"]:
        broken = Broken(
            "its digest does not match what it holds",
            "integrity",
            hint="it was changed or damaged: take it anew, or read it as it is with --no-verify",
        )
        if verify:
            raise invalid(broken, shown)
        if warn:
            warn(f"{shown or 'the profile'}: the digest does not match what it holds; read all the same")
    return profile


def parse(data: bytes, origin: str = "") -> Any:
    """Plain JSON data, of a profile or of the probe's answer. Raises InvalidProfile."""
    try:
        if len(data) > MAX_BYTES:
            raise Broken(f"larger than {MAX_BYTES >> 20} MiB")
        return decode(data)
    except Broken as broken:
        raise invalid(broken, safe(origin)) from None


def read(name: str, noun: str = "profile", limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file, or for `-` of standard input: one more than `limit` at most.

    `noun` is what errors call it. Raises UsageError when there is none to read, Broken for what is no regular file or
    is larger than `limit`.
    """
    return _standard_input(noun, limit) if name == STDIN else _file(name, noun, limit)


def _file(name: str, noun: str = "profile", limit: int = MAX_BYTES) -> bytes:
    try:
        # Looked at before it is opened: opening a pipe wakes its writer, and opening a device may act.
        _refuse_kind(os.stat(name), noun, limit)
        descriptor = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        try:
            _refuse_kind(os.fstat(descriptor), noun, limit)
            return _drain(descriptor, limit)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        hint = f"take it with `parity snapshot TARGET -o {safe(name)}`; `parity targets` lists them"
        raise UsageError(f"no such {noun}: {safe(name)}", hint if noun == "profile" else None) from None
    except PermissionError:
        hint = "profiles are written for their owner alone (0600): read it as that user, or chmod it"
        why = f"may not read the {noun} {safe(name)}: permission denied"
        raise UsageError(why, hint if noun == "profile" else None) from None
    except OSError as error:
        raise UsageError(f"cannot read the {noun} {safe(name)}: {error.strerror}") from None
    except ValueError:
        # A NUL in the name.
        raise UsageError(f"no {noun} can have the name {safe(name)}") from None


def _refuse_kind(status: os.stat_result, noun: str, limit: int) -> None:
    for is_kind, what in _KINDS:
        if is_kind(status.st_mode):
            raise Broken(f"{what}, not a file", hint=f"to read a pipe, pass - and give the {noun} on standard input")
    if status.st_size > limit:
        raise Broken(f"larger than {limit >> 20} MiB")


def _standard_input(noun: str, limit: int) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError(f"cannot read a {noun} from standard input: it is closed")
    if sys.stdin.isatty():
        raise UsageError(f"no {noun} on standard input: it is a terminal", "pipe one in: ... | parity show -")
    try:
        return sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise UsageError(f"cannot read a {noun} from standard input: {error.strerror}") from None


def _drain(descriptor: int, limit: int) -> bytes:
    """At most `limit` + 1 bytes, for a file that grows, or whose size the kernel does not tell."""
    parts = []
    left = limit + 1
    while left > 0 and (part := os.read(descriptor, min(left, _CHUNK))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
