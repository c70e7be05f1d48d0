"""Plain data, as JSON gives it, into the frozen values of the model: every rule of a section's shape.

One pass does both, with as little Python as it can for each value: a profile may hold 100,000 items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from parity.profile.model import Field, Item, Scalar, Section, Status
from parity.text import safe, visible

MAX_KEY = 1_024
"""Characters of a key."""
MAX_STRING = 65_536
"""Characters of any other string."""
MAX_ITEMS = 100_000
"""Items of one section, and of its volatile facts."""
MAX_SECTIONS = 1_000
LOWEST, HIGHEST = -(1 << 63), (1 << 64) - 1
"""The bounds of a number: what signed and unsigned counters of a kernel can say."""

SECTION_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
REQUIRED = frozenset({"status", "reason", "items", "volatile", "notes"})
OPTIONAL = frozenset({"hidden"})

_STATUS = {status.value: status for status in Status}
_HOLDING = frozenset({Status.OK, Status.PARTIAL})
_REFUSED = re.compile("[\x00-\x1f\ud800-\udfff]")
_SHOWN_OF_A_KEY = 80
_MISPLACED: Mapping[type, str] = {
    list: "a list where a scalar or an object must stand",
    dict: "an object deeper than an item may hold",
}

T = TypeVar("T")
Text = Callable[[str, int], str]
"""What becomes of a string that is longer than the bound or not printable: kept, changed, or Broken."""


class Broken(Exception):
    """A rule that the data breaks, and the way to the place."""

    def __init__(self, rule: str, *path: str | int, hint: str | None = None) -> None:
        super().__init__(rule)
        self.rule = rule
        self.hint = hint
        self.path: list[str | int] = list(path)

    def __str__(self) -> str:
        return f"{self.rule} at {pointer(self.path)}"


def pointer(path: list[str | int]) -> str:
    """A JSON pointer (RFC 6901) that is safe to print, long keys cut; words for the whole document."""
    parts = []
    for part in path:
        text = str(part).replace("~", "~0").replace("/", "~1")
        parts.append(text if len(text) <= _SHOWN_OF_A_KEY else text[:_SHOWN_OF_A_KEY] + "...")
    return safe("".join(f"/{part}" for part in parts)) or "the top level"


def as_it_is(text: str, limit: int) -> str:
    """For a stored profile: what cannot be written by parity is refused."""
    if len(text) > limit:
        raise Broken(f"a string of more than {limit:,} characters")
    if _REFUSED.search(text):
        raise Broken("a control character or a lone surrogate in a string")
    return text


def made_visible(text: str, limit: int) -> str:
    """For what a live target said: hostile characters become visible escapes, and what is too long is cut."""
    return visible(text)[:limit]


def under(key: str | int, read: Callable[..., T], *arguments: Any) -> T:
    """What `read` makes of its arguments, its Broken seen from one level further out."""
    try:
        return read(*arguments)
    except Broken as broken:
        broken.path.insert(0, key)
        raise


def section(data: Any, text: Text, closed: bool = True) -> Section:
    """One section's envelope. `closed` refuses keys that this version does not know. Raises Broken."""
    keys(data, REQUIRED, OPTIONAL if closed else None)
    name = data["status"]
    status = _STATUS.get(name) if type(name) is str else None
    if status is None:
        raise Broken("not one of " + ", ".join(_STATUS), "status")
    reason = data["reason"]
    frozen = Section(
        status,
        None if reason is None else under("reason", string, reason, text),
        under("items", items, data["items"], text),
        under("volatile", items, data["volatile"], text),
        under("notes", strings, data["notes"], text),
        under("hidden", strings, data.get("hidden", []), text),
    )
    if frozen.items and status not in _HOLDING:
        raise Broken(f"items in a section that is {status.value}", "items")
    if frozen.hidden and status is not Status.PARTIAL:
        raise Broken(f"hidden keys in a section that is {status.value}", "hidden")
    return frozen


def keys(data: Any, required: frozenset[str], optional: frozenset[str] | None = frozenset()) -> None:
    """Raise Broken unless data is an object with these keys; `optional` None lets any other pass."""
    if type(data) is not dict:
        raise Broken("not an object")
    if data.keys() == required:
        return
    for name in sorted(required - data.keys()):
        raise Broken(f"missing key {name!r}")
    if optional is not None:
        for name in sorted(data.keys() - required - optional):
            raise Broken("unknown key", name)


def string(data: Any, text: Text, limit: int = MAX_STRING) -> str:
    """A string within its bound."""
    if type(data) is not str:
        raise Broken("not a string")
    return data if len(data) <= limit and data.isprintable() else text(data, limit)


def strings(data: Any, text: Text) -> tuple[str, ...]:
    """A list of strings."""
    if type(data) is not list:
        raise Broken("not a list of strings")
    try:
        joined = "".join(data)
    except TypeError:
        # Something in it is no string; the way through each one says which.
        joined = None
    if joined is not None and len(joined) <= MAX_STRING and joined.isprintable():
        return tuple(data)
    return tuple([under(index, string, one, text) for index, one in enumerate(data)])


def items(data: Any, text: Text) -> Mapping[str, Item]:
    """{key: scalar, or flat object of scalars and lists of strings}."""
    if type(data) is not dict:
        raise Broken("not an object")
    if len(data) > MAX_ITEMS:
        raise Broken(f"more than {MAX_ITEMS:,} items")
    frozen: dict[str, Item] = {}
    key = ""
    try:
        for key, value in data.items():
            name = key if len(key) <= MAX_KEY and key.isprintable() else text(key, MAX_KEY)
            frozen[name] = _fields(value, text) if type(value) is dict else _scalar(value, text)
    except Broken as broken:
        broken.path.insert(0, key)
        raise
    return MappingProxyType(frozen)


def _fields(data: dict[str, Any], text: Text) -> Mapping[str, Field]:
    # A copy and then only what changes, for the copying is one step of the interpreter and the loop is many.
    frozen: dict[str, Field] = dict(data)
    key = ""
    try:
        for key, value in data.items():
            kind = type(value)
            if kind is list:
                frozen[key] = strings(value, text)
            elif kind is str:
                if len(value) > MAX_STRING or not value.isprintable():
                    frozen[key] = text(value, MAX_STRING)
            elif kind is not bool:
                _scalar(value, text)
            if len(key) > MAX_KEY or not key.isprintable():
                frozen[text(key, MAX_KEY)] = frozen.pop(key)
    except Broken as broken:
        broken.path.insert(0, key)
        raise
    return MappingProxyType(frozen)


def _scalar(value: Any, text: Text) -> Scalar:
    kind = type(value)
    if kind is str:
        return string(value, text)
    if value is None or kind is bool:
        return value  # type: ignore[no-any-return]
    if kind not in (int, float):
        raise Broken(_MISPLACED.get(kind, "not a JSON value"))
    # NaN is in no range.
    if not LOWEST <= value <= HIGHEST:
        raise Broken("not a number from -2^63 to 2^64 - 1")
    return value  # type: ignore[no-any-return]
