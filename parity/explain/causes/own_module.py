"""A module of the program's own that production does not find: not deployed, shadowed, or not on the path.

What puts the program's own directories on sys.path differs by how it is started: `python script.py` adds the script's
directory, `python -m` the working directory, PYTHONSAFEPATH neither, PYTHONPATH what it names.
Source: https://docs.python.org/3/library/sys_path_init.html
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence, Fact

TITLE = "A module of the program's own is not found"
CATEGORY = "code"
NEEDS = ("source", "environment", "process")
ASPECTS = True

_RELATIVE = "attempted relative import"


def weigh(case: Case) -> Iterator[Candidate]:
    """The missing or shadowing files, and what makes up the path."""
    if _RELATIVE in case.text:
        yield from _started(case)
    for fact in case.of("missing_module"):
        top = fact.value.partition(".")[0]
        if case.local_providers.all(top) or top.lstrip("_") in sys.stdlib_module_names:
            yield from _shadows(case, fact, top)
        else:
            yield from _path(case, fact)
            yield from _files(case, fact, fact.value, 0.96)
    for fact in case.of("missing_name", "missing_attribute"):
        module = fact.value.rpartition(".")[0]
        if case.providers.all(module) or module.partition(".")[0] in sys.stdlib_module_names:
            yield from _shadows(case, fact, module.partition(".")[0])
        elif module:
            yield from _files(case, fact, module, 0.9)


def _shadows(case: Case, fact: Fact, top: str) -> Iterator[Candidate]:
    """A file or directory of production's only that is called like the module, and is found before it."""
    for difference in case.differences("source"):
        parts = difference.key.strip("/").split("/")
        names = {parts[0].removesuffix(".py"), parts[-1].removesuffix(".py")}
        if difference.kind is Kind.EXTRA and top in names and (len(parts) < 3 or parts[-1] == f"{top}.py"):
            yield candidate(
                __name__,
                difference,
                0.94,
                (in_log(fact), Evidence("production", f"it is imported in the place of {top}", difference.key)),
                f"`python -c 'import {top}; print({top}.__file__)'` there prints the file of {top} itself",
                "remove the file: deploy the repository's files whole, and nothing beside them",
            )


def _files(case: Case, fact: Fact, module: str, likelihood: float) -> Iterator[Candidate]:
    wanted = module.replace(".", "/")
    for difference in case.differences("source"):
        weight = _bears(difference, wanted)
        if weight:
            yield candidate(
                __name__,
                difference,
                likelihood * weight,
                (in_log(fact), Evidence("source", f"{module} is what this file is, or stands before", difference.key)),
                "the file in production is the one that the repository has",
                "deploy the repository's files whole, and remove what it no longer has",
            )


def _bears(difference: Difference, wanted: str) -> float:
    """How much a file has to do with a module, 0 to 1: `wanted` is "shop/models" for shop.models."""
    key = difference.key.strip("/")
    stem = key.removesuffix("/__init__.py").removesuffix(".py")
    if stem == wanted or stem.endswith("/" + wanted) or key == wanted:
        return 1.0
    directory, _, name = wanted.rpartition("/")
    cached = f"{directory}/__pycache__/{name}." if directory else f"__pycache__/{name}."
    if key.endswith(".pyc") and (key.startswith(cached) or f"/{cached}" in key):
        return 1.0
    return 0.6 if key.startswith(wanted + "/") or f"/{wanted}/" in key else 0.0


def _path(case: Case, fact: Fact) -> Iterator[Candidate]:
    beside = _deployed(case, fact.value)
    for key, usual in (("PYTHONPATH", 0.9), ("PYTHONHOME", 0.4)):
        difference = case.difference("environment", key)
        if difference is not None and difference.kind is not Kind.EXTRA:
            words = f"{key} puts directories on the path, and no distribution provides {fact.value}"
            yield candidate(
                __name__, difference, usual, (in_log(fact), Evidence("local", words, f"environment.{key}")),
                f"production's {key} names the directory that holds {fact.value}",
                f"set {key} in production as it is set locally, or install the shared code as a package",
            )  # fmt: skip
    for section, key in (
        ("environment", "PYTHONSAFEPATH"),
        ("python", "flags.safe_path"),
        ("python", "flags.isolated"),
    ):
        difference = case.difference(section, key)
        if difference is not None and difference.kind is not Kind.MISSING:
            words = "it keeps the script's own directory off the path"
            yield candidate(
                __name__, difference, 0.95 if beside else 0.8,
                (in_log(fact), Evidence("production", words, f"{section}.{key}")),
                f"{fact.value} is not in the directory of the script that is started",
                "unset PYTHONSAFEPATH in production, or start the program with -m from its directory",
            )  # fmt: skip
    yield from _started(case, fact)


def _started(case: Case, fact: Fact | None = None) -> Iterator[Candidate]:
    for section, keys in (
        ("process", ("command", "working_directory")),
        ("container", ("entrypoint", "command")),
    ):
        for key in keys:
            difference = case.difference(section, key)
            if difference is not None:
                words = "a program that is started as a script is no package, and has another path than with -m"
                yield candidate(
                    __name__, difference, 0.6 if fact is not None else 0.93 if key != "working_directory" else 0.5,
                    (*((in_log(fact),) if fact else _said(case)), Evidence("production", words, f"{section}.{key}")),
                    "production starts the program by the same words as local",
                    "start it the same way on both sides: python -m PACKAGE",
                )  # fmt: skip


def _said(case: Case) -> tuple[Evidence, ...]:
    if case.failure is None:
        return ()
    return (Evidence("log", case.failure.message, f"line {case.failure.last.line}"),)


def _deployed(case: Case, module: str) -> bool:
    """Whether the module's file is there, in production's source or in the repository's."""
    wanted = module.replace(".", "/")
    sections = [case.items("source")[1]]
    if case.sides.use is not None:
        sections.append(case.sides.use.section("source").items)
    return any(key in items for items in sections for key in (f"{wanted}.py", f"{wanted}/__init__.py"))
