"""Package URLs, `pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS#SUBPATH`, taken apart.

Source: the purl specification, "How to parse a purl string in its components".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

LENGTH = 4096
"""Characters of a whole package URL."""

_TYPE = re.compile(r"[a-z][a-z0-9.+-]{0,63}")
_KEY = re.compile(r"[a-z][a-z0-9._-]{0,63}")
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class NotAPurl(ValueError):
    """The text breaks a rule of the specification."""


@dataclass(frozen=True, slots=True)
class Purl:
    """A package URL. Everything is percent-decoded; what is not there is empty."""

    type: str
    namespace: str
    name: str
    version: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict)


def parse(text: str) -> Purl:
    """Take one package URL apart. Raises NotAPurl. The subpath, a place inside of the package, is left out."""
    if len(text) > LENGTH:
        raise NotAPurl("too long")
    rest = text.partition("#")[0]
    rest, _, query = rest.partition("?")
    scheme, colon, rest = rest.partition(":")
    if not colon or scheme.lower() != "pkg":
        raise NotAPurl("not the scheme pkg")
    kind, slash, rest = rest.strip("/").partition("/")
    kind = kind.lower()
    if not slash or not _TYPE.fullmatch(kind):
        raise NotAPurl("no type")
    path, _, last = rest.rpartition("/")
    # An @ at the very start of a segment belongs to it: npm's scopes are often left unencoded.
    at = last.rfind("@")
    name, version = (last[:at], last[at + 1 :]) if at > 0 else (last, "")
    name = _decoded(name)
    if not name:
        raise NotAPurl("no name")
    namespace = "/".join(_decoded(segment) for segment in path.split("/") if segment)
    return Purl(kind, namespace, name, _decoded(version), _qualifiers(query))


def _qualifiers(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in query.split("&") if query else ():
        key, _, value = pair.partition("=")
        key = key.lower()
        if not _KEY.fullmatch(key) or key in found:
            raise NotAPurl("a qualifier")
        if value:
            found[key] = _decoded(value)
    return found


def _decoded(text: str) -> str:
    # A plus is a plus: this is no form.
    if "%" not in text:
        return text
    if _NO_ESCAPE.search(text):
        raise NotAPurl("a percent sign that escapes nothing")
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise NotAPurl("not UTF-8") from None
