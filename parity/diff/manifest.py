"""Two manifests of source, made comparable: the same directory, the same granularity, and only what says something.

A side may have been looked at from the directory above (a repository whose `src/` was deployed), or hold so many
files that each directory has one digest. What only one side could have by chance, bytecode that Python made there or
the state of a checkout, is no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from parity.probe.source.manifest import directories, shadowing
from parity.profile.item import SCALAR
from parity.profile.model import Item, Section

FACTS = ("branch", "commit", "dirty")
"""Keys that are no paths."""

_BYTES = " bytes"
_PROSE = (".md", ".rst", ".adoc")
_PROSE_NAMES = frozenset({"authors", "changelog", "changes", "contributing", "copying", "licence", "license", "notice",
                          "readme"})  # fmt: skip
"""What people read and no program does: it may be there, or not."""

_MOST_TRIED = 2_000
_LEAST = 0.5
"""The part of the smaller side's files that another directory must give a counterpart."""


def aligned(local: Section, production: Section) -> tuple[Section, Section]:
    """The two sections as they are to be compared; one without a manifest stays as it is."""
    left, right = dict(local.items), dict(production.items)
    if not left or not right:
        return local, production
    if _by_directory(left) != _by_directory(right):
        left, right = _folded(left), _folded(right)
    hidden = local.hidden, production.hidden
    outer, inner = _directory_of(left, right), _directory_of(right, left)
    if outer:
        left, hidden = _below(left, outer), (_hidden_below(local.hidden, outer), production.hidden)
    elif inner:
        right, hidden = _below(right, inner), (local.hidden, _hidden_below(production.hidden, inner))
    for key in left.keys() ^ right.keys():
        side = left if key in left else right
        if key in FACTS or _by_chance(side[key]):
            del side[key]
    for key in left.keys() | right.keys():
        sides = [side for side in (left, right) if key in side]
        if not _is_prose(key) and all(_by_size(side[key]) for side in sides):
            for side in sides:
                side[key] = _sized(side[key])
    return (
        replace(local, items=MappingProxyType(left), hidden=hidden[0]),
        replace(production, items=MappingProxyType(right), hidden=hidden[1]),
    )


def _by_chance(item: Item) -> bool:
    return not isinstance(item, SCALAR) and item.get("bytecode") == "loaded"


def is_code(item: Item) -> bool:
    """Whether an item is of a file of code, or of a directory of such, whose digest tells what it is."""
    digest = None if isinstance(item, SCALAR) or "bytecode" in item else item.get("digest")
    return isinstance(digest, str) and not digest.endswith(_BYTES)


def _by_size(item: Item) -> bool:
    return not isinstance(item, SCALAR) and "size" in item and not {"bytecode", "digest"} & item.keys()


def _is_prose(key: str) -> bool:
    name = key.rpartition("/")[2].lower()
    return name.endswith(_PROSE) or name.partition(".")[0] in _PROSE_NAMES


def _sized(item: Item) -> Item:
    """What is no code has no digest: there its size stands in for one, so that it can be missing, and be another."""
    size = None if isinstance(item, SCALAR) else item["size"]
    return item if isinstance(item, SCALAR) else MappingProxyType({**item, "digest": f"{size}{_BYTES}"})


def is_directory(key: str) -> bool:
    """Whether a key of a manifest stands for the files of a directory."""
    return key.endswith("/")


def _by_directory(items: Mapping[str, Item]) -> bool:
    return any(map(is_directory, items))


def _folded(items: Mapping[str, Item]) -> dict[str, Item]:
    """One item for each directory; the facts and what is told of bytecode stay."""
    if _by_directory(items):
        return dict(items)
    files = {key: one for key, one in items.items() if not isinstance(one, SCALAR) and "bytecode" not in one}
    rest = {key: one for key, one in items.items() if key not in files and not _by_chance(one)}
    rest |= {key: files[key] for key in shadowing(files)}
    told: dict[str, Item] = {key: MappingProxyType(one) for key, one in directories(files).items()}
    return {**rest, **told}


def _paths(items: Mapping[str, Item]) -> set[str]:
    return {key for key, one in items.items() if not isinstance(one, SCALAR) and "bytecode" not in one}


def _directory_of(outer: Mapping[str, Item], inner: Mapping[str, Item]) -> str | None:
    """The directory of `outer`, with its slash, that the other side is; None where it is the same, or none."""
    theirs, ours = _paths(inner), _paths(outer)
    least = max(1.0, _LEAST * min(len(theirs), len(ours)))
    if len(theirs & ours) >= least:
        return None
    by_name: dict[str, list[str]] = {}
    for path in theirs:
        by_name.setdefault(path.rstrip("/").rpartition("/")[2], []).append(path)
    found: Counter[str] = Counter()
    for path in sorted(ours)[:_MOST_TRIED]:
        for other in by_name.get(path.rstrip("/").rpartition("/")[2], ())[:20]:
            if path.endswith("/" + other):
                found[path[: -len(other)]] += 1
    if not found:
        return None
    above, count = min(found.items(), key=lambda one: (-one[1], one[0]))
    return above if count >= least and count > len(theirs & ours) else None


def _below(items: Mapping[str, Item], above: str) -> dict[str, Item]:
    """What lies below a directory by its path from there; what does not is no part of what is compared."""
    kept = {key: one for key, one in items.items() if key in FACTS}
    return kept | {key[len(above) :] or "./": one for key, one in items.items() if key.startswith(above)}


def _hidden_below(patterns: tuple[str, ...], above: str) -> tuple[str, ...]:
    below = (pattern.removeprefix(above) for pattern in patterns)
    return tuple(pattern for pattern in below if "*" in pattern or pattern not in patterns)
