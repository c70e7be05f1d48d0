"""A file of the program that production has otherwise, or not at all: it was not deployed, or is called otherwise.

A file system that tells letter case apart finds `invoice.html` and not `Invoice.html`, where another finds both.
"""

from __future__ import annotations

from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence

TITLE = "A file that was not deployed"
CATEGORY = "code"
NEEDS = ("source",)

_NAMED, _SAME_END, _ON_PATH = 0.95, 0.85, 0.55


def weigh(case: Case) -> Iterator[Candidate]:
    """The files that the log asks for, then those on the failing path that are not the same."""
    for fact in case.of("template", "path"):
        for difference in case.differences("source"):
            weight = _asked_for(difference.key, fact.value)
            if weight:
                yield _candidate(difference, weight, (in_log(fact),))
    files = {source.file for _, source in case.own} | {place.file.strip("/") for place in case.path if place.file}
    for difference in case.differences("source"):
        if difference.kind is Kind.CHANGED and any(_ends(path, difference.key) for path in files):
            words = f"{difference.key} is on the failing path, and is not the same file"
            yield _candidate(difference, _ON_PATH, (Evidence("log", words, _at(case)),))


def _asked_for(key: str, wanted: str) -> float:
    """How likely a file of the manifest is the one that is asked for, whatever the case of its letters."""
    have, want = key.strip("/").casefold(), wanted.strip("/").casefold()
    if not want or want.startswith(("usr/", "etc/", "proc/", "dev/")):
        return 0.0
    if have == want or want.endswith("/" + have) or have.endswith("/" + want):
        return _NAMED if "/" in have or "." in have else _SAME_END
    # A directory above it: everything below it was left out.
    return _SAME_END if have.endswith("/") and have.strip("/") in want.split("/") else 0.0


def _ends(path: str, key: str) -> bool:
    return path == key or path.endswith("/" + key)


def _at(case: Case) -> str:
    return f"line {case.failure.last.line}" if case.failure else ""


def _candidate(difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    return candidate(
        __name__,
        difference,
        likelihood,
        evidence,
        f"production has {difference.key} as the repository has it",
        "deploy the files of this commit whole, and remove those that it no longer has",
    )
