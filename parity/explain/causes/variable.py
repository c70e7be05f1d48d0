"""A variable that production lacks, has empty, or has with another value, and that the program reads on its way.

By name where the log names it. Else by what the source says: what the failing line is made of, what the function that
fails reads, a default that the log complains of, or the setting that a framework finds empty. A variable that only
production has counts where the source reads it: it switches something on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import at, candidate
from parity.explain.model import Candidate, Evidence, Fact
from parity.explain.sources import enclosing
from parity.profile.item import field

TITLE = "A variable that the program reads"
CATEGORY = "variable"
NEEDS = ("environment",)

_READERS = re.compile(r"(?:^|[._])(?:get_?env|environ\.(?:get|setdefault|pop)|config|env(?:\.\w+)?)\Z")
_UNREADABLE = "production's process has the variable, not empty, when it fails"
_UNPARSED = re.compile(
    r"invalid literal for int|could not convert string to float|not a valid (?:boolean|integer|float|url|port|email)"
    r"|should be a valid|unable to parse|invalid truth value|could not parse|invalid (?:url|port|host|dsn|uri|scheme)"
    r"|no (?:scheme|host) supplied|missing (?:schema|scheme|host)|jsondecodeerror|expecting value|unknown url type"
    r"|not a boolean"
)
"""A value that is not of the form that is asked for."""
_ABSENT = re.compile(r"nonetype|\bnone\b|''|\"\"|not set|missing|required|empty|undefined|not configured|improperly")
_GENERAL = frozenset(
    {"connection", "data", "default", "enable", "enabled", "error", "file", "host", "list", "mode", "name", "path"}
    | {"port", "python", "read", "service", "time", "timeout", "type", "user", "value", "version"}
)
"""Words of so many names that they tell nothing."""
_TOGETHER, _TOGETHER_BESIDE = 0.85, 0.6
_FIELD = re.compile(
    r"^(?P<name>[a-z_][\w.]{0,100})\n\s{1,8}"
    r"(?P<said>field required|none is not|input should|value is not|value error|invalid)",
    re.MULTILINE,
)
"""What pydantic prints of one field."""


def weigh(case: Case) -> Iterator[Candidate]:
    """Variables by name, by the setting that they fill, by their default, and by where they are read."""
    for fact in case.of("variable"):
        difference = _lacking(case, fact.value)
        if difference is not None:
            likelihood = 0.98 if difference.kind is Kind.MISSING or _emptied(difference) else 0.75
            yield _candidate(case, difference, likelihood, (in_log(fact),))
    yield from _unparsed(case)
    for fact in case.of("setting"):
        yield from _setting(case, fact)
    yield from _field(case)
    yield from _default(case)
    yield from _read(case)
    yield from _put_together(case)
    yield from _spoken_of(case)


def _lacking(case: Case, name: str) -> Difference | None:
    difference = case.difference("environment", name)
    if difference is None:
        # Settings classes read names whatever their case.
        found = [one for one in case.differences("environment") if one.key.upper() == name.upper()]
        difference = found[0] if found else None
    return difference if difference is not None and difference.kind is not Kind.EXTRA else None


def _unparsed(case: Case) -> Iterator[Candidate]:
    """A variable that the failing line itself reads, and whose value there is not of the form that it asks for."""
    if not _UNPARSED.search(case.text):
        return
    for fact in case.of("variable"):
        difference = case.difference("environment", fact.value)
        if difference is not None and difference.kind is not Kind.MISSING and fact.words != _message(case):
            shaped = difference.kind is Kind.EXTRA or any(one.name == "shape" for one in difference.fields)
            yield _candidate(case, difference, 0.93 if shaped else 0.8, (in_log(fact),))


def _message(case: Case) -> str:
    return case.failure.message if case.failure else ""


def _emptied(difference: Difference) -> bool:
    return field(difference.production, "state") == "empty"


def _setting(case: Case, fact: Fact) -> Iterator[Candidate]:
    """A framework names its setting; the variable that fills it has that name, or ends in it, more often than not."""
    for difference in case.differences("environment"):
        name, wanted = difference.key.upper(), fact.value.upper().replace(".", "__")
        if difference.kind is Kind.EXTRA or not (name == wanted or name.endswith("_" + wanted)):
            continue
        likelihood = 0.96 if difference.kind is Kind.MISSING or _emptied(difference) else 0.6
        yield _candidate(
            case, difference, likelihood if _read_at(case, difference.key) else likelihood * 0.9, (in_log(fact),)
        )


def _field(case: Case) -> Iterator[Candidate]:
    """A model names its field, and a variable that differs is called like it, with or without a prefix."""
    for found in _FIELD.finditer(case.text):
        wanted = found["name"].upper().replace(".", "__")
        for difference in case.differences("environment"):
            name = difference.key.upper()
            if name == wanted or name.endswith(f"_{wanted}"):
                lacks = difference.kind is Kind.MISSING or _emptied(difference)
                likelihood = 0.95 if lacks else 0.9 if difference.kind is Kind.CHANGED else 0.5
                words = f"the field {found['name']} is not filled as it must be: {found['said']}"
                yield _candidate(case, difference, likelihood, (Evidence("log", words, at(case)),))


def _default(case: Case) -> Iterator[Candidate]:
    """The log complains of a value that stands in the source as a variable's default."""
    facts = case.of(
        "host", "port", "path", "relation", "executable", "zone", "codec", "locale", "missing_module", "user"
    )
    for source in case.sources.values():
        for call in source.calls():
            if not call.literals or not _READERS.search(call.name):
                continue
            difference = _lacking(case, call.literals[0])
            if difference is None or difference.kind is not Kind.MISSING:
                continue
            for fact in facts:
                if any(_means(default, fact.value) for default in call.literals[1:]):
                    words = f"without it {call.literals[1]!r} is used at {call.file}:{call.line}"
                    evidence = (in_log(fact), Evidence("source", words, f"{call.file}:{call.line}"))
                    yield _candidate(case, difference, 0.92, evidence)


