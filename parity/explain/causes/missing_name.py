"""A name that another version of a distribution lacks: an import, an attribute, an argument.

The distribution that the name belongs to is the one to look at, be it deep below the frame that fails: `cannot import
name 'url_quote' from 'werkzeug.urls'` is about werkzeug, whoever asks for it. An object tells the name of its type
alone, and there what the failing line is made of tells whose it is; where the caller is a library, what that requires.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, requires, sides, version
from parity.explain.model import Candidate, Evidence, Fact, Frame
from parity.explain.reexports import owner
from parity.explain.sources import Source, dotted

TITLE = "A name that this version does not have"
CATEGORY = "environment"
NEEDS = ("packages",)

_MODULE, _LINE = 0.93, 0.85
_BY_DEPTH = (0.85, 0.55, 0.35, 0.25)
_IMPORTED, _HANDED_ON, _BESIDE = 0.9, 0.75, 0.5
"""Whose the called thing is by the file's imports; what that one requires; another that the line speaks of."""
_CALLED = re.compile(r"(?<![\w.])([A-Za-z_]\w{0,100})(?:\.\w{1,100})?\(\) (?:got|missing|takes)\b")
_DERIVED, _OWN_TYPE = 0.85, 0.15
"""What a class of the program's own derives from; what is left of a package that merely stands on the path of it."""
_CALLED_BY_IT = 0.8
"""What the innermost package of the path requires, where that one itself is the same on both sides."""
_PLAIN = frozenset(
    {"bool", "bytes", "coroutine", "dict", "float", "function", "generator", "int", "list", "NoneType", "method", "set"}
    | {"str", "tuple"}
)
"""Types of the language: a library may return one where it returned another, but oftener it is the data."""
_WEIGHT_OF_PLAIN = {"NoneType": 0.25}
_PICKLED = re.compile(r"can't get attribute '(?P<name>\w{1,100})' on <module '(?P<module>[\w.]{1,200})'")


def weigh(case: Case) -> Iterator[Candidate]:
    """The distributions of the module that lacks the name, and of those that call it otherwise than it allows."""
    for fact in case.of("missing_name", "missing_attribute"):
        module = fact.value.rpartition(".")[0] or fact.value
        for name in case.providers.all(module) or case.local_providers.all(module):
            yield from _changed(case, fact, name, _MODULE, f"{module} belongs to {name}")
    for fact in case.of("missing_attribute", "unexpected_argument", "missing_argument"):
        if not case.providers.all(fact.value.rpartition(".")[0] or "-"):
            bases = _bases(case, fact)
            for name in bases or ():
                words = f"{fact.value.rpartition('.')[0]} is the program's own, and derives from what {name} has"
                yield from _changed(case, fact, name, _DERIVED, words)
            yield from _along_the_path(case, fact, _weight(fact) * (_OWN_TYPE if bases is not None else 1.0))
    for found in _PICKLED.finditer(case.text):
        for name in case.providers.all(found["module"]):
            for fact in case.of("missing_name"):
                if fact.value.lower().endswith(found["name"]):
                    words = f"{found['module']}, of what was stored, belongs to it"
                    yield from _changed(case, fact, name, _MODULE, words)


def _bases(case: Case, fact: Fact) -> tuple[str, ...] | None:
    """Of which distributions the classes are that one of the program's own derives from; None for a class of others."""
    kind = fact.value.rpartition(".")[0].rpartition(".")[2] if fact.kind == "missing_attribute" else ""
    for source in case.sources.values() if kind else ():
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef) and node.name == kind:
                given = (*node.bases, *(one.value for one in node.keywords if one.arg == "metaclass"))
                heads = [dotted(one).partition(".")[0] for one in given]
                held = [case.providers.all(source.aliases[head]) for head in heads if head in source.aliases]
                return tuple(dict.fromkeys(one[0] for one in held if one))
    return None


