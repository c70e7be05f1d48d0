"""The third corner: which of two sides that differ is the one that is not what the repository declares.

Each side is held against what is declared for its own interpreter and platform. A side agrees, departs, or cannot be
told: what a repository leaves open (a range that both satisfy, a setting that it does not mention) departs nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from parity.declared.dependencies.markers import applies, environment_of, version_in
from parity.diff.model import Difference
from parity.policy.model import Departs
from parity.policy.use import Degree, Use
from parity.profile.item import field
from parity.profile.model import Item, Profile

_NUMBERS = re.compile(r"(?:[@:-]|\A)(\d{1,3}(?:\.\d{1,3}){1,2})(?![\w.])")
_LOCK = re.compile(r"(?:\.lock|pylock[^/]*\.toml):\d+\Z")
_SOURCE = re.compile(r"\.in:\d+\Z")
_RANGE = frozenset("<>=!~^*,")


def departs(difference: Difference, use: Use) -> Departs | None:
    """Which side of a difference is not as declared; None where that cannot be told, or neither is."""
    agrees = _SECTIONS.get(difference.section)
    if agrees is None:
        return None
    key = difference.key
    sides = (difference.local, use.local), (difference.production, use.production)
    local, production = (agrees(key, item, side, use) for item, side in sides)
    if local is None or production is None:
        return "undeclared" if _undeclared(difference, use) else None
    if local and production:
        return None
    return "production" if local else "local" if production else "both"


def declares(difference: Difference, use: Use) -> str | None:
    """What is declared, and where, in a few words: "3.1.4 is declared at uv.lock:40"."""
    section, key = difference.section, difference.key
    if section == "python":
        places = _strings(field(use.item("python", "requires"), "at"))
        for name, one in use.section("python").items.items():
            if name.startswith("declared.") and not _RANGE.intersection(str(field(one, "value"))):
                places, said = _strings(field(one, "at")), field(one, "value")
                return _sentence(str(said), places)
        return _sentence(str(field(use.item("python", "requires"), "specifier")), places)
    if section in ("database", "process"):
        stated = use.section(section).items.items()
        prefix = "declared.server_version" if section == "database" else "declared."
        found = next((one for name, one in stated if name.startswith(prefix)), None)
        return _sentence(str(field(found, "value")), _strings(field(found, "at")))
    item, places = use.item(section, key), use.declared_at(section, key)
    if section != "packages":
        return _sentence(str(field(item, "version") or ""), places)
    version = version_in(item, environment_of(use.production))
    if version is None:
        return _sentence(str(field(item, "specifier") or ""), places)
    return _sentence(version, pinned_at(key, use))


def pinned_at(distribution: str, use: Use) -> tuple[str, ...]:
    """The places that state its version: those of a lock, where there is one; of what was compiled, not its source."""
    places = use.declared_at("packages", distribution)
    locks = tuple(place for place in places if _LOCK.search(place))
    return locks or tuple(place for place in places if not _SOURCE.search(place)) or places


def _sentence(said: str, places: tuple[str, ...]) -> str | None:
    if not places:
        return None
    return f"{said} is declared at {places[0]}" if said else f"declared at {places[0]}"


def _undeclared(difference: Difference, use: Use) -> bool:
    """Whether the repository uses a thing that none of its files declares."""
    section, key = difference.section, difference.key
    if section not in ("packages", "environment") or use.declared_at(section, key):
        return False
    if section == "packages":
        return bool(use.imported_at(key)) and use.package(key).degree is Degree.USED
    return bool(use.read_at(key))


def _package(key: str, item: Item, side: Profile, use: Use) -> bool | None:
    declared = use.item("packages", key)
    if not use.declared_at("packages", key):
        return None
    environment = environment_of(side)
    applying = applies(declared, environment)
    if applying and item is not None:
        return _version(declared, item, environment)
    # What is declared for development, or behind an extra, may be there and need not be.
    groups = _strings(field(declared, "groups"))
    if applying is None or (groups and "main" not in groups):
        return None
    return applying is (item is not None)


def _version(declared: Item, item: Item, environment: Mapping[str, str]) -> bool | None:
    version, there = version_in(declared, environment), field(item, "version")
    if not isinstance(there, str):
        return None
    if version is not None:
        revision = field(declared, "revision")
        return same_version(version, there) and (revision is None or field(item, "revision") in (None, revision))
    specifier = field(declared, "specifier")
    return _allowed(specifier, there) if isinstance(specifier, str) and specifier else True


def _variable(key: str, item: Item, side: Profile, use: Use) -> bool | None:
    if not use.declared_at("environment", key):
        return None
    if field(use.item("environment", key), "state") == "set" and field(item, "state") == "empty":
        return False
    return item is not None


def _python(key: str, item: Item, side: Profile, use: Use) -> bool | None:
    if key != "version" or not isinstance(item, str):
        return None
    exact = use.item("python", "version")
    if isinstance(exact, str):
        return same_version(exact, item)
    answers = [satisfies(item, use)]
    for name, one in use.section("python").items.items():
        value = field(one, "value") if name.startswith("declared.") else None
        if isinstance(value, str) and not _RANGE.intersection(value):
            answers += [
                item.split(".")[: found.count(".") + 1] == found.split(".") for found in _NUMBERS.findall(value)
            ]
    told = [answer for answer in answers if answer is not None]
    return all(told) if told else None


def satisfies(version: str, use: Use) -> bool | None:
    """Whether a version of Python is one that the project allows; None where it does not say."""
    specifier = field(use.item("python", "requires"), "specifier")
    return _allowed(specifier, version) if isinstance(specifier, str) else None


def _system_package(key: str, item: Item, side: Profile, use: Use) -> bool | None:
    declared = use.item("system_packages", key)
    if declared is None:
        return None
    version = field(declared, "version")
    return item is not None and (version is None or field(item, "version") == version)


def _volume(key: str, item: Item, side: Profile, use: Use) -> bool | None:
    if use.item("volumes", key) is None:
        return None
    return item is not None and field(item, "exists") is not False and field(item, "mounted") is not False


def _process(key: str, item: Item, side: Profile, use: Use) -> bool | None:
    if key not in ("uid", "gid"):
        return None
    stated = use.item("process", key)
    if stated is not None:
        return item == stated
    user = use.item("process", "user")
    process = side.sections.get("process")
    name = process.items.get("user") if process is not None else None
    return name == user if key == "uid" and isinstance(user, str) and name is not None else None


def _database(key: str, item: Item, side: Profile, use: Use) -> bool | None:
    stated = use.item("database", "server_version")
    if key != "server_version" or not isinstance(stated, str) or not isinstance(item, str):
        return None
    return item.split(".")[: stated.count(".") + 1] == stated.split(".")


_SECTIONS: Mapping[str, Callable[[str, Item, Profile, Use], bool | None]] = {
    "packages": _package,
    "environment": _variable,
    "python": _python,
    "system_packages": _system_package,
    "volumes": _volume,
    "process": _process,
    "database": _database,
}
"""{section: whether a side's item (None: it lacks it) agrees with what is declared}."""


def same_version(declared: str, there: str) -> bool:
    """Whether two versions of a distribution are one; a local part (+cu121) that nobody declared changes nothing."""
    from parity.diff.comparisons.pep440 import equal

    return equal(declared, there) or ("+" not in declared and equal(declared, there.partition("+")[0]))


def _allowed(specifier: str, version: str) -> bool | None:
    """Whether a specifier, as pip, poetry or pipenv write it, allows a version; None where it is none."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    from parity.declared.dependencies.constraint import as_specifier
    from parity.diff.comparisons.pep440 import parsed

    there = parsed(version)
    try:
        allowed = SpecifierSet(as_specifier(specifier) or specifier)
    except InvalidSpecifier:
        return None
    return None if there is None else allowed.contains(there, prereleases=True)


def _strings(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
