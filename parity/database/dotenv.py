"""The values in a dotenv file, for the one that holds a DSN. They stay in memory.

The grammar is what the loaders share (python-dotenv, Compose): `export NAME=value`, single quotes for plain
text, double quotes with backslash escapes, both over several lines; ` #` begins a comment after a bare value;
`${NAME}` and `${NAME:-default}` are filled in, the process's own variables first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ENTRY = re.compile(
    r"""^[^\S\n]*(?:export[^\S\n]+)?(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)[^\S\n]*=[^\S\n]*
        (?:'(?P<single>(?:[^'\\]|\\.)*)'|"(?P<double>(?:[^"\\]|\\.)*)"|(?P<bare>[^\n]*))""",
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"(?:^|\s+)#.*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NAMED = {"n": "\n", "r": "\r", "t": "\t"}
_REFERENCE = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\}")


def values(text: str, environ: Mapping[str, str]) -> dict[str, str]:
    """{name: value} of a dotenv file's text; of a name that stands twice, the last."""
    found: dict[str, str] = {}
    for entry in _ENTRY.finditer(text.replace("\r\n", "\n").removeprefix("\ufeff")):
        if entry["single"] is not None:
            value = re.sub(r"\\(['\\])", r"\1", entry["single"])
        elif entry["double"] is not None:
            value = _filled(_ESCAPE.sub(_unescaped, entry["double"]), environ, found)
        else:
            value = _filled(_COMMENT.sub("", entry["bare"]).strip(), environ, found)
        found[entry["name"]] = value
    return found


def _unescaped(match: re.Match[str]) -> str:
    return _NAMED.get(match[1], match[1] if match[1] in "\\\"'$" else match[0])


def _filled(value: str, environ: Mapping[str, str], before: Mapping[str, str]) -> str:
    def one(match: re.Match[str]) -> str:
        name = match["name"]
        return environ.get(name) or before.get(name) or match["default"] or ""

    return _REFERENCE.sub(one, value)
