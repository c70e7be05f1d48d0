"""JSON, strictly: what `json.loads` would let pass, or choke on, is refused with its place.

`json.loads` drops duplicate keys without a word, takes NaN and 1e999 for numbers, needs time that grows with the
square of an integer's digits, and meets deep nesting with a RecursionError. RFC 8259 leaves each to the reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from parity.profile.freeze import Broken

MAX_DEPTH = 32
"""Levels of arrays and objects. The format itself has six."""
MAX_DIGITS = 32
"""Characters of a number."""

_AS_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_ALL_ELSE = bytes(set(range(256)) - set(b'[]{}"'))


class _Refused(NamedTuple):
    """Stands in the parsed data where a rule is broken, until its place is known."""

    rule: str
    key: str | None = None


def decode(data: bytes, keep: Callable[[dict[str, Any]], Any] | None = None) -> Any:
    """Plain JSON data. Raises Broken; the rule holds no byte of the data.

    `keep` is shown every object as soon as it is read, the innermost first, and says what stays in its place: most of
    a large document that little is wanted of never gathers in memory.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        raise Broken("a byte order mark: not plain UTF-8", hint="save it as UTF-8 without a byte order mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken(f"not UTF-8 text, from byte {error.start:,} on") from None
    if not text.strip():
        raise Broken("empty: no JSON")
    if _too_deep(data):
        raise Broken(f"arrays and objects nested deeper than {MAX_DEPTH} levels")
    refused: list[_Refused] = []
    try:
        parsed = _decoder(refused, keep).decode(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno:,}, column {error.colno:,}"
        raise Broken(f"not JSON ({error.msg.removesuffix(' at')}, {place})") from None
    if refused:
        raise _located(parsed, []) or Broken(refused[0].rule)
    return parsed


def _decoder(refused: list[_Refused], keep: Callable[[dict[str, Any]], Any] | None) -> json.JSONDecoder:
    def refuse(rule: str, key: str | None = None) -> Any:
        refused.append(_Refused(rule, key))
        return refused[-1]

    def integer(digits: str) -> Any:
        return int(digits) if len(digits) <= MAX_DIGITS else refuse(f"a number of more than {MAX_DIGITS} digits")

    def real(digits: str) -> Any:
        if len(digits) > MAX_DIGITS:
            return refuse(f"a number of more than {MAX_DIGITS} digits")
        value = float(digits)
        return value if value - value == 0 else refuse("a number that is not finite")

    def constant(_: str) -> Any:
        return refuse("a number that is not finite")

    def unique(pairs: list[tuple[str, Any]]) -> Any:
        mapping = dict(pairs)
        if len(mapping) == len(pairs):
            return mapping if keep is None else keep(mapping)
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return refuse("a key that stands twice", twice)

    return json.JSONDecoder(object_pairs_hook=unique, parse_int=integer, parse_float=real, parse_constant=constant)


def _located(data: Any, path: list[str | int]) -> Broken | None:
    if isinstance(data, _Refused):
        return Broken(data.rule, *path, *([] if data.key is None else [data.key]))
    entries: Any = ()
    if isinstance(data, dict):
        entries = data.items()
    elif isinstance(data, list):
        entries = enumerate(data)
    for key, value in entries:
        found = _located(value, [*path, key])
        if found:
            return found
    return None


def _too_deep(data: bytes) -> bool:
    """Whether brackets nest deeper than MAX_DEPTH, without a loop over bytes in Python.

    Strings are cut out and the innermost pairs removed, level by level. What is left after MAX_DEPTH rounds
    is deeper, or does not match: a few of those are the parser's to report, and safe to give to it.
    """
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    nested = b"".join(data.translate(_AS_ONE_KIND, _ALL_ELSE).split(b'"')[::2])
    for _ in range(MAX_DEPTH):
        if not nested:
            return False
        nested = nested.replace(b"[]", b"")
    return b"[]" in nested or nested.count(b"[") > MAX_DEPTH
