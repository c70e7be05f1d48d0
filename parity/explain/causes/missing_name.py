"""A name that another version of a distribution lacks: an import, an attribute, an argument.

The distribution that the name belongs to is the one to look at, be it deep below the frame that fails: `cannot import
name 'url_quote' from 'werkzeug.urls'` is about werkzeug, whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, sides, version
from parity.explain.model import Candidate, Evidence, Fact

TITLE = "A name that this version does not have"
CATEGORY = "environment"
NEEDS = ("packages",)

_MODULE, _CALLED, _CALLER = 0.93, 0.85, 0.55


def weigh(case: Case) -> Iterator[Candidate]:
    """The distributions of the module that lacks the name, and of those that call it otherwise than it allows."""
    for fact in case.of("missing_name", "missing_attribute"):
        module = fact.value.rpartition(".")[0] or fact.value
        for name in case.providers.all(module) or case.local_providers.all(module):
            yield from _changed(case, fact, name, _MODULE, f"{module} belongs to {name}")
    for fact in case.of("missing_attribute", "unexpected_argument"):
        yield from _along_the_path(case, fact)


def _along_the_path(case: Case, fact: Fact) -> Iterator[Candidate]:
    """Who is called stands innermost, or is what the failing line speaks of; who calls it wrongly is around it."""
    for depth, name in enumerate(case.on_path[:4]):
        weight = (_CALLED, _CALLER, 0.35, 0.25)[depth]
        yield from _changed(case, fact, name, weight, f"{name} is on the failing path")


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
    yield candidate(
        __name__,
        difference,
        likelihood,
        (in_log(fact), Evidence("production", words, f"packages.{name}")),
        f"{name} {version(difference.production)} has {fact.value}",
        f"pin {name} to {version(difference.local)}, the version that works: {sides(difference)}",
    )
