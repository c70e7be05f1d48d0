"""Variables that both sides set, to other values or to values of another shape.

Values themselves are known nowhere: a fingerprint tells that two are not the same, a shape what kind of thing each is.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from parity.diff.model import Difference
from parity.policy.library_names import reader
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.own_names import setter
from parity.policy.words import listed
from parity.profile.item import field

if TYPE_CHECKING:
    from parity.policy.use import Use

RULES = {
    "value": Rule(Severity.WARNING, "a variable has the same name on both sides, and another value"),
    "shape": Rule(Severity.WARNING, "the values of a variable are of different kinds on the two sides"),
}

_PARSED = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "a yes or no",
    "url": "a URL",
    "json": "JSON",
}
"""{shape that a program takes apart: in words}; what is of another shape makes it stop or misread."""
_FITS = frozenset({("number", "integer"), ("boolean", "integer"), ("integer", "boolean")})
"""(local's shape, production's) where a program that takes the one apart takes the other."""
_AROUND = {"quotes": "quotes", "space": "space"}

_OF_A_PLACE = ("HOME", "HOSTNAME", "LOGNAME", "NODE_NAME", "POD_*", "PWD", "USER")
"""What every machine and every instance sets to its own."""
_OF_A_SHELL = frozenset({"PATH"})


def judge(one: Difference, sides: Sides, does: str | None) -> Iterator[Finding]:
    """The finding about a variable that is set on both sides; `does` is its effect without the program asking.

    There is none where every place sets the variable to a value of its own, and the source does not read what it says.
    """
    if _apart_by_nature(one.key, sides):
        return
    differing = {each.name for each in one.fields}
    of_shape = _shape(one, sides, differing) if differing & {"shape", "around"} else None
    if of_shape is not None and (of_shape.severity is not Severity.INFO or "fingerprint" not in differing):
        yield of_shape
    else:
        yield _value(one, sides, does)


def _value(one: Difference, sides: Sides, does: str | None) -> Finding:
    severity, why = _weighed(one.key, sides, does)
    evidence = sides.use.variable(one.key).evidence if sides.use is not None else ()
    found = finding("value", one, severity, why, ("fingerprint",), evidence)
    words = {each.name: (each.local, each.production) for each in one.fields}["fingerprint"]
    return replace(found, local={"value": words[0]}, production={"value": words[1]}, fields=("value",))


def _weighed(name: str, sides: Sides, does: str | None) -> tuple[Severity, str]:
    own = _setter(name, sides)
    if own:
        return Severity.INFO, f"production sets it to another value, as every place does: it is set by {own}"
    if name in _OF_A_SHELL and _shell(sides):
        return Severity.INFO, "production sets it to another value than the shell here, which has its own"
    if does or name in _OF_A_SHELL:
        why = does or "it chooses which programs are run"
        return Severity.WARNING, f"production sets it to another value: {why}"
    if sides.use is not None and sides.use.read_at(name):
        return Severity.WARNING, "production sets it to another value, and the source reads it"
    library = reader(name, sides.items("packages")[1])
    if library is not None:
        return Severity.WARNING, f"production sets it to another value, and {library} reads it there"
    return Severity.INFO, "production sets it to another value"


def _apart_by_nature(name: str, sides: Sides) -> bool:
    """Whether two places that are the same have two values of it all the same."""
    if any(fnmatchcase(name, pattern) for pattern in _OF_A_PLACE):
        return True
    return _setter(name, sides) is not None and not (sides.use is not None and sides.use.read_at(name))


def _setter(name: str, sides: Sides) -> str | None:
    local, production = (frozenset(items) for items in sides.items("environment"))
    return setter(name, local | production)


def _shell(sides: Sides) -> bool:
    return "local" in (sides.local.target.kind, sides.production.target.kind)


def _shape(one: Difference, sides: Sides, differing: Set[str]) -> Finding:
    severity, why = _misread(one)
    evidence: tuple[str, ...] = ()
    if sides.use is not None:
        evidence = sides.use.variable(one.key).evidence
        severity = Severity.INFO if _unread(one.key, sides.use) else severity
    return finding("shape", one, severity, why, tuple(sorted(differing & {"shape", "around"})), evidence)


def _unread(name: str, use: Use) -> bool:
    from parity.policy.use import Degree

    return use.variable(name).degree is Degree.UNUSED


def _misread(one: Difference) -> tuple[Severity, str]:
    around = [_members(field(side, "around")) for side in (one.local, one.production)]
    for side, words in (("production", around[1] - around[0]), ("local", around[0] - around[1])):
        if words:
            shown = listed(sorted(_AROUND.get(word, word) for word in words))
            why = f"only in {side} there stand {shown} around the value, and a program takes them for a part of it"
            return Severity.WARNING, why
    local, production = field(one.local, "shape"), field(one.production, "shape")
    if local in _PARSED and (local, production) not in _FITS:
        kind = _PARSED.get(str(production), f"{production}")
        why = f"it is {_PARSED[str(local)]} locally and {kind} in production: what takes it apart stops, or misreads it"
        return Severity.WARNING, why
    return Severity.INFO, "its value is of another kind in production"


def _members(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, tuple) else frozenset()
