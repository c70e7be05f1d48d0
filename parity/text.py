"""How untrusted text becomes harmless before anything prints it.

Names, versions, paths and messages come from targets, and a target is hostile until shown otherwise.
`visible` shows what a terminal would obey or hide, `safe` also disarms what a CI runner would obey, and
`guard` and `guard_json` look at finished output just before it leaves the process.
"""

from __future__ import annotations

import re

# The GitHub runner obeys `##[command]`, and the Azure one `##vso[command]`, anywhere in a line; both take
# `::command::` at its start, after any space, on both standard streams. A break inside the marker, itself
# visible, is enough to disarm either.
_ANYWHERE = re.compile(r"##(?=\w*\[)")
_AT_WORD = re.compile(r"(?<!\S)::(?=[A-Za-z])")

# Letters and marks that are drawn as nothing, though Unicode counts them as printable: joiners, fillers,
# variation selectors (Default_Ignorable_Code_Point of the Unicode Character Database), and the blank of Braille.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

_BEYOND_ASCII = re.compile(r"[^\x00-\x7e]")


def visible(text: str) -> str:
    """The text with every control, format, invisible or unassigned character as a visible escape.

    Of spaces only the plain one stays: a name with a no-break space looks like another name.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(one if one.isprintable() and not _BLANK.match(one) else _escape(one) for one in text)


def safe(text: object) -> str:
    """One line of text in which every invisible or commanding character is a visible escape."""
    return guard(visible(str(text)))


def guard(text: str) -> str:
    """Disarm runner commands that wrapping or joining has brought together in finished output."""
    if "##" not in text and "::" not in text:
        return text
    return _AT_WORD.sub(r":\\x3a", _ANYWHERE.sub(r"#\\x23", text))


def guard_json(document: str) -> str:
    """The same for a JSON document, by escapes that every JSON parser reads back as they were.

    `guard` finds nothing more to do in it; what is not printable is escaped too.
    """
    if "##" in document or "::" in document:
        document = _AT_WORD.sub(r":\\u003a", _ANYWHERE.sub(r"#\\u0023", document))
    if document.isascii() and "\x7f" not in document:
        return document
    return _BEYOND_ASCII.sub(_json_escape, document)


def _escape(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _json_escape(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
