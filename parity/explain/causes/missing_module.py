"""A module that production cannot import, and local can: its distribution is missing, or another version of it.

Which distribution provides an import name is what local's packages say of themselves, so a name that differs from its
distribution's (yaml, cv2, jwt) is found without a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import built_for, candidate, sides, version, wheel
from parity.explain.causes.interpreter import other_interpreter
from parity.explain.model import Candidate, Evidence, Fact

TITLE = "A module cannot be imported"
CATEGORY = "environment"
NEEDS = ("packages",)

_BY_HOOK = {"distutils": "setuptools", "pythoncom": "pywin32", "win32api": "pywin32", "win32con": "pywin32"}
"""{module: the distribution that makes it importable by a hook or a .pth file, and does not list it as its own}.
Source: https://setuptools.pypa.io/en/latest/deprecated/distutils-legacy.html, https://pypi.org/project/pywin32"""


def weigh(case: Case) -> Iterator[Candidate]:
    """The distributions that local has the module from."""
    for fact in case.of("missing_module"):
        yield from _hooked(case, fact)
        for rank, name in enumerate(case.local_providers.all(fact.value)):
            difference = case.difference("packages", name)
            yield from _compiled(case, fact, name)
            if difference is not None:
                yield from _weigh(case, fact, difference, rank)


def _weigh(case: Case, fact: Fact, difference: Difference, rank: int) -> Iterator[Candidate]:
    name, module = difference.key, fact.value
    whole = module.partition(".")[0]
    if difference.kind is Kind.MISSING:
        # Of several that provide a namespace, the one whose own name is in the module's is the one that is meant.
        meant = rank == 0 or name.replace("-", "_") in module.lower().replace(".", "_")
        likelihood = (0.97 if meant else 0.6) * (0.5 if other_interpreter(case) else 1.0)
        evidence = (
            in_log(fact),
            Evidence("local", f"{name} {version(difference.local)} provides {whole}", f"packages.{name}"),
        )
        yield candidate(
            __name__,
            difference,
            _first_of_chain(case, fact, likelihood),
            (*evidence, *_imported(case, name)),
            f"`python -c 'import {whole}'` works with production's interpreter",
            f"declare {name} among the program's own requirements, and install {version(difference.local)} there",
        )
    elif difference.kind is Kind.CHANGED and difference.fields:
        words = f"{name} provides {module} in the version that local has"
        yield candidate(
            __name__,
            difference,
            _first_of_chain(case, fact, 0.93),
            (in_log(fact), Evidence("local", words, f"packages.{name}")),
            f"{module} is part of {name} {version(difference.production)} too",
            f"pin {name} to {version(difference.local)}, or change what imports {module}: {sides(difference)}",
        )


def _hooked(case: Case, fact: Fact) -> Iterator[Candidate]:
    """A module of no distribution's own, which one that only local has brings back."""
    name = _BY_HOOK.get(fact.value.partition(".")[0])
    difference = case.difference("packages", name) if name else None
    if difference is not None and difference.kind is Kind.MISSING:
        module = fact.value.partition(".")[0]
        words = f"{difference.key} {version(difference.local)} makes {module} importable, whatever Python has of it"
        yield candidate(
            __name__,
            difference,
            0.5 if other_interpreter(case) else 0.95,
            (in_log(fact), Evidence("local", words, f"packages.{difference.key}")),
            f"`python -c 'import {module}'` works with production's interpreter",
            f"declare {difference.key} among the program's own requirements, or do without {module}",
        )


def _compiled(case: Case, fact: Fact, name: str) -> Iterator[Candidate]:
    """Production has a wheel that does not load there: of its modules, one that is compiled is not found."""
    wanted = case.refused(name)
    if wanted is not None:
        yield candidate(
            __name__,
            wheel(case, name),
            0.94,
            (in_log(fact), built_for(name, wanted)),
            f"{fact.value} is imported by production's interpreter",
            f"install {name} in production from a wheel for its interpreter, C library and machine",
        )


def _first_of_chain(case: Case, fact: Fact, likelihood: float) -> float:
    """An import that fails while another is tried instead of it is caught more often than not: the last one tells."""
    if fact.link is None:
        return likelihood * 0.85
    last = len(case.failure.chain) - 1 if case.failure else 0
    raised = case.failure.chain[fact.link] if case.failure else None
    handled = raised is not None and raised.how == "context" and fact.link < last
    return likelihood * (0.8 if handled else 1.0)


def _imported(case: Case, name: str) -> tuple[Evidence, ...]:
    use = case.sides.use
    places = use.imported_at(name) if use is not None else ()
    return (Evidence("source", f"imported at {places[0]}", places[0]),) if places else ()
