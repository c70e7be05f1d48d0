"""The names of the environment's variables: set, empty, not there. What is known of values: policy/values.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from parity.diff.model import Difference, Kind
from parity.near import near
from parity.policy import values
from parity.policy.followed import followed
from parity.policy.library_names import reader
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.own_names import setter
from parity.profile.item import field

if TYPE_CHECKING:
    from parity.policy.use import Usage, Use

RULES = {
    "missing": Rule(Severity.ERROR, "a variable is set locally and not in production"),
    "maybe-read": Rule(
        Severity.WARNING, "production lacks a variable that only a read whose name is put together could be of"
    ),
    "near-miss": Rule(Severity.ERROR, "the source reads a variable, and production sets one of nearly the same name"),
    "emptied": Rule(Severity.ERROR, "a variable is set locally and empty in production"),
    "filled": Rule(Severity.INFO, "a variable is empty locally and set in production"),
    "extra": Rule(Severity.INFO, "a variable is set in production and not locally"),
    "behaviour": Rule(Severity.WARNING, "production sets a variable that changes how Python or a library behaves"),
    "surroundings": Rule(
        Severity.INFO, "a variable that the shell, the desktop, the CI or the orchestrator sets for itself"
    ),
    **values.RULES,
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
    "GUNICORN_CMD_ARGS": "gunicorn takes it for a part of its command line",
    "UVICORN_*": "uvicorn takes it for an option of its command line",
}
"""{pattern: what a variable does without the program asking for it}."""

_NUANCES = ("LANG", "LANGUAGE", "LC_*", "MALLOC_*", "PYTHON*", "TZ")
"""Without them a program does the same in another way; of Python's, those that say where modules are stay apart."""
_PLACES = ("PYTHONHOME", "PYTHONPATH", "PYTHONUSERBASE")

NEEDED = ("HOME", "PATH", "SSL_CERT_DIR", "SSL_CERT_FILE", "TMPDIR")
"""What Python's standard library reads for every program, its source naming it or not."""


TRUST = (
    "AWS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
    "HTTPLIB2_CA_CERTS",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
)
"""Which authorities OpenSSL and libraries trust in the place of their own: a company's proxy has them set here. As a
root of one's own, of which the section tls tells, they matter to whoever is signed by it, and to nobody else."""

