"""Another distribution stands in the place of the one that local imports: two provide the same import name."""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence
from parity.explain.places import provides

TITLE = "Another distribution of the same import name"
CATEGORY = "environment"
NEEDS = ("packages",)


def weigh(case: Case) -> Iterator[Candidate]:
    """Distributions that only one side has, whose import names the failing path touches."""
    facts = case.of("missing_name", "missing_attribute", "missing_module", "unexpected_argument")
    modules = {place.module.partition(".")[0] for place in case.path if place.module}
    modules |= {fact.value.partition(".")[0] for fact in facts}
    modules |= {name.partition(".")[0] for _, source in case.own for name, _ in source.imports()}
    local, production = case.items("packages")
    for missing in case.differences("packages"):
        if missing.kind is not Kind.MISSING:
            continue
        for module in modules.intersection(provides(missing.key, missing.local)):
            others = [name for name in case.providers.all(module) if name in production and name not in local]
            for name in others:
                said = tuple(in_log(fact) for fact in facts[:1])
                words = f"{module} is {missing.key} locally, and {name} in production"
                for key, likelihood in ((missing.key, 0.95), (name, 0.9)):
                    difference = case.difference("packages", key)
                    if difference is not None:
                        yield candidate(
                            __name__, difference, likelihood if facts else likelihood * 0.6,
                            (*said, Evidence("difference", words, f"packages.{key}")),
                            f"{module} has the name in production's {name} too",
                            f"install {missing.key} in production, and remove {name}",
                        )  # fmt: skip
