"""A relative path, looked up from another working directory: the file is there, and not where the process stands.

Only what is not found counts; what is refused there is told of by the directory's own rights.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, held
from parity.explain.model import Candidate, Evidence, Fact
from parity.profile.item import field

TITLE = "Another working directory"
CATEGORY = "environment"
NEEDS = ("process",)
ASPECTS = True

_DEPLOYED, _DECLARED, _NOWHERE, _MISSING = 0.95, 0.88, 0.35, 0.3
_ROOT = "keys are relative to "
"""How section source says which directory its keys begin in."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The directory that the process was started in, where a relative path is not found."""
    here, there = (field(side.get("working_directory"), "path") for side in case.items("process"))
    if not isinstance(here, str) or not isinstance(there, str) or here == there or _alike(case, here, there):
        return
    missing = {fact.link for fact in case.of("errno") if fact.value == "ENOENT"}
    relative = [fact for fact in case.of("path") if not fact.value.startswith(("/", "~")) and fact.link in missing]
    relative += [fact for fact in case.of("template") if not fact.value.startswith("/")]
    if not relative:
        return
    likelihood, words = max(_lies(case, fact) for fact in relative)
    fact = next(one for one in relative if _lies(case, one) == (likelihood, words))
    for section, key, weight in (
        ("process", "working_directory", 1.0),
        ("container", "working_directory", 0.95),
        ("environment", "PWD", 0.6),
    ):
        difference = held(case, section, key)
        if difference is not None:
            yield candidate(
                __name__,
                difference,
                likelihood * weight * (1.0 if fact.kind == "path" else 0.7),
                (
                    in_log(fact),
                    Evidence("production", f"the process stands in {there}, and locally in {here}", f"{section}.{key}"),
                    Evidence("source", words, fact.value),
                ),
                f"{fact.value} lies below {there} in production",
                "start the program in the same directory, or make its paths from __file__",
            )


def _alike(case: Case, here: str, there: str) -> bool:
    """Whether both stand at the same place of the program, wherever that lies: ~/shop and /app."""
    places = []
    for profile, directory in ((case.sides.local, here), (case.sides.production, there)):
        section = profile.sections.get("source")
        roots = (note.removeprefix(_ROOT) for note in (section.notes if section else ()) if note.startswith(_ROOT))
        root = next(roots, None)
        places.append(posixpath.relpath(directory, root) if root and root[:1] == directory[:1] else None)
    return places[0] is not None and places[0] == places[1]


def _lies(case: Case, fact: Fact) -> tuple[float, str]:
    """How likely it is the directory, by where the file is known to lie."""
    path = fact.value.removeprefix("./")
    gone = case.difference("source", path)
    if (gone is not None and gone.kind is Kind.MISSING) or any(one.key == path for one in case.unseen("source")):
        return _MISSING, f"{path} is not deployed"
    if path in case.items("source")[1]:
        return _DEPLOYED, f"{path} is deployed, below the directory of the program"
    if case.sides.use is not None and path in case.sides.use.section("source").items:
        return _DECLARED, f"the repository has {path}"
    return _NOWHERE, f"{path} is looked up from where the process stands"
