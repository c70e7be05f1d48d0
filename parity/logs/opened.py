"""A log in a file or on standard input, line by line and never as a whole."""

from __future__ import annotations

import errno
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from parity.errors import Incomplete, UsageError
from parity.text import safe

STDIN = "-"
_GZIP = b"\x1f\x8b"
_GZIP_FORMAT = 31
"""zlib's word for a gzip header and trailer around the data."""
_PART = 1 << 18
_LONGEST = 4 << 20


@contextmanager
def opened(path: str) -> Iterator[Iterator[bytes]]:
    """A log in parts of whole lines, `-` for standard input; a compressed one (gzip, by its first bytes) unpacked.

    Raises UsageError where there is no such file, Incomplete where it cannot be read to its end.
    """
    file = _stdin() if path == STDIN else _open(path)
    try:
        yield whole(_parts(file, "standard input" if path == STDIN else safe(path)))
    finally:
        if path != STDIN:
            file.close()


def whole(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts that end where a line does; of a line that is longer than any, its beginning."""
    rest = b""
    for part in parts:
        lines, end, tail = part.rpartition(b"\n")
        if end:
            yield rest + lines + end
            rest = tail
        elif len(rest) < _LONGEST:
            rest += part
    if rest:
        yield rest


def _stdin() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("--log -: standard input is closed", hint="--log FILE names a file")
    if sys.stdin.isatty():
        hint = "kubectl logs deploy/web | parity explain LOCAL PRODUCTION --log -"
        raise UsageError("--log -: standard input is a terminal", hint)
    return sys.stdin.buffer


def _open(path: str) -> BinaryIO:
    try:
        # A FIFO is opened as it is: <(docker logs web) is one.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    if stat.S_ISDIR(os.fstat(handle).st_mode):
        os.close(handle)
        raise _refused(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    return os.fdopen(handle, "rb", buffering=0)


def _refused(path: str, error: Exception) -> UsageError:
    said = getattr(error, "strerror", None) or "no file can have this name"
    return UsageError(f"--log: cannot read {safe(path)!r}: {said}", hint="--log FILE, or --log - for standard input")


def _parts(file: BinaryIO, shown: str) -> Iterator[bytes]:
    try:
        first = file.read(_PART)
        if first[:2] == _GZIP:
            yield from _unpacked(file, first, shown)
            return
        while first:
            yield first
            first = file.read(_PART)
    except OSError as error:
        raise Incomplete(f"the log ({shown}) cannot be read to its end: {error.strerror}") from None


def _unpacked(file: BinaryIO, part: bytes, shown: str) -> Iterator[bytes]:
    """What a gzip file holds, of one member or of many, in parts of bounded size."""
    unpack = zlib.decompressobj(wbits=_GZIP_FORMAT)
    try:
        while part:
            out = unpack.decompress(part, _PART)
            if out:
                yield out
            part = unpack.unconsumed_tail
            if unpack.eof:
                # Members may be padded with zeros.
                part = unpack.unused_data.lstrip(b"\0")
                unpack = zlib.decompressobj(wbits=_GZIP_FORMAT)
                part = part or file.read(_PART).lstrip(b"\0")
                begun = bool(part)
            else:
                part = part or file.read(_PART)
                begun = True
    except zlib.error:
        begun = True
    if begun:
        raise Incomplete(
            f"the log ({shown}) is damaged or cut off", hint="gzip --test tells; unpack it by hand: gzip -dc"
        )
