"""Values of items in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parity.diff.model import Kind
from parity.policy.model import Finding
from parity.profile.model import Field, Item, Source

MISSING = "missing"
"""What stands on the side that lacks an item."""

_PLAIN = frozenset({"default_version", "path", "state", "version"})
"""Fields whose value speaks for itself."""
_COMMIT = 12
"""Characters of a commit that are shown."""
_QUIET = frozenset({"manager", "noexec", "read_only"})
"""Fields that beside others are worth a word only where they are a yes."""
_YES_NO = {
    "read_only": ("read-only", "not read-only"),
    "exists": ("there", "not there"),
    "resolved": ("found", "not found"),
    "mounted": ("mounted", "not mounted"),
}
_NO_PLACE = frozenset({"exec", "pid", "probe", "repo", "sbom"})
"""Kinds of target whose word has no slashes."""


def target(source: Source) -> str:
    """Where a profile is from, as its target is written: `docker://web`, `pid:7`, `local`."""
    if not source.reference:
        return source.kind
    return f"{source.kind}:{'' if source.kind in _NO_PLACE else '//'}{source.reference}"


def sides(one: Finding) -> tuple[str, str]:
    """What (local, production) have, in a few words each; nothing where a finding is about neither."""
    if one.kind is None and one.local is None and one.production is None:
        return "", ""
    local = MISSING if _lacks(one, one.local, Kind.EXTRA) else value(one.local)
    production = MISSING if _lacks(one, one.production, Kind.MISSING) else value(one.production)
    return local, production


def _lacks(one: Finding, item: Item, kind: Kind) -> bool:
    return one.kind is kind or (one.kind is None and item is None)


def sentence(one: Finding) -> str:
    """Why a finding matters, and which side is not what the repository declares, with what to do about it."""
    return one.why if one.departs is None else f"{one.why}; {_departs(one)}"


def _departs(one: Finding) -> str:
    if one.departs == "undeclared":
        return "never declared: declare it"
    if one.departs == "both":
        return "both depart from what is declared"
    behind = one.kind is (Kind.EXTRA if one.departs == "local" else Kind.MISSING)
    how = "is behind" if behind else "drifted from" if one.departs == "local" else "departs from"
    return f"{one.departs} {how} what is declared" + _closes(one)


def _closes(one: Finding) -> str:
    """What a deploy or a sync brings along; variables are set where the program runs, and no user is synced."""
    if one.section == "environment":
        return ": set it there"
    if one.departs == "production":
        return ": redeploy it"
    return ": sync it" if one.section in ("packages", "python") else ""


def value(item: Item) -> str:
    """An item in a few words."""
    if isinstance(item, Mapping):
        names = [name for name in item if len(item) == 1 or name not in _QUIET or item[name] is True]
        return ", ".join(_field(name, item[name]) for name in names) or "there"
    return _scalar(item)


def _scalar(item: Field) -> str:
    if item is None:
        return "none"
    if isinstance(item, bool):
        return "yes" if item else "no"
    return str(item) or "empty"


def _field(name: str, item: Field) -> str:
    if isinstance(item, bool):
        words = name.replace("_", " ")
        yes, no = _YES_NO.get(name, (words, f"not {words}"))
        return yes if item else no
    if isinstance(item, Sequence) and not isinstance(item, str):
        return f"{name.replace('_', ' ')} {' '.join(item) or 'none'}"
    if item is None:
        return f"no {name.replace('_', ' ')}"
    if name == "revision":
        return str(item)[:_COMMIT]
    return str(item) if name in _PLAIN else f"{name.replace('_', ' ')} {item}"
