"""Text that a terminal, a markup or a CI runner would obey, or hide."""

from __future__ import annotations

import re

HOSTILE = [
    "\x1b[2Jcleared",
    "\x9b31mred",
    "\x1b]52;c;c2VjcmV0\x07",
    "a\rb",
    "safe\u202eetis",
    "zero\u200bwidth",
    "[red]literal[/red]",
    "[/nope]",
    "[link=http://x]y[/link]",
    ":smile:",
    "##[set-env name=x]y",
    "x ::error::y",
    "::stop-commands::t",
    "a\n::add-mask::b",
    "\ud800",
    "wide\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587\u4e2d\u6587",
]
LITERAL = [text for text in HOSTILE if text.startswith("[") or text == ":smile:"]
"""Of these nothing is invisible: each stands in the output as it is."""

INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must not be left of it: controls, C1, zero width, bidirectional overrides, lone surrogates."""

SGR = re.compile(r"\x1b\[[0-9;]*m")
"""The escapes that colour is made of."""


def disarmed(text: str) -> bool:
    """Whether nothing in plain text is obeyed by a terminal or a runner."""
    commands = re.search(r"##\w*\[|(?<!\S)::[a-z]", text)
    return not INVISIBLE.search(text) and commands is None
