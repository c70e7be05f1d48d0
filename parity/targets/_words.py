"""A target's word, taken apart and checked before anything is opened or started.

local                        this machine
KIND://REFERENCE[?name=value&…]
KIND:REFERENCE               for kinds that are no place: exec:, pid:, sbom:, repo:
PATH or -                    a profile in a file, or on standard input
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from parity.errors import TargetError
from parity.text import safe

LENGTH = 2048
"""Characters of a whole word; nothing that is named honestly is longer."""

SHORT = {"k8s": "kubernetes"}
"""{short name of a kind that people type: kind}."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(//)?", re.IGNORECASE)
_MISSPELT = re.compile(r"([A-Za-z][A-Za-z0-9-]*)((?::|//).*)?")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word taken apart: the kind, its reference, and the options of its query."""

    kind: str
    reference: str
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def split(word: str, kinds: frozenset[str]) -> Word:
    """Take one word apart. `kinds` are the schemes that exist; raises TargetError for any other."""
    if not word:
        raise TargetError("a target's name is empty", hint=f"kinds of target: {', '.join(sorted(kinds))}")
    if len(word) > LENGTH:
        raise TargetError(f"a target's name has {len(word)} characters, more than {LENGTH}")
    if any(ord(character) < 0x20 or 0x7F <= ord(character) <= 0x9F for character in word):
        raise TargetError(f"a target's name holds control characters: {_shown(word)}")
    if word == "-":
        return Word("file", "-")
    base, _, query = word.partition("?")
    if base == "local":
        return Word("local", "", _options(query, word))
    scheme = _SCHEME.match(word)
    if scheme is None or (scheme[2] is None and scheme[1] not in kinds):
        return _path(word)
    kind = SHORT.get(scheme[1].lower(), scheme[1].lower())
    if kind not in kinds:
        raise TargetError(f"no kind of target is called {safe(kind)!r}: {_shown(word)}", hint=_nearest(kind, kinds))
    if kind == "exec":
        # A command is taken whole: a question mark in it is its own.
        return Word(kind, word[scheme.end() :])
    return Word(kind, base[scheme.end() :], _options(query, word))


def _path(word: str) -> Word:
    if word.startswith("-"):
        raise TargetError(f"a target's name cannot begin with '-': {_shown(word)}")
    return Word("file", word)


def _options(query: str, word: str) -> dict[str, tuple[str, ...]]:
    if not query:
        return {}
    from urllib.parse import parse_qsl

    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True, max_num_fields=64)
    except ValueError as error:
        raise TargetError(
            f"the options after '?' cannot be read: {_shown(word)}", hint="?name=value&name=value"
        ) from error
    options: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        options[name] = (*options.get(name, ()), value)
    return options


def _nearest(kind: str, kinds: frozenset[str]) -> str:
    near = _close(kind, kinds)
    return _meant(near) if near else f"kinds of target: {', '.join(sorted(kinds))}"


def instead(word: str, kinds: frozenset[str]) -> str | None:
    """What a word may have been meant to name that was taken for a path, and is none; None where it looks like one."""
    found = _MISSPELT.fullmatch(word.partition("?")[0])
    if found is None:
        return None
    near = _close(found[1].lower(), kinds)
    if near:
        return _meant(near)
    return None if found[2] else f"a container is docker://{word}; `parity targets` lists what else there is"


def _close(kind: str, kinds: frozenset[str]) -> str | None:
    from difflib import get_close_matches

    near = get_close_matches(kind, sorted({*kinds, *SHORT}), 1, 0.7)
    return SHORT.get(near[0], near[0]) if near else None


def _meant(kind: str) -> str:
    from importlib import import_module

    example = import_module(f"parity.targets.{kind}").EXAMPLE
    return f"did you mean {kind} ?" if example == kind else f"did you mean {kind}, like {example} ?"


def _shown(word: str) -> str:
    cut = word if len(word) <= _SHOWN else word[:_SHOWN] + "…"
    return f"'{safe(cut)}'"