def _means(default: str, value: str) -> bool:
    loopback = {"localhost", "127.0.0.1", "::1"}
    if not default or default in ("0", "1"):
        return False
    if default == value or (default in loopback and value in loopback):
        return True
    host = re.search(r"//(?:[^/@]*@)?([\w.-]+)", default)
    named = host[1] if host else None
    return named is not None and (named == value or (named in loopback and value in loopback))


def _spoken_of(case: Case) -> Iterator[Candidate]:
    """The words of a name that a message has, too: "You must specify a region" and AWS_REGION."""
    message = case.failure.message.lower() if case.failure else ""
    words = frozenset(re.findall(r"[a-z]{4,}", message))
    for difference in case.differences("environment"):
        own = {word for word in difference.key.lower().split("_") if word not in _GENERAL}
        common = own & words
        if common and (difference.kind is Kind.MISSING or _emptied(difference)):
            said = Evidence("log", f"it speaks of {', '.join(sorted(common))}", at(case))
            yield _candidate(case, difference, 0.5 if len(common) > 1 else 0.3, (said,))


def _read(case: Case) -> Iterator[Candidate]:
    """Variables that the failing line is made of, that the functions on the path read, and that their files read."""
    near = {call.literals[0] for call in case.calls if call.literals and _READERS.search(call.name)}
    lines = {(source.file, line) for frame, source in case.own for line in _lines(case, source.file, frame.function)}
    files = {source.file for _, source in case.own}
    beside = _imported(case)
    for difference in case.differences("environment"):
        name, places = difference.key, _read_at(case, difference.key)
        split = [place.rpartition(":") for place in places]
        if name in case.strings:
            near_by, words = 1.15, "what the failing line is made of is read from it"
        elif name in near or any((file, line) in lines for file, _, line in split):
            near_by, words = 1.0, "a function on the failing path reads it"
        elif any(file in files for file, _, _ in split) or any(name in case.sources[file].strings() for file in files):
            near_by, words = 0.6, "a file on the failing path reads it"
        elif any(file in beside for file, _, _ in split) or any(
            name in case.sources[file].strings() for file in beside
        ):
            near_by, words = 0.4, "a file that one on the failing path imports reads it"
        else:
            continue
        at = places[0] if places else ""
        yield _candidate(case, difference, _weight(case, difference) * near_by, (Evidence("source", words, at),))


