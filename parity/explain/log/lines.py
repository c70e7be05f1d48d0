"""Bytes of a log into lines of bytes, and one line of bytes into text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

LONGEST = 1 << 18
"""Bytes of one line that are looked at: a JSON record holds a whole traceback."""

# Colours, titles, links: CSI, OSC and two-letter escapes of ECMA-48.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,512}(?:\x07|\x1b\\)?|[@-Z\\-_=>])")


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Each line without its end, at most LONGEST bytes of it. A chunk is a line, or several."""
    chunks = iter(chunks)
    first = next(chunks, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _split(_utf16(first, chunks))
        return
    yield from _split(iter((first.removeprefix(codecs.BOM_UTF8),)) if first else iter(()))
    yield from _split(chunks)


def text(line: bytes) -> str:
    """A line as a person sees it: no colours, and of what a carriage return has overwritten the last."""
    told = line.decode("utf-8", "replace")
    if "\x1b" in told:
        told = _ESCAPES.sub("", told)
    if "\r" in told:
        told = next((part for part in reversed(told.split("\r")) if part.strip()), "")
    if "\x00" in told:
        told = told.replace("\x00", "")
    return told


def _split(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        line = chunk[:-1] if chunk.endswith(b"\n") else chunk
        if b"\n" in line:
            for one in line.split(b"\n"):
                yield one[:LONGEST].rstrip(b"\r")
        else:
            yield line[:LONGEST].rstrip(b"\r")


def _utf16(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    # Lines cut at the byte 0x0A end in the middle of a character there.
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    pending = decoder.decode(first)
    for chunk in rest:
        pending += decoder.decode(chunk)
        *whole, pending = pending.split("\n")
        pending = pending[-LONGEST:]
        for line in whole:
            yield line.encode("utf-8", "replace")
    yield from (line.encode("utf-8", "replace") for line in (pending + decoder.decode(b"", True)).split("\n"))
