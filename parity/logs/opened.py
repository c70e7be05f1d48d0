"""A log in a file or on standard input, line by line and never as a whole."""

from __future__ import annotations

import errno
import os
import select
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import BinaryIO, TypeAlias

from parity.errors import Incomplete, UsageError
from parity.text import safe

STDIN = "-"
_GZIP = b"\x1f\x8b"
_GZIP_FORMAT = 31
"""zlib's word for a gzip header and trailer around the data."""
_PART = 1 << 18
_LONGEST = 4 << 20
"""Bytes that are kept of one line."""

UNBROKEN = 1 << 30
"""Bytes without the end of a line after which what is read is taken for no log: a hole that a rotation left in one is
smaller."""

SILENCE = 300.0
"""Seconds that a pipe may give nothing: a filter over a large log finds nothing for a while, one that is followed for
good says nothing more."""

_Read: TypeAlias = Callable[[], bytes]
"""The next bytes, b"" at the end."""


@contextmanager
def opened(path: str) -> Iterator[Iterator[bytes]]:
    """A log in parts of whole lines, `-` for standard input; a compressed one (gzip, by its first bytes) unpacked.

    Raises UsageError where there is no such file, Incomplete where it cannot be read to its end.
    """
    shown = "standard input" if path == STDIN else safe(path)
    with nullcontext(_stdin()) if path == STDIN else _open(path) as file:
        yield whole(_parts(_reader(file, shown), shown), shown)


def whole(parts: Iterable[bytes], shown: str = "as it is kept there") -> Iterator[bytes]:
    """The same bytes in parts that end where a line does; of a line that is longer than any, its beginning.

    Raises Incomplete where there is no end of a line in UNBROKEN bytes.
    """
    rest, unbroken = bytearray(), 0
    for part in parts:
        lines, end, tail = part.rpartition(b"\n")
        if end:
            yield bytes(rest) + lines + end
            rest, unbroken = bytearray(tail), 0
            continue
        unbroken += len(part)
        if unbroken > UNBROKEN:
            raise Incomplete(
                f"the log ({shown}) has no end of a line in {UNBROKEN >> 20:,} MiB: it is none, or it does not end",
                hint="--log FILE names a log of lines; kubectl, docker and journalctl give one that ends",
            )
        if len(rest) < _LONGEST:
            rest += part[: _LONGEST - len(rest)]
    if rest:
        yield bytes(rest)


def _stdin() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise UsageError("--log -: standard input is closed", hint="--log FILE names a file")
    if sys.stdin.isatty():
        hint = "kubectl logs deploy/web | parity explain LOCAL PRODUCTION --log -"
        raise UsageError("--log -: standard input is a terminal", hint)
    with suppress(OSError, ValueError):
        # What stands in for it in a program that calls this one may have no descriptor.
        _endless(sys.stdin.fileno(), STDIN)
    return sys.stdin.buffer


def _open(path: str) -> BinaryIO:
    try:
        # A FIFO is opened as it is: <(docker logs web) is one.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    try:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise _refused(path, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
        _endless(handle, path)
    except UsageError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb", buffering=0)


def _endless(handle: int, path: str) -> None:
    """Refuse a device, which gives bytes for as long as it is asked; the one that gives none is an empty log."""
    held = os.fstat(handle)
    if stat.S_ISBLK(held.st_mode) or (
        stat.S_ISCHR(held.st_mode) and held.st_rdev != os.stat(os.devnull).st_rdev  # noqa: PTH116
    ):
        raise UsageError(
            f"--log: {safe(path)!r} is a device, and has no end", hint="--log FILE, or --log - for standard input"
        )


def _refused(path: str, error: Exception) -> UsageError:
    said = getattr(error, "strerror", None) or "no file can have this name"
    return UsageError(f"--log: cannot read {safe(path)!r}: {said}", hint="--log FILE, or --log - for standard input")


def _reader(file: BinaryIO, shown: str) -> _Read:
    """How the next bytes are had: of a pipe as they come, and not for longer than it is silent."""
    try:
        handle = file.fileno()
        piped = not stat.S_ISREG(os.fstat(handle).st_mode)
    except (OSError, ValueError):
        piped = False
    if not piped:
        return lambda: file.read(_PART)
    waiting = select.poll()
    waiting.register(handle, select.POLLIN | select.POLLHUP | select.POLLERR)

    def read() -> bytes:
        if not waiting.poll(SILENCE * 1_000):
            raise Incomplete(
                f"the log ({shown}) gave nothing for {SILENCE:.0f} s, and did not end",
                hint="a log that is followed (-f, --follow) does not end: leave that out",
            )
        return os.read(handle, _PART)

    return read


def _parts(read: _Read, shown: str) -> Iterator[bytes]:
    try:
        first = read()
        if first[:1] == _GZIP[:1] and len(first) < len(_GZIP):
            first += read()
        if first[:2] == _GZIP:
            yield from _unpacked(read, first, shown)
            return
        while first:
            yield first
            first = read()
    except OSError as error:
        raise Incomplete(f"the log ({shown}) cannot be read to its end: {error.strerror}") from None


def _unpacked(read: _Read, part: bytes, shown: str) -> Iterator[bytes]:
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
                part = part or read().lstrip(b"\0")
                begun = bool(part)
            else:
                part = part or read()
                begun = True
    except zlib.error:
        begun = True
    if begun:
        raise Incomplete(
            f"the log ({shown}) is damaged or cut off", hint="gzip --test tells; unpack it by hand: gzip -dc"
        )
