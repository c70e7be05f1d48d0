"""Bytes in order, bounded: a file that can be skipped through, or chunks that come once.

Both answer `read(size)` with exactly that many bytes and `skip(size)`, and raise CutOff where there are fewer.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any, ClassVar, Protocol

from parity.errors import Incomplete

CHUNK = 1 << 20
"""Bytes that are asked for at once where they come in order."""

_COMPRESSED = 64 << 10
"""The same of what is compressed: small, since a decompressor copies what it has not yet used."""

MOST_INFLATED = 64 << 30
"""Bytes that one compressed part may turn into."""

GZIP, ZSTANDARD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
"""The first bytes of what is compressed: RFC 1952, RFC 8878."""


class Malformed(ValueError):
    """An archive that breaks its own format. `str()` of it is the rule, without a byte of the archive."""


class CutOff(Malformed):
    """An archive that ends too early."""


class Ended(CutOff):
    """There are no more chunks."""


class Source(Protocol):
    """Bytes in order."""

    lasting: ClassVar[bool]
    """Whether what was passed over can be read again, by `at`."""
    position: int
    """Bytes that have been read or skipped."""

    def read(self, size: int) -> bytes: ...

    def skip(self, size: int) -> None: ...

    def pieces(self, size: int) -> list[bytes]:
        """The next bytes as they came, without a copy that joins them."""
        ...

    def done(self) -> bool:
        """Whether nothing follows."""
        ...


class Slow(Incomplete):
    """The deadline came before the end of the archive."""

    def __init__(self) -> None:
        super().__init__("the archive could not be read within the deadline", hint="--timeout S allows more")


class File:
    """A regular file by its descriptor. What is skipped is never read."""

    lasting: ClassVar[bool] = True

    def __init__(self, descriptor: int) -> None:
        self.position = 0
        self.descriptor = descriptor
        self.size = os.fstat(descriptor).st_size

    def read(self, size: int) -> bytes:
        data = os.pread(self.descriptor, size, self.position)
        while len(data) < size:
            more = os.pread(self.descriptor, size - len(data), self.position + len(data))
            if not more:
                raise CutOff("it ends in the middle")
            data += more
        self.position += size
        return data

    def skip(self, size: int) -> None:
        if self.position + size > self.size:
            raise CutOff("it ends in the middle")
        self.position += size

    def pieces(self, size: int) -> list[bytes]:
        return [self.read(min(CHUNK, size - start)) for start in range(0, size, CHUNK)]

    def done(self) -> bool:
        return self.position >= self.size

    def at(self, offset: int, size: int) -> bytes:
        """Bytes of any place, fewer at the end of the file."""
        return os.pread(self.descriptor, size, offset)


class Pipe:
    """Chunks of bytes in the order in which they come, until `deadline` (`time.monotonic()`)."""

    lasting: ClassVar[bool] = False

    def __init__(self, chunks: Iterator[bytes], deadline: float) -> None:
        self.position = 0
        self._chunks = chunks
        self._deadline = deadline
        self._buffer = b""
        self._place = 0

    def read(self, size: int) -> bytes:
        end = self._place + size
        if end <= len(self._buffer):
            data = self._buffer[self._place : end]
            self._place = end
            self.position += size
            return data
        return b"".join(self.pieces(size))

    def skip(self, size: int) -> None:
        left = size
        while left > len(self._buffer) - self._place:
            left -= len(self._buffer) - self._place
            self._next()
        self._place += left
        self.position += size

    def pieces(self, size: int) -> list[bytes]:
        found, left = [], size
        while left:
            if self._place == len(self._buffer):
                self._next()
            piece = self._buffer[self._place : self._place + left]
            found.append(piece)
            self._place += len(piece)
            left -= len(piece)
        self.position += size
        return found

    def done(self) -> bool:
        try:
            if self._place == len(self._buffer):
                self._next()
        except Ended:
            return True
        return False

    def _next(self) -> None:
        if time.monotonic() > self._deadline:
            raise Slow
        self._buffer, self._place = next(self._chunks, b""), 0
        if not self._buffer:
            raise Ended("it ends in the middle")


def unfold(source: Source, first: bytes, size: int, deadline: float) -> Pipe | None:
    """The next `size` bytes of a source uncompressed; None where they are not compressed.

    `first` are those of them that have been read already. Raises Malformed, and Incomplete for a compression that
    this Python cannot undo.
    """
    if first.startswith(GZIP):
        inflated = _gunzipped(_chunks(source, first, size - len(first), deadline))
    elif first.startswith(ZSTANDARD):
        inflated = _unzstd(_chunks(source, first, size - len(first), deadline))
    else:
        return None
    return Pipe(_gathered(inflated), deadline)


def _chunks(source: Source, first: bytes, size: int, deadline: float) -> Iterator[bytes]:
    yield first
    for start in range(0, size, _COMPRESSED):
        # Here as well: what is compressed may turn into nothing for a long time.
        if time.monotonic() > deadline:
            raise Slow
        yield source.read(min(_COMPRESSED, size - start))


def _gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The members of a gzip file one after the other: parallel compressors, and seekable ones, write many."""
    inflate = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        data = chunk
        while data:
            if inflate.eof:
                if not data.strip(b"\0"):
                    break
                inflate = zlib.decompressobj(wbits=31)
            try:
                yield inflate.decompress(data, CHUNK)
            except zlib.error:
                raise Malformed("its gzip data is damaged") from None
            data = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if not inflate.eof:
        raise CutOff("its gzip data ends in the middle")


def _unzstd(chunks: Iterator[bytes]) -> Iterator[bytes]:
    try:
        decompressor: Any = import_module("compression.zstd").ZstdDecompressor
    except ImportError:
        raise Incomplete(
            "it is compressed with zstd, which Python reads from 3.14 on",
            hint="`zstd -d` unpacks a file; the layers that `docker save` writes are not compressed",
        ) from None
    inflate = decompressor()
    for chunk in chunks:
        data = chunk
        while data or not (inflate.needs_input or inflate.eof):
            if inflate.eof:
                inflate = decompressor()
            try:
                yield inflate.decompress(data, CHUNK)
            except Exception as error:
                raise Malformed("its zstd data is damaged") from error
            data = inflate.unused_data if inflate.eof else b""
    if not inflate.eof:
        raise CutOff("its zstd data ends in the middle")


def _gathered(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks of a good size, however small they come: a file that is kept in crumbs costs many times its size."""
    total, held = 0, bytearray()
    for chunk in chunks:
        total += len(chunk)
        if total > MOST_INFLATED:
            raise Malformed("it is compressed beyond all measure")
        held += chunk
        if len(held) >= _COMPRESSED:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)
