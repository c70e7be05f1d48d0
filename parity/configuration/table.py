"""A TOML table, read strictly: an unknown key, or a value of another type, is told with file, line and path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parity.declared.dependencies.toml import Lines, Path, parse
from parity.declared.facts import Fault
from parity.errors import UsageError
from parity.text import safe

_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Document:
    """A TOML file that the parser has accepted."""

    name: str
    """As it is shown."""
    data: Mapping[str, Any]
    lines: Lines

    @classmethod
    def parsed(cls, data: bytes, name: str) -> Document:
        """The document in these bytes. Raises UsageError."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise UsageError(f"{safe(name)}: not UTF-8 text") from None
        found = parse(text, safe(name), ())
        if isinstance(found, Fault):
            raise UsageError(found.sentence, hint="a date is written like 2027-01-31, without quotes or with them")
        return cls(name, found, Lines(text))

    def place(self, path: Path) -> str:
        """Where a value stands: parity.toml:12."""
        line = self.lines.at(*path)
        return f"{safe(self.name)}:{line}" if line else safe(self.name)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document."""

    document: Document
    data: Mapping[str, Any]
    path: Path = ()

    @property
    def place(self) -> str:
        """Where it stands: parity.toml:12."""
        return self.document.place(self.path)

    def known(self, *names: str) -> Table:
        """The table itself, where it has no other keys than these. Raises UsageError that names the nearest."""
        from difflib import get_close_matches

        for key in self.data:
            if key not in names:
                near = get_close_matches(key.replace("_", "-"), names, 1)
                hint = f"did you mean {near[0]}?" if near else "known keys: " + ", ".join(names)
                raise self.fault("unknown key", key, hint=hint)
        return self

    def has(self, name: str) -> bool:
        """Whether the key is there."""
        return name in self.data

    def text(self, name: str) -> str | None:
        """A text that is not empty; None where the key is not there."""
        value: str | None = self._typed(name, str)
        if value is not None and not value.strip():
            raise self.fault("empty", name)
        return value

    def needed(self, name: str, why: str) -> str:
        """A text that must be there."""
        value = self.text(name)
        if value is None:
            raise self.fault(f"there is no {name}", hint=why)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, () where the key is not there."""
        values = self._typed(name, list) or []
        for place, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                raise self.fault(f"expected text, found {_kind(value)}", name, place)
        return tuple(values)

    def flag(self, name: str) -> bool:
        """True or false; false where the key is not there."""
        return bool(self._typed(name, bool))

    def number(self, name: str) -> int | float | None:
        """A number; None where the key is not there."""
        value = self.data.get(name)
        if name in self.data and type(value) not in (int, float):
            raise self.fault(f"expected a number, found {_kind(value)}", name)
        return value

    def table(self, name: str) -> Table:
        """The table below it, an empty one where the key is not there."""
        return Table(self.document, self._typed(name, dict) or {}, (*self.path, name))

    def tables(self, name: str) -> Iterator[Table]:
        """The tables of an array of them, `[[name]]`."""
        for place, value in enumerate(self._typed(name, list) or []):
            if not isinstance(value, dict):
                raise self.fault(f"expected a table, found {_kind(value)}", name, place)
            yield Table(self.document, value, (*self.path, name, place))

    def fault(self, rule: str, *below: str | int, hint: str | None = None) -> UsageError:
        """The error that says what is wrong with the table, or with what stands below it."""
        path = (*self.path, *below)
        return UsageError(f"{self.document.place(path)}: {_dotted(path)}: {rule}", hint)

    def _typed(self, name: str, kind: type) -> Any:
        value = self.data.get(name)
        if name in self.data and type(value) is not kind:
            raise self.fault(f"expected {_KINDS[kind]}, found {_kind(value)}", name)
        return value


def _kind(value: object) -> str:
    return "empty text" if value == "" else _KINDS.get(type(value), "a date or time")


def _dotted(path: Path) -> str:
    words = ""
    for part in path:
        words += f"[{part}]" if isinstance(part, int) else f".{_key(part)}" if words else _key(part)
    return words


def _key(part: str) -> str:
    bare = part.isascii() and part.replace("-", "").replace("_", "").isalnum()
    shown = part if len(part) <= _SHOWN else part[:_SHOWN] + "…"
    return shown if bare else f'"{safe(shown)}"'
