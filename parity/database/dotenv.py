"""The values in a dotenv file, for the one that holds a DSN. They stay in memory.

The grammar is parity.probe.environment.dotenv's, which the environment's names are read by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parity.probe.environment.dotenv import bindings

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_REFERENCE = re.compile(r"\$\{(?P<name>[^}:]*)(?::-(?P<default>[^}]*))?\}")


def values(text: str, environ: Mapping[str, str]) -> dict[str, str]:
    """{name: value} of a dotenv file's text; of a name that stands twice, the last.

    A reference `${NAME}` or `${NAME:-default}` outside of single quotes is filled in, the process's own variables
    before the file's.
    """
    found: dict[str, str] = {}
    for name, quoted in bindings(text):
        if name is not None and quoted is not None:
            found[name] = _value(quoted[0], quoted[1:], {**found, **environ})
    return found


def _value(quote: str, body: str, known: Mapping[str, str]) -> str:
    if quote == "'":
        return re.sub(r"\\([\\'])", r"\1", body)
    if quote == '"':
        body = _ESCAPE.sub(_unescaped, body)
    return _REFERENCE.sub(lambda match: known.get(match["name"], match["default"] or ""), body)


def _unescaped(match: re.Match[str]) -> str:
    return match[1] if match[1] in "\\\"'$" else _CONTROL.get(match[1], match[0])