def _weight(fact: Fact) -> float:
    kind = fact.value.rpartition(".")[0] if fact.kind == "missing_attribute" else ""
    return _WEIGHT_OF_PLAIN.get(kind, 0.55 if kind in _PLAIN else 1.0)


def _along_the_path(case: Case, fact: Fact, weight: float) -> Iterator[Candidate]:
    """Who is called stands innermost, or is what the failing line speaks of; who calls it wrongly is around it."""
    path = case.on_path
    called = _called(case) if fact.kind in ("unexpected_argument", "missing_argument") else None
    if called is not None:
        whose, words = called
        yield from _changed(case, fact, whose, _IMPORTED, words)
        # What it hands on of another changes with that one, and no line tells of it.
        for name in requires(case, whose):
            if _steps(case, name) and not _steps(case, whose):
                yield from _changed(case, fact, name, _HANDED_ON, f"{words}, which requires {name}")
    for depth, name in enumerate(path[: len(_BY_DEPTH)]):
        yield from _changed(case, fact, name, _BY_DEPTH[depth] * weight, f"{name} is on the failing path")
    if path and case.difference("packages", path[0]) is None:
        for name in requires(case, path[0]):
            if name not in path:
                words = f"{path[0]}, the innermost on the failing path, is the same on both sides and requires it"
                yield from _changed(case, fact, name, _CALLED_BY_IT * weight, words)
    for depth, name in enumerate(case.origins[:4]):
        if name not in path and (called is None or name != called[0]):
            words = f"what the failing line names comes from {name}"
            beside = _BESIDE if called is not None else 1.0
            yield from _changed(case, fact, name, _LINE * weight * beside * (1.0, 0.7, 0.5, 0.4)[depth], words)


def _called(case: Case) -> tuple[str, str] | None:
    """(distribution, words) of what the program itself calls and the message names, by how its file imports it."""
    if case.failure is None or not case.path or case.path[0].kind != "own":
        return None
    names = [one for raised in case.failure.chain for one in _CALLED.findall(raised.message)]
    for name in names:
        for frame, source in case.own[:2]:
            imported = _imported(source, frame, name)
            known = owner(imported) if imported else None
            if imported and known is not None:
                return known[0], f"{imported} is {known[0]}'s ({known[1]})"
            held = (case.providers.all(imported) or case.local_providers.all(imported)) if imported else ()
            if held:
                return held[0], f"{name}, which is called, is imported from {held[0]}"
    return None


def _imported(source: Source, frame: Frame, name: str) -> str:
    """What a file imports by a name, dotted, or reaches through what it imports; "" for what it does not."""
    if name in source.aliases:
        return source.aliases[name]
    for call in source.calls(None if frame.function in ("", "<module>") else frame.function, frame.line):
        head, _, rest = call.name.partition(".")
        if head in source.aliases and rest.rpartition(".")[2] == name:
            return f"{source.aliases[head]}.{rest}"
    return ""


def _steps(case: Case, name: str) -> bool:
    """Whether production has another major release of it."""
    difference = case.difference("packages", name)
    change = difference.fields[0].change if difference is not None and difference.fields else None
    return change is not None and change.part == "major"


def _changed(case: Case, fact: Fact, name: str, likelihood: float, words: str) -> Iterator[Candidate]:
    difference = case.difference("packages", name)
    if (
        difference is None
        or difference.kind is Kind.MISSING
        or not (difference.fields or difference.kind is Kind.EXTRA)
    ):
        return
    change = difference.fields[0].change if difference.fields else None
    if change is not None and change.part in ("patch", "other"):
        likelihood *= 0.6
    elif change is not None and change.part == "minor" and not version(difference.local).startswith("0."):
        likelihood *= 0.9
    yield candidate(
        __name__,
        difference,
        likelihood,
        (in_log(fact), Evidence("production", words, f"packages.{name}")),
        f"{name} {version(difference.production)} has {fact.value}",
        f"pin {name} to {version(difference.local)}, the version that works: {sides(difference)}",
    )
