"""A package that a library asks for in words of its own, and production lacks: an optional extra, a driver, a backend.

Libraries that do without a package until they need it say so in a sentence ("install 'x' to …") and not by a module
that cannot be imported, so no import error names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, version
from parity.explain.model import Candidate, Evidence, Fact
from parity.explain.places import provides
from parity.policy.requirements import allows, split

TITLE = "A library asks for a package"
CATEGORY = "environment"
NEEDS = ("packages",)

_LEAST = 4
_GENERAL = frozenset(
    {
        "backend",
        "backends",
        "base",
        "cache",
        "caches",
        "client",
        "core",
        "default",
        "django",
        "driver",
        "drivers",
        "engine",
    }
    | {
        "extension",
        "extensions",
        "handler",
        "handlers",
        "json",
        "loader",
        "main",
        "plugin",
        "plugins",
        "python",
        "storage",
    }
)
"""Words of so many plug-ins that they tell nothing of who brings one."""
_SEPARATORS = re.compile(r"[-_.]+")


def weigh(case: Case) -> Iterator[Candidate]:
    """The packages that the log names as wanted, and production lacks or has otherwise."""
    yield from _plugins(case)
    for fact in case.of("requirement", "distribution"):
        name, extras = _name(fact.value)
        for wanted in (name, *_behind(case, name, extras)):
            difference = case.difference("packages", wanted)
            if difference is None or difference.kind is Kind.EXTRA:
                continue
            likelihood = 0.95 if difference.kind is Kind.MISSING else 0.93 if _refused(fact, difference) else 0.5
            if wanted != name:
                likelihood *= 0.8
            yield candidate(
                __name__,
                difference,
                likelihood,
                (in_log(fact), *_asked(case, wanted)),
                f"{wanted} is installed for production's interpreter, and the sentence is still printed",
                f"declare {wanted} (or the extra that brings it) and install {version(difference.local)}",
            )


def _plugins(case: Case) -> Iterator[Candidate]:
    """An entry point, "group:name", is called after the distribution that brings it, more often than not."""
    for fact in case.of("missing_name"):
        words = _plain(fact.value.partition(":")[2])
        for difference in case.differences("packages") if words else ():
            named = max((_called(difference, word) for word in words), default=0.0)
            if named and difference.kind is not Kind.EXTRA:
                yield candidate(
                    __name__,
                    difference,
                    named * (1.0 if difference.kind is Kind.MISSING else 0.6),
                    (in_log(fact),),
                    f"{difference.key} is installed for production's interpreter, and the plug-in is not found",
                    f"declare {difference.key} and install {version(difference.local)}",
                )


def _plain(name: str) -> tuple[str, ...]:
    """The words of a plug-in's name that tell something: django_redis.cache.RedisCache is of django-redis, or redis."""
    parts = [part.lower() for part in re.split(r"[.:/]", name)]
    return tuple(dict.fromkeys(part for part in parts if len(part) >= _LEAST and part not in _GENERAL))


def _called(difference: Difference, word: str) -> float:
    """How much a distribution is called like a word: by its whole name, by a part of it, by letters of it."""
    key, bare = difference.key.lower(), _SEPARATORS.sub("-", word)
    own = {key, *(name.lower() for name in provides(difference.key, difference.local))}
    if bare in own or word in own:
        return 0.95
    if bare in key.split("-") or f"-{bare}-" in f"-{key}-":
        return 0.93
    return 0.85 if bare in key or (len(key) > _LEAST and key in bare) else 0.0


def _refused(fact: Fact, difference: Difference) -> bool:
    """Whether the log asks for versions of which local's is one, and production's is none."""
    specifiers = split(fact.value)[1]
    return allows(specifiers, version(difference.local)) and not allows(specifiers, version(difference.production))


def _name(value: str) -> tuple[str, tuple[str, ...]]:
    rest = value.partition("[")[2]
    extras = tuple(one.strip() for one in rest.partition("]")[0].split(",") if one.strip())
    return _SEPARATORS.sub("-", split(value)[0]).lower(), extras


def _behind(case: Case, name: str, extras: tuple[str, ...]) -> Iterator[str]:
    """What local's own package asks for behind an extra that the sentence names."""
    if not extras:
        return
    item = case.items("packages")[0].get(name)
    if item is None or isinstance(item, str | int | float | bool):
        return
    requires = item.get("requires")
    for text in requires if isinstance(requires, tuple) else ():
        yield split(text)[0]


def _asked(case: Case, name: str) -> tuple[Evidence, ...]:
    use = case.sides.use
    places = use.declared_at("packages", name) if use is not None else ()
    return (Evidence("source", f"declared at {places[0]}", places[0]),) if places else ()