_OF_VALUES = frozenset({"around", "fingerprint", "shape"})


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each variable, but for values that every place has of its own."""
    local, production = (frozenset(items) for items in sides.items("environment"))
    for each in differences:
        if each.fields and all(differing.name != "state" for differing in each.fields):
            yield from (_followed(found, sides) for found in values.judge(each, sides, effect(each.key)))
            continue
        one = _name_alone(each)
        found = _by_name(one, production if one.kind is Kind.EXTRA else local)
        found = found if sides.use is None or one.kind is Kind.EXTRA else _by_use(one, found, sides, sides.use)
        yield _followed(found, sides)


def _followed(found: Finding, sides: Sides) -> Finding:
    """What a fact of another section tells by itself adds no weight, unless the source reads the variable."""
    if found.severity is Severity.INFO or (effect(found.key) is None and found.key not in TRUST):
        return found
    if sides.use is not None and sides.use.read_at(found.key):
        return found
    why = followed(found.key, sides)
    return found if why is None else replace(found, severity=Severity.INFO, why=f"{found.why}; {why}")


def _name_alone(one: Difference) -> Difference:
    """The difference without what is known of its values: that the variable is there or not says it all."""
    items = [
        {name: value for name, value in item.items() if name not in _OF_VALUES} if isinstance(item, Mapping) else item
        for item in (one.local, one.production)
    ]
    fields = tuple(each for each in one.fields if each.name not in _OF_VALUES)
    return replace(one, local=items[0], production=items[1], fields=fields)


def effect(name: str) -> str | None:
    """What a variable does without the program asking for it, in words."""
    return next((words for pattern, words in BEHAVIOUR.items() if fnmatchcase(name, pattern)), None)


def _by_name(one: Difference, beside: frozenset[str]) -> Finding:
    """By what is known of the name alone, and of the names that stand beside it."""
    own = setter(one.key, beside)
    does = effect(one.key)
    if one.kind is Kind.EXTRA and does and not own:
        return finding("behaviour", one, Severity.WARNING, f"only production sets it: {does}")
    if own:
        return finding("surroundings", one, Severity.INFO, f"it is set by {own}")
    if one.kind is Kind.MISSING:
        return _missing(one, does)
    if one.kind is Kind.EXTRA:
        return finding("extra", one, Severity.INFO, "only production sets it")
    if field(one.production, "state") == "empty":
        why = "production sets it to nothing: code that only asks whether it is there goes on without a value"
        return finding("emptied", one, Severity.ERROR, why)
    return finding("filled", one, Severity.INFO, "it is empty locally and has a value in production")


def _missing(one: Difference, does: str | None) -> Finding:
    # A variable that is there and empty says less than one with a value, and is still there to be read.
    if does:
        severity = Severity.WARNING if _nuance(one.key) else Severity.ERROR
        return finding("missing", one, severity, f"production does not set it: {does}")
    if one.key in TRUST:
        why = "production does not set it: an authority that it alone names is not trusted there"
        return finding("missing", one, Severity.WARNING, why)
    if field(one.local, "state") == "empty":
        why = "production does not set it, not even to nothing as local does: os.environ[...] raises KeyError there"
        return finding("missing", one, Severity.ERROR, why)
    why = "production does not set it: code that reads it stops with KeyError or falls back to a default"
    return finding("missing", one, Severity.ERROR, why)


def _nuance(name: str) -> bool:
    return name not in _PLACES and any(fnmatchcase(name, pattern) for pattern in _NUANCES)


def _by_use(one: Difference, found: Finding, sides: Sides, use: Use) -> Finding:
    """By what reads it: the source, a library, Python itself."""
    usage, rule = use.variable(one.key), found.id.partition(".")[2]
    read = bool(use.read_at(one.key))
    if rule == "filled" or (rule == "surroundings" and not use.required(one.key)):
        return found
    if read:
        return _read(one, sides, use, usage)
    packages = sides.items("packages")[1]
    library = reader(one.key, packages)
    if library is not None:
        why = f"production does not set it as local does, and {library} reads it there"
        severity = Severity.WARNING if rule == "missing" and one.key in TRUST else Severity.ERROR
        return finding(rule, one, severity, why, evidence=(f"read by {library}",))
    if effect(one.key) or one.key in NEEDED:
        return found
    return _unread(one, found, usage)


def _read(one: Difference, sides: Sides, use: Use, usage: Usage) -> Finding:
    defaulted = field(use.item("environment", one.key), "default") is True
    meant = mistyped(one.key, sides, use) if one.kind is Kind.MISSING else None
    if meant is not None:
        return finding("near-miss", one, Severity.ERROR, misses(one.key, meant), evidence=usage.evidence)
    if one.kind is Kind.CHANGED:
        why = "production sets it to nothing, and the source reads it: no default stands in for an empty value"
        return finding("emptied", one, Severity.ERROR, why, evidence=usage.evidence)
    if defaulted:
        why = "production does not set it: what the source states as its default holds there"
        return finding("missing", one, Severity.WARNING, why, evidence=usage.evidence)
    if use.required(one.key):
        why = "production does not set it, and the source does not go on without it"
    else:
        why = "production does not set it: the source reads nothing in its place"
    return finding("missing", one, Severity.ERROR, why, evidence=usage.evidence)


def _unread(one: Difference, found: Finding, usage: Usage) -> Finding:
    from parity.policy.use import Degree

    if usage.degree in (Degree.POSSIBLE, Degree.ANYONES):
        # A read of any name at all tells of none.
        severity = Severity.WARNING if usage.degree is Degree.POSSIBLE else Severity.INFO
        return finding("maybe-read", one, severity, f"{_UNREAD}, but {usage.evidence[0]}", evidence=usage.evidence)
    if usage.degree is Degree.NAMED:
        return replace(found, severity=Severity.WARNING, why=_UNREAD, evidence=usage.evidence)
    if usage.degree is Degree.UNUSED:
        return replace(found, severity=Severity.INFO, why=_UNREAD, evidence=usage.evidence)
    return replace(found, evidence=(*found.evidence, *usage.evidence))


_UNREAD = "production does not set it as local does, and nothing is seen to read it"


def mistyped(name: str, sides: Sides, use: Use) -> str | None:
    """The variable that production sets, and nothing reads or declares by itself, where it lacks this one."""
    local, production = sides.items("environment")
    beside = frozenset(production)
    strangers = (
        other
        for other in production
        if other not in local
        and not use.read_at(other)
        and not effect(other)
        and setter(other, beside) is None
        and field(production[other], "state") != "empty"
    )
    return near(name, strangers)


def misses(name: str, meant: str) -> str:
    """The sentence about a name that production has misspelt."""
    return f"production sets {meant}, and the source reads {name}"
