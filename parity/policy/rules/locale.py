"""Encodings, the locale of each category, and the locales that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.followed import asks_for_locale
from parity.policy.model import Finding, Rule, Severity, Sides, finding

RULES = {
    "encoding": Rule(Severity.ERROR, "text is UTF-8 locally and has another encoding in production"),
    "encoding-other": Rule(Severity.WARNING, "another encoding of text, file names or standard streams"),
    "not-generated": Rule(Severity.WARNING, "production names a locale that does not exist there"),
    "unavailable": Rule(Severity.WARNING, "a locale exists locally and not in production"),
    "category": Rule(Severity.WARNING, "another locale sorts, or formats numbers, money and dates"),
    "other": Rule(Severity.INFO, "another fact of the locale"),
}

_AVAILABLE = "available."
_EXISTS = "_exists"

_ENCODINGS = {
    "encoding": "open() without an encoding reads and writes text",
    "filesystem_encoding": "names of files are",
    "stdio_encoding": "what is printed is",
}
_CATEGORIES = {
    "lc_collate": "strings sort",
    "lc_numeric": "numbers are written and read",
    "lc_monetary": "sums of money are written",
    "lc_time": "names of days and months are written",
}
"""{category whose locale a program shows once it has called setlocale(): what it then does in another way}."""

FEW = 12
"""Locales beside C that a system has where somebody chose them; one that has all of them has hundreds."""

_LISTED = 8


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key; locales that exist on one side, and that nobody asks for, are told together."""
    told: dict[tuple[object, ...], str] = {}
    # What several keys say at once is told by the first that a person would look for.
    for one in sorted(differences, key=lambda one: _rank(one.key)):
        if one.key.startswith(_AVAILABLE):
            continue
        pair = one.local, one.production
        if one.key in _ENCODINGS:
            yield _encoding(one, told.setdefault(("encoding", *pair), one.key))
        elif one.key.endswith(_EXISTS):
            yield _exists(one, told.setdefault((_EXISTS, _name(one.key, sides)), one.key))
        else:
            yield _category(one, told.setdefault(pair, one.key) if one.key in _CATEGORIES else None, sides)
    yield from _available([one for one in differences if one.key.startswith(_AVAILABLE)], sides)


def _rank(key: str) -> tuple[int, str]:
    order = (*_ENCODINGS, *_CATEGORIES)
    return (order.index(key) if key in order else len(order)), key


def _encoding(one: Difference, first: str) -> Finding:
    if one.kind is not Kind.CHANGED:
        return finding("other", one, Severity.INFO, "only one side tells it")
    if first != one.key:
        return finding("encoding-other", one, Severity.INFO, f"it follows from the same cause as {first}")
    does = _ENCODINGS[one.key]
    if one.local == "utf-8":
        why = f"{does} as {one.production} in production: text that is not in it raises UnicodeError or is garbled"
        return finding("encoding", one, Severity.ERROR, why)
    why = f"{does} as {one.production} in production: what was written in the one is read wrongly in the other"
    return finding("encoding-other", one, Severity.WARNING, why)


def _name(key: str, sides: Sides) -> object:
    return sides.items("locale")[1].get(key.removesuffix(_EXISTS))


def _exists(one: Difference, first: str) -> Finding:
    if one.kind is not Kind.CHANGED or one.production is not False:
        return finding("other", one, Severity.INFO, "production has the locale that its variables name")
    if first != one.key:
        why = f"the same locale as for {first.removesuffix(_EXISTS)}"
        return finding("not-generated", one, Severity.INFO, why)
    why = "production's variables name a locale that does not exist there: setlocale() raises, and C holds without it"
    return finding("not-generated", one, Severity.WARNING, why)


_PLAIN = frozenset({"C", "POSIX", "C.UTF-8", "C.utf8"})
"""Locales that sort by code points and write numbers and dates alike."""


def _told(sides: Sides) -> tuple[str, ...]:
    asks = asks_for_locale(sides)
    return (asks,) if asks else ()


def _category(one: Difference, first: str | None, sides: Sides) -> Finding:
    if one.kind is not Kind.CHANGED or first is None:
        return finding("other", one, Severity.INFO, "another locale, whose encoding is told by itself")
    if first != one.key:
        return finding("category", one, Severity.INFO, f"the same two locales as for {first}")
    if {one.local, one.production} <= _PLAIN:
        return finding("category", one, Severity.INFO, "both sort by code points, and write numbers and dates alike")
    if asks_for_locale(sides) == "":
        why = (
            "another locale, which changes nothing until a program calls setlocale(): the source does not import locale"
        )
        return finding("category", one, Severity.INFO, why)
    why = f"{_CATEGORIES[one.key]} by the rules of {one.production} once the program calls setlocale()"
    return finding("category", one, Severity.WARNING, why, evidence=_told(sides))


def _available(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    local, _ = sides.items("locale")
    asked = {item for key, item in local.items() if key.startswith("lc_") and isinstance(item, str)}
    few = sum(key.startswith(_AVAILABLE) for key in local) <= FEW
    rest: dict[Kind, list[Difference]] = {}
    for one in differences:
        name = one.key.removeprefix(_AVAILABLE)
        if one.kind is Kind.MISSING and (few or name in asked) and asks_for_locale(sides) != "":
            why = f"production does not have it: setlocale() to {name} raises locale.Error there"
            told = (*(("local runs under it",) if name in asked else ()), *_told(sides))
            yield finding("unavailable", one, Severity.WARNING, why, evidence=told)
        else:
            rest.setdefault(one.kind, []).append(one)
    for kind, group in rest.items():
        yield _together(kind, group)


def _together(kind: Kind, group: Sequence[Difference]) -> Finding:
    names = [one.key.removeprefix(_AVAILABLE) for one in group]
    where = "local" if kind is Kind.MISSING else "production"
    rule = "unavailable" if kind is Kind.MISSING else "other"
    if len(names) == 1:
        return finding(rule, group[0], Severity.INFO, f"only {where} has it")
    why = f"only {where} has it, and {len(names) - 1} more locales that nothing asks for"
    return finding(rule, group[0], Severity.INFO, why, evidence=_listed(names[1:]))


def _listed(names: Iterable[str]) -> tuple[str, ...]:
    found = tuple(names)
    rest = len(found) - _LISTED
    return (*found[:_LISTED], f"and {rest} more") if rest > 0 else found
