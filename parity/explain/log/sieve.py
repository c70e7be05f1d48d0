"""Which lines of a log are worth a look: nearly all of a long one are not, and cost no more than this."""

from __future__ import annotations

import re

NEEDLES = (
    *(
        b"rror",
        b"ail",
        b"arn",
        b"xcep",
        b"raceb",
        b"rit",
        b"atal",
        b"anic",
        b"kill",
        b"bort",
        b"nable",
        b"issing",
        b"no ",
    ),
    *(
        b"known",
        b"valid",
        b"enied",
        b"refus",
        b"imeout",
        b"timed",
        b"fault",
        b"eprec",
        b"fall",
        b"isabl",
        b"gnor",
        b"skip",
    ),
    *(
        b"nsupp",
        b"navail",
        b"exit",
        b"oom",
        b"out of",
        b"unbound",
        b"defined",
        b"equir",
        b"llegal",
        b"too many",
        b"read-only",
    ),
    *(
        b" in use",
        b"exhaust",
        b"quota",
        b"etry",
        b"reset",
        b"unreach",
        b"not ",
        b"annot",
        b"n't",
        b"expire",
        b"ompat",
        b"match",
    ),
    *(
        b"err=",
        b"err:",
        b"sig",
        b"dumped",
        b"alloc",
        b"ithout",
        b"rash",
        b'ile "',
        b'ile \\"',
        b" ended",
        b"int:",
        b"tail:",
        b"sage:",
    ),
    *(b"nexpected", b"recogni", b"bad ", b"-call binary"),
    *(b'"status', b"status=", b"nterrupt", b"trap ", b"tement:"),
)
"""Parts of words that tell of trouble, or of a record that answers a request."""

_SHORT = 60
"""Bytes of a line below which only its digits are left out of its shape."""

_DIGITS = b"0123456789"
_HEX = b"0123456789abcdefABCDEF-"

ANSWER = re.compile(rb"HTTP/[0-9.]{1,4}\\?\"? ([1-5])[0-9][0-9]\b")
"""The status in a line of an access log; its first digit."""


def worth(line: bytes) -> bool:
    """Whether a line may tell of trouble, or of an answer to a request."""
    lower = line.lower()
    return any(map(lower.__contains__, NEEDLES))


def shape(line: bytes) -> bytes:
    """A line without its numbers; of a longer one also without what identifiers are written with.

    Two lines of one shape are taken for alike, which asks for as many other letters in the same order.
    """
    return line.translate(None, _DIGITS if len(line) < _SHORT else _HEX)
