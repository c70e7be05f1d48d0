"""How untrusted text becomes harmless before anything prints it.

Names, versions, paths and messages come from targets, and a target is hostile until shown otherwise.
`safe` makes one string visible; `guard` looks at whole lines just before they leave the process.
"""

from __future__ import annotations

import re
import unicodedata

# The GitHub runner obeys `##[command]` anywhere in a line, and `::command::` at its start, on both
# standard streams. A break inside the marker, itself visible, is enough to disarm either.
_ANYWHERE = re.compile(r"##(?=\[)")
_AT_WORD = re.compile(r"(?<!\S)::(?=[A-Za-z])")
_AT_LINE = re.compile(r"^(\s*)::(?=[A-Za-z])", re.MULTILINE)

# Cc control, Cf format (bidi overrides, zero width), Cs lone surrogate, Co private, Zl/Zp line ends.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def safe(text: object) -> str:
    """One line of text in which every invisible or commanding character is a visible escape."""
    raw = str(text)
    if not (raw.isascii() and raw.isprintable()):
        raw = "".join(_visible(character) for character in raw)
    return _AT_WORD.sub(r":\\x3a", _ANYWHERE.sub(r"#\\x23", raw))


def guard(text: str) -> str:
    """Disarm runner commands that wrapping or joining has brought together in finished output."""
    return _AT_LINE.sub(r"\1:\\x3a", _ANYWHERE.sub(r"#\\x23", text))


def guard_json(document: str) -> str:
    """The same for a JSON document, by an escape that every JSON parser reads back as it was."""
    return document.replace("##[", "#\\u0023[")


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
