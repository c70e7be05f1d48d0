"""The names of the environment's variables. No value is known here, only set and empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, field, finding
from parity.policy.own_names import setter

RULES = {
    "missing": Rule(Severity.ERROR, "a variable is set locally and not in production"),
    "emptied": Rule(Severity.ERROR, "a variable is set locally and empty in production"),
    "filled": Rule(Severity.INFO, "a variable is empty locally and set in production"),
    "extra": Rule(Severity.INFO, "a variable is set in production and not locally"),
    "behaviour": Rule(Severity.WARNING, "production sets a variable that changes how Python or a library behaves"),
    "surroundings": Rule(
        Severity.INFO, "a variable that the shell, the desktop, the CI or the orchestrator sets for itself"
    ),
}

BEHAVIOUR = {
    "PYTHON*": "Python itself reads it",
    "LC_*": "it chooses the locale, and with it encodings and sorting",
    "LANG": "it chooses the locale, and with it encodings and sorting",
    "LANGUAGE": "it chooses the language of messages",
    "TZ": "it chooses the time zone of every local time",
    "LD_*": "it changes which shared libraries are loaded",
    "MALLOC_*": "it changes how memory is allocated",
    "*_PROXY": "HTTP clients send their requests through the proxy that it names",
    "*_proxy": "HTTP clients send their requests through the proxy that it names",
}
"""{pattern: what a variable does without the program asking for it}."""


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each variable."""
    local, production = (frozenset(items) for items in sides.items("environment"))
    for one in differences:
        own = setter(one.key, production if one.kind is Kind.EXTRA else local)
        effect = next((words for pattern, words in BEHAVIOUR.items() if fnmatchcase(one.key, pattern)), None)
        if one.kind is Kind.EXTRA and effect and not own:
            yield finding("behaviour", one, Severity.WARNING, f"only production sets it: {effect}")
        elif own:
            yield finding("surroundings", one, Severity.INFO, f"it is set by {own}")
        elif one.kind is Kind.MISSING:
            yield _missing(one, effect)
        elif one.kind is Kind.EXTRA:
            yield finding("extra", one, Severity.INFO, "only production sets it")
        elif field(one.production, "state") == "empty":
            why = "production sets it to nothing: code that only asks whether it is there goes on without a value"
            yield finding("emptied", one, Severity.ERROR, why)
        else:
            yield finding("filled", one, Severity.INFO, "it is empty locally and has a value in production")


def _missing(one: Difference, effect: str | None) -> Finding:
    # A variable that is there and empty says less than one with a value, and is still there to be read.
    if effect:
        return finding("missing", one, Severity.ERROR, f"production does not set it: {effect}")
    if field(one.local, "state") == "empty":
        why = "production does not set it, not even to nothing as local does: os.environ[...] raises KeyError there"
        return finding("missing", one, Severity.ERROR, why)
    why = "production does not set it: code that reads it stops with KeyError or falls back to a default"
    return finding("missing", one, Severity.ERROR, why)
