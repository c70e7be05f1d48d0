"""A profile as plain JSON data and as text, and back; and the digest over it.

The format is schema.json's. `from_document` refuses what breaks a rule of it, with the rule and a JSON pointer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from types import MappingProxyType
from typing import Any

from parity.errors import InvalidProfile
from parity.profile import freeze
from parity.profile.foreign import foreign
from parity.profile.freeze import Broken, as_it_is, under
from parity.profile.model import SCHEMA, Item, Profile, Section, Source, Status
from parity.text import guard_json

HEADER = frozenset({"captured_at", "identity", "integrity", "name", "schema", "sections", "target", "tool"})
ADDED = frozenset({"sensitive"})
"""Keys of the header that came with an addition, and may be missing."""

_VERSION = re.compile(r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})")
_INTEGRITY = re.compile(r"sha256:[0-9a-f]{64}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_TARGET = frozenset({"kind", "reference"})
_EXPANDED = 4
"""Levels that stand one entry a line: document, sections, section, items. An item is one line."""

_BETWEEN, _BETWEEN_ENCODED = "\x1e", "\\u001e"
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=True, allow_nan=False).encode


def to_document(profile: Profile) -> dict[str, Any]:
    """Plain JSON data of a profile, `integrity` included. What parity writes is always of its own schema."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": profile.tool,
        "name": profile.name,
        "captured_at": profile.captured_at,
        "target": {"kind": profile.target.kind, "reference": profile.target.reference},
        "identity": dict(profile.identity),
        "sections": {name: _plain_section(section) for name, section in profile.sections.items()},
    }
    if profile.sensitive:
        document["sensitive"] = True
    document["integrity"] = integrity(document)
    return document


def from_document(data: object, origin: str = "") -> Profile:
    """The profile in plain JSON data, frozen. Raises InvalidProfile; the digest is load's to compare."""
    try:
        return _profile(data)
    except Broken as broken:
        raise invalid(broken, origin) from None


def sections_from(data: Mapping[str, Any]) -> dict[str, Section]:
    """The sections that a live target answered, read as hostile.

    Control characters become visible escapes, and a section that breaks a rule is unavailable, by itself.
    """
    read = {}
    for name, section in data.items():
        if freeze.SECTION_NAME.fullmatch(name):
            try:
                read[name] = freeze.section(section, freeze.made_visible)
            except Broken as broken:
                read[name] = Section(Status.UNAVAILABLE, f"the answer breaks a rule: {broken}")
    return read


def invalid(broken: Broken, origin: str = "") -> InvalidProfile:
    """The error for a person: `invalid profile: RULE at POINTER (ORIGIN)`. `origin` must be safe to print."""
    place = f" ({origin})" if origin else ""
    return InvalidProfile(f"invalid profile: {broken}{place}", broken.hint)


def integrity(document: Mapping[str, Any]) -> str:
    """`sha256:` and the digest of the whole document but `integrity` and each section's `volatile`.

    It shows damage; it is no signature.
    """
    return f"sha256:{_sha256()(canonical(document)).hexdigest()}"


def _sha256() -> Callable[[bytes], Any]:
    """The interpreter's own: hashlib takes OpenSSL's, and to load that takes ten times as long as the digest."""
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):
            made: Callable[[bytes], Any] = import_module(name).sha256
            return made
    from hashlib import sha256

    return sha256


def canonical(document: Mapping[str, Any]) -> bytes:
    """The bytes that the digest covers: JSON, keys sorted, ASCII, without spaces."""
    covered = {key: value for key, value in document.items() if key != "integrity"}
    covered["sections"] = {
        name: {key: value for key, value in section.items() if key != "volatile"}
        for name, section in document["sections"].items()
    }
    return json.dumps(covered, sort_keys=True, separators=(",", ":")).encode("ascii")


def render(profile: Profile) -> str:
    """The profile as it stands in a file: sorted ASCII JSON, one item a line, for `git diff` to read."""
    return guard_json(_expand(to_document(profile), _EXPANDED)) + "\n"


def _expand(value: Any, levels: int) -> str:
    if not levels or not value or not isinstance(value, (dict, list)):
        return _encode(value)
    values = [value[key] for key in sorted(value)] if isinstance(value, dict) else value
    entries = _encode_each(values) if levels == 1 else [_expand(one, levels - 1) for one in values]
    if isinstance(value, dict):
        entries = [f"{key}: {one}" for key, one in zip(_encode_each(sorted(value)), entries, strict=True)]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    margin = " " * (_EXPANDED - levels)
    separator = f",\n{margin} "
    return f"{opening}\n{margin} {separator.join(entries)}\n{margin}{closing}"


