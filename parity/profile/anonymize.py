"""A profile without the names of people and places, for one that leaves the house.

Each name becomes an id of its kind: user-1, path-2, host-1. The same name is the same id in every section, and in
every profile that is given in one call, so that a comparison of two anonymised sides says what it said before.

Replaced: users and groups but those that systems bring along, what stands below a home directory (in keys, too),
the home and the working directory of the process where they are not conventional, hosts but public ones and those
that everybody has (in the hosts file and among search domains, too), image references, the target's name, schemas and
tablespaces. Packages and variables keep their names: they are what a comparison is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from parity.profile.model import Field, Item, Profile, Scalar, Section
from parity.profile.ordinary import ACCOUNTS, DIRECTORIES, HOSTS, RESOLVED, SCHEMAS

_FIELDS: Mapping[str, Mapping[str, str]] = {
    "process": {"user": "user"},
    "volumes": {"user": "user", "group": "group"},
    "container": {"user": "user", "image": "image"},
    "network": {"domains": "host"},
    "database": {
        "schema": "schema",
        "search_path": "schema",
        "default_tablespace": "tablespace",
        "temp_tablespaces": "tablespace",
    },
}
"""{section: {a scalar's key, or a field of any item: kind of name}}. The probe has no other field that is a name."""

_KEYS: Mapping[str, tuple[str, str | None]] = {"network": ("hosts.", "host"), "limits": ("free.", None)}
"""{section: (what a key begins with, the kind of name that follows; None: a path)}."""

_ORDINARY = {"user": ACCOUNTS, "group": ACCOUNTS, "schema": SCHEMAS, "tablespace": SCHEMAS, "host": HOSTS | RESOLVED}
_LISTS = frozenset({"schema", "tablespace"})
_PRIVATE = ("home", "working_directory")
"""Items of `process` whose `path` may tell whose it is, wherever it stands."""

_WHOLE = re.compile(
    r"(?:(?P<home>(?:/var|/export|/usr)?/home|/Users)/(?P<user>[^/]+)|(?P<own>~|/root|/var/root)(?=/))(?P<rest>/.*)?",
    re.DOTALL,
)
"""A path below a home; a whole text that begins like a path is one, spaces and all."""
_WITHIN = re.compile(
    r"""(?<![\w.~-])(?:(?P<home>(?:/var|/export|/usr)?/home|/Users)/(?P<user>[^/\s:,;()'"]+)"""
    r"""|(?P<own>~|/root|/var/root)(?=/))(?P<rest>/[^:,;()'"]*)?"""
)
"""The same inside a sentence. Names may hold spaces, so it takes what follows, up to a mark."""
_URL = re.compile(r"(?P<scheme>\b[a-z][a-z0-9+.-]{0,15}://)(?P<host>[^/\s:@]+)")
_LITERAL = re.compile(r"\[([*?[])\]")
_MAGIC = re.compile(r"[*?[]")
_MEMBER = re.compile(r'[^\s,"]+')
"""A name in a list like `"$user", public`."""


def anonymize(profile: Profile) -> Profile:
    """The profile with ids for names, numbered in the order of the sorted sections and keys."""
    return anonymize_all([profile])[0]


def anonymize_all(profiles: Iterable[Profile]) -> tuple[Profile, ...]:
    """Several profiles of one run: one name has one id in all of them."""
    profiles = tuple(profiles)
    names = _Names()
    for profile in profiles:
        names.learn(profile)
    return tuple(names.profile(profile) for profile in profiles)


class _Names:
    """The ids given so far."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._count: dict[str, int] = {}
        self._private: set[str] = set()

    def learn(self, profile: Profile) -> None:
        """Find the users and the private directories first: a group or a key may come before them."""
        for name, kinds in _FIELDS.items():
            items = profile.sections[name].items if name in profile.sections else {}
            for key in sorted(items):
                item = items[key]
                fields = item if isinstance(item, Mapping) else {key: item}
                for field, value in fields.items():
                    if kinds.get(field) == "user" and isinstance(value, str):
                        self.name("user", value)
        process = profile.sections.get("process")
        for key in _PRIVATE:
            item = process.items.get(key) if process else None
            path = item.get("path") if isinstance(item, Mapping) else None
            if isinstance(path, str) and path.startswith("/") and path not in DIRECTORIES and not _WHOLE.match(path):
                self._private.add(path)

    def profile(self, profile: Profile) -> Profile:
        target, sections = profile.target, profile.sections.items()
        reference = self._id("target", target.reference) if target.reference else ""
        return replace(
            profile,
            name=reference if profile.name == target.reference else self.text(profile.name),
            target=replace(target, reference=reference),
            identity=MappingProxyType({key: self._identity(key, value) for key, value in profile.identity.items()}),
            sections=MappingProxyType({name: self._section(name, one) for name, one in sorted(sections)}),
        )

    def name(self, kind: str, original: str) -> str:
        """The id of a name; one that systems bring along, or a number, stays."""
        if original in _ORDINARY.get(kind, ()) or not original.strip("0123456789:"):
            return original
        if kind == "group" and ("user", original) in self._ids:
            # A user's own group has the user's name.
            kind = "user"
        return self._id(kind, original)

    def text(self, text: str) -> str:
        """A text with the paths and hosts in it replaced."""
        if "/" not in text:
            return text
        if text.startswith(("/", "~/")):
            return self._path(text)
        within = _WITHIN.sub(self._home, text)
        return _URL.sub(lambda match: match["scheme"] + self.name("host", match["host"]), within)

    def pattern(self, pattern: str) -> str:
        """A pattern over keys, that still matches what it matched: below a home, by everything there."""
        literal = _LITERAL.sub(r"\1", pattern)
        plain = literal if not _MAGIC.search(_LITERAL.sub("", pattern)) else ""
        if plain:
            changed = self.text(plain)
            return pattern if changed == plain else _MAGIC.sub(r"[\g<0>]", changed)
        for directory in self._private:
            if pattern.startswith(directory + "/"):
                return self._path(directory) + "/*"
        match = _WHOLE.match(pattern)
        if match and not _MAGIC.search(match["user"] or ""):
            return self._base(match) + "/*"
        return pattern

    def _id(self, kind: str, original: str) -> str:
        known = self._ids.get((kind, original))
        if known is None:
            self._count[kind] = self._count.get(kind, 0) + 1
            known = self._ids[kind, original] = f"{kind}-{self._count[kind]}"
        return known

    def _path(self, path: str) -> str:
        for directory in sorted(self._private, key=len, reverse=True):
            if path == directory:
                return "/" + self._id("path", path)
            if path.startswith(directory + "/"):
                return f"/{self._id('path', directory)}/{self._id('path', path)}"
        match = _WHOLE.match(path)
        return self._home(match) if match else path

    def _home(self, match: re.Match[str]) -> str:
        rest = match["rest"] or ""
        return self._base(match) + (f"/{self._id('path', match[0])}" if rest.strip("/") else rest)

    def _base(self, match: re.Match[str]) -> str:
        return match["own"] or f"{match['home']}/{self.name('user', match['user'])}"

    def _identity(self, key: str, value: str) -> str:
        return self._id("image", value) if "image" in key else self.text(value)

    def _section(self, name: str, section: Section) -> Section:
        kinds = _FIELDS.get(name, {})
        return replace(
            section,
            reason=None if section.reason is None else self.text(section.reason),
            items=self._items(name, section.items, kinds),
            volatile=self._items(name, section.volatile, kinds),
            notes=tuple(self.text(note) for note in section.notes),
            hidden=tuple(self.pattern(pattern) for pattern in section.hidden),
        )

    def _items(self, section: str, items: Mapping[str, Item], kinds: Mapping[str, str]) -> Mapping[str, Item]:
        changed: dict[str, Item] = {}
        for key in sorted(items):
            item = items[key]
            if isinstance(item, Mapping):
                fields = {field: self._field(item[field], kinds.get(field)) for field in sorted(item)}
                changed[self._key(section, key)] = MappingProxyType(fields)
            else:
                changed[self._key(section, key)] = self._scalar(item, kinds.get(key))
        return MappingProxyType(changed)

    def _key(self, section: str, key: str) -> str:
        prefix, kind = _KEYS.get(section, ("", None))
        if not key.startswith(prefix):
            return self.text(key)
        rest = key[len(prefix) :]
        return prefix + (self.text(rest) if kind is None else self.name(kind, rest))

    def _field(self, value: Field, kind: str | None) -> Field:
        if isinstance(value, tuple):
            return tuple([self._string(one, kind) for one in value])
        return self._scalar(value, kind)

    def _scalar(self, value: Scalar, kind: str | None) -> Scalar:
        return self._string(value, kind) if isinstance(value, str) else value

    def _string(self, value: str, kind: str | None) -> str:
        if kind is None:
            return self.text(value)
        if kind in _LISTS:
            return _MEMBER.sub(lambda match: self.name(kind, match[0]), value)
        return self.name(kind, value)
