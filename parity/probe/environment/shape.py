"""The shape of a value: one of a few words, and what stands around it. Never its length, never a part of it.

    empty     nothing, or nothing but what stands around it
    boolean   true, false, yes, no, on, off, in any case
    integer   digits with a sign at most; 0 and 1 are integers
    number    with a point or an exponent
    url       a scheme and ://
    json      an object or an array
    path      /one, ./one, ../one, ~/one
    list      parts between commas, or paths between colons
    text      all else

Around it may stand `space` (blanks or a line's end, inside of quotes too) and `quotes`, which a shell would have
taken away and a dotenv file, an `env_file` or a manifest did not.

Floor: Python 3.8, standard library only.
"""

import json
import re

JSON_LIMIT = 1 << 16

_BOOLEANS = frozenset(["true", "false", "yes", "no", "on", "off"])
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][+-]?[0-9]+)?\Z")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,31}://")
_PATH = re.compile(r"(?:~|\.{0,2})/|\.{1,2}\Z")
_PATHS = re.compile(r"(?:[~.]{0,2}/[^:,\s]*)(?::(?:[~.]{0,2}/[^:,\s]*))+\Z")
_LIST = re.compile(r"[^,]+(?:,[^,]+)+,?\Z")


def of(value):
    """(shape, sorted list of what stands around it)."""
    around = set()
    inner = value
    for _ in range(2):
        bare = inner.strip()
        if bare != inner:
            around.add("space")
        inner = bare
        if len(inner) > 1 and inner[0] == inner[-1] and inner[0] in "\"'":
            around.add("quotes")
            inner = inner[1:-1]
    return _shape(inner.strip()), sorted(around)


def _shape(value):
    if not value:
        return "empty"
    if value.lower() in _BOOLEANS:
        return "boolean"
    for name, pattern in (("integer", _INTEGER), ("number", _NUMBER), ("url", _URL)):
        if pattern.match(value):
            return name
    if value[0] + value[-1] in ("{}", "[]") and len(value) <= JSON_LIMIT and _parses(value):
        return "json"
    if "\n" in value:
        return "text"
    if _PATHS.match(value) or (_LIST.match(value) and not value.startswith(("{", "["))):
        return "list"
    return "path" if _PATH.match(value) else "text"


def _parses(value):
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True