def _encode_each(values: list[Any]) -> list[str]:
    """Each value as JSON, by one call of the encoder: a call for each takes five times as long.

    The values are told apart by a string that none of them can hold: control characters are not in the format.
    """
    parted = [_BETWEEN] * (2 * len(values) - 1)
    parted[::2] = values
    return _encode(parted)[1:-1].split(f', "{_BETWEEN_ENCODED}", ')


def _plain_section(section: Section) -> dict[str, Any]:
    return {
        "status": section.status.value,
        "reason": section.reason,
        "items": {key: _plain_item(item) for key, item in section.items.items()},
        "volatile": {key: _plain_item(item) for key, item in section.volatile.items()},
        "notes": list(section.notes),
        "hidden": list(section.hidden),
    }


def _plain_item(item: Item) -> object:
    if not isinstance(item, Mapping):
        return item
    return {name: list(value) if isinstance(value, tuple) else value for name, value in item.items()}


def _profile(data: Any) -> Profile:
    stranger = foreign(data)
    if stranger:
        raise Broken(f"{stranger}, not a profile", hint="take one with `parity snapshot -o FILE`")
    if type(data) is not dict:
        raise Broken("not an object")
    if "schema" not in data:
        raise Broken("missing key 'schema'")
    closed = under("schema", _known, data["schema"])
    try:
        return _known_model(data, closed)
    except Broken as broken:
        if not closed and not broken.hint:
            broken.hint = f"its schema {data['schema']} is newer than {SCHEMA}, which this parity writes"
        raise


def _known_model(data: dict[str, Any], closed: bool) -> Profile:
    freeze.keys(data, HEADER, ADDED if closed else None)
    under("integrity", _matching, data["integrity"], _INTEGRITY, "not sha256: and 64 hexadecimal digits")
    return Profile(
        name=under("name", freeze.string, data["name"], as_it_is, freeze.MAX_KEY),
        captured_at=under("captured_at", _moment, data["captured_at"]),
        target=under("target", _source, data["target"], closed),
        sections=under("sections", _sections, data["sections"], closed),
        identity=under("identity", _identity, data["identity"]),
        tool=under("tool", freeze.string, data["tool"], as_it_is, freeze.MAX_KEY),
        schema=data["schema"],
        sensitive=under("sensitive", _flag, data.get("sensitive", False)),
    )


def _known(version: Any) -> bool:
    """Whether this parity knows every key of that schema; one that it cannot read at all is Broken."""
    _matching(version, _VERSION, "not MODEL.REVISION.ADDITION")
    theirs, ours = ([int(part) for part in one.split(".")] for one in (version, SCHEMA))
    if theirs[0] > ours[0]:
        # A MODEL comes with the major version of the same number: N.0 is the first that reads model N.
        raise Broken(f"needs parity >= {theirs[0]}.0, for schema {version}", hint="upgrade parity, or take it anew")
    if theirs[0] < ours[0]:
        raise Broken(f"schema {version} is older than any that this parity reads", hint="take the snapshot anew")
    return theirs <= ours


def _flag(data: Any) -> bool:
    if type(data) is not bool:
        raise Broken("not true or false")
    return data


def _matching(data: Any, pattern: re.Pattern[str], rule: str) -> str:
    text = freeze.string(data, as_it_is)
    if not pattern.fullmatch(text):
        raise Broken(rule)
    return text


def _moment(data: Any) -> str:
    rule = "not a time like 2026-03-01T12:00:00Z"
    text = _matching(data, _MOMENT, rule)
    try:
        datetime.fromisoformat(text[:-1])
    except ValueError:
        raise Broken(rule) from None
    return text


def _source(data: Any, closed: bool) -> Source:
    freeze.keys(data, _TARGET, frozenset() if closed else None)
    return Source(*(under(key, freeze.string, data[key], as_it_is) for key in ("kind", "reference")))


def _identity(data: Any) -> Mapping[str, str]:
    for key, value in freeze.items(data, as_it_is).items():
        if not isinstance(value, str):
            raise Broken("not a string", key)
    return MappingProxyType(dict(data))


def _sections(data: Any, closed: bool) -> Mapping[str, Section]:
    if type(data) is not dict:
        raise Broken("not an object")
    if len(data) > freeze.MAX_SECTIONS:
        raise Broken(f"more than {freeze.MAX_SECTIONS:,} sections")
    for name in data:
        if not freeze.SECTION_NAME.fullmatch(name):
            raise Broken("not a section's name, like system_packages", name)
    return MappingProxyType({name: under(name, freeze.section, one, as_it_is, closed) for name, one in data.items()})