def _put_together(case: Case) -> Iterator[Candidate]:
    """The one that is lacking of those whose names are put together on the failing path, or beside it."""
    files = {source.file for _, source in case.own}
    beside = _imported(case) if case.own else frozenset()
    for pattern, place in case.sides.use.computed.items() if case.sides.use is not None else ():
        file = place.rpartition(":")[0]
        near_by = _TOGETHER if file in files else _TOGETHER_BESIDE if file in beside else 0.0
        local, production = (
            [name for name in side if fnmatchcase(name, pattern)] for side in case.items("environment")
        )
        lacking = [one for name in local if (one := _lacking(case, name)) is not None and _is_lacking(one)]
        # Of none and of all it says nothing: they are another feature's, or the pattern is everything's.
        if near_by and len(lacking) == 1 and len(local) > 1 and set(local) & set(production):
            words = f"a name like it is put together at {place}, and of {len(local)} such only this one is lacking"
            weight = 1.0 if _ABSENT.search(case.text) else 0.85
            yield _candidate(case, lacking[0], near_by * weight, (Evidence("source", words, place),))


def _is_lacking(difference: Difference) -> bool:
    return difference.kind is Kind.MISSING or _emptied(difference)


def _weight(case: Case, difference: Difference) -> float:
    if difference.kind is Kind.EXTRA:
        # A value that is of no form that is asked for, where local goes by a default.
        return 0.7 if _UNPARSED.search(case.text) else 0.4
    if difference.kind is Kind.MISSING or _emptied(difference):
        use = case.sides.use
        if _ABSENT.search(case.text):
            return 0.78
        return 0.75 if use is not None and use.required(difference.key) else 0.55
    names = {one.name for one in difference.fields}
    if _UNPARSED.search(case.text) and names & {"shape", "around"}:
        return 0.8
    return 0.45 if names & {"shape", "around"} or _UNPARSED.search(case.text) else 0.4


def _lines(case: Case, file: str, function: str) -> Iterator[str]:
    source = case.sources[file]
    node = enclosing(source.tree, function, None) if function not in ("", "<module>") else None
    if node is not None:
        yield from (str(line) for line in range(node.lineno, (node.end_lineno or node.lineno) + 1))  # type: ignore[attr-defined]


def _imported(case: Case) -> frozenset[str]:
    """The program's own files that those on the failing path import."""
    modules = {name for _, source in case.own for name in source.aliases.values()}
    names = {name for module in modules for name in (module, module.rpartition(".")[0]) if name}
    paths = {name.replace(".", "/") for name in names}
    stems = {file: file.removesuffix(".py").removesuffix("/__init__") for file in case.sources}
    return frozenset(
        file for file, stem in stems.items() if any(stem == path or stem.endswith("/" + path) for path in paths)
    )


def _read_at(case: Case, name: str) -> tuple[str, ...]:
    return case.sides.use.read_at(name) if case.sides.use is not None else ()


def _candidate(case: Case, difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    places = _read_at(case, difference.key)
    read = (Evidence("source", f"read at {places[0]}", places[0]),) if places else ()
    known = {one.at for one in evidence}
    extra = difference.kind is Kind.EXTRA
    return candidate(
        __name__,
        difference,
        min(likelihood, 0.98),
        (*evidence, *(one for one in read if one.at not in known)),
        "the program fails the same way without the variable" if extra else _UNREADABLE,
        f"unset {difference.key} in production" if extra else f"set {difference.key} in production",
    )
