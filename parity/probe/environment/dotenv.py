"""The names that a dotenv file sets, and whether to anything.

There is no standard. The grammar is the one of python-dotenv, which Node's dotenv and Compose share in the main:
`export` before a name, `#` comments, quotes that may span lines, `KEY` alone sets nothing, and `${NAME}` is filled
in outside of single quotes. Values live in memory for as long as it takes to see whether they are empty.

Floor: Python 3.8, standard library only.
"""

import re

SHORTEST = 16
"""Characters of a key, or of a line of one, that would pass for a name."""

_BLANK = re.compile(r"\s*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_NAME = re.compile(r"[^\S\r\n]*(?:export[^\S\r\n]+)?('[^'\r\n]+'|[^=#\s]+)[^\S\r\n]*")
_REST = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SINGLE = re.compile(r"'([^'\\]*(?:\\.[^'\\]*)*)'", re.DOTALL)
_DOUBLE = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"', re.DOTALL)
_PLAIN = re.compile(r"[^\r\n]*")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_AFTER = re.compile(r"[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_KINDS = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]")))
_HEXADECIMAL = re.compile(r"[0-9a-f]+\Z")
_REFERENCE = re.compile(r"\$\{([^}:$]*)(?::-([^}$]*))?\}")


def parse(text, known=None):
    """({name: "set" | "empty" | "bare"}, number of lines that are none).

    A bare name stands alone and sets nothing. `known` is {name: value} of the process, which a reference may
    name; it wins over the file, as it does when the file is loaded.
    """
    known = known or {}
    states = {}
    odd = 0

    def full(name):
        return bool(known[name]) if name in known else states.get(name) == "set"

    for name, value in bindings(text):
        if name is None:
            odd += 1
        elif value is None:
            states.setdefault(name, "bare")
        else:
            states[name] = "set" if _leaves_something(value, full) else "empty"
    return states, odd


def bindings(text):
    """Yield (name, quote and value) of every line that is not blank; (None, None) for one that is none.

    The value's first character tells how it was quoted: ', " or =. It is None for a name that stands alone.
    """
    for name, value, _ in placed(text):
        yield name, value


def placed(text):
    """The same, with the position in the text where each begins."""
    position = 1 if text.startswith("\ufeff") else 0
    while position < len(text):
        blank = _BLANK.match(text, position)
        if blank:
            position = blank.end()
            continue
        start = position
        name, value, position = _binding(text, position)
        yield name, value, start


def _binding(text, position):
    """(name, quote and value, where the next line begins); (None, None, there) when the line is none."""
    match = _NAME.match(text, position)
    if match is None:
        return None, None, _REST.match(text, position).end()
    name, value, position = match.group(1).strip("'"), None, match.end()
    if text.startswith("=", position):
        start = position + 1
        while start < len(text) and text[start] in " \t":
            start += 1
        value, position = _value(text, start)
    after = _AFTER.match(text, position)
    if after is None or value in ("", "==") or is_key(name, value):
        # `x==` is the last line of a key in base64.
        return None, None, _REST.match(text, position).end()
    return name, value, after.end()


def is_key(name, value):
    """Whether what stands where a name does is more likely a key, or a line of one: alone, or with its padding.

    No variable's name is 16 letters and digits without a break, or of both cases, or hexadecimal digits.
    """
    if len(name) < SHORTEST:
        return False
    if value == "=":
        # Base64 with one character of padding has three more than a multiple of four.
        return len(name) % 4 == 3 and _kinds(name) == 3
    words = [word for word in name.split("_") if len(word) >= SHORTEST]
    return value is None and (
        _kinds(name) == 3 or any(_kinds(word) > 1 for word in words) or _HEXADECIMAL.match(name) is not None
    )


def _kinds(text):
    """Of small letters, capitals and digits, how many are in it."""
    return sum(kind.search(text) is not None for kind in _KINDS)


def _value(text, start):
    for quote, pattern in (("'", _SINGLE), ('"', _DOUBLE)):
        if text.startswith(quote, start):
            match = pattern.match(text, start)
            return ("", start) if match is None else (quote + match.group(1), match.end())
    match = _PLAIN.match(text, start)
    return "=" + _COMMENT.sub("", match.group()).strip(), match.end()


def _leaves_something(value, full):
    """Whether a value is more than nothing once its references are filled in; never filled in for real, since
    a few lines can make that as long as they like."""
    if value[0] == "'":
        return len(value) > 1
    return bool(_REFERENCE.sub(lambda match: "x" if full(match.group(1)) else match.group(2) or "", value[1:]))
