"""A file of the program that production has otherwise, or not at all: it was not deployed, or is called otherwise.

A file system that tells letter case apart finds `invoice.html` and not `Invoice.html`, where another finds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence
from parity.explain.undeployed import asked_for

TITLE = "A file that was not deployed"
CATEGORY = "code"
NEEDS = ("source",)

_NAMED, _SAME_END, _ON_PATH, _ONLY_THERE, _OPENED = 0.95, 0.85, 0.55, 0.88, 0.6
_CALLED, _IMPORTED, _QUOTED = 0.93, 0.5, 0.85
_SCRIPT = re.compile(
    r"\^m\b|\\r|bad interpreter|exec format error|no such file or directory|permission denied|: not found"
)
"""What a shell or the kernel says of a script that it does not run."""


def weigh(case: Case) -> Iterator[Candidate]:
    """The files that the log asks for, then those on the failing path that are not the same."""
    for fact in case.of("template", "path"):
        for difference in case.differences("source"):
            weight = _asked_for(difference.key, fact.value)
            if weight:
                yield _candidate(difference, weight, (in_log(fact),))
    for one in case.unseen("source"):
        facts = [fact for fact in case.of("template", "path") if _asked_for(one.key, fact.value)]
        if facts:
            yield _candidate(one, _NAMED, (in_log(facts[0]),))
    for named in case.once(asked_for):
        words = f"it asks for {named.word!r}, which is what this file is called"
        yield _candidate(named.difference, named.likelihood, (Evidence("log", words, f"line {named.at}"),))
    yield from _behind(case)
    files = {source.file for _, source in case.own} | {place.file.strip("/") for place in case.path if place.file}
    opened = _opened(case)
    for difference in case.differences("source"):
        on_path = any(_ends(path, difference.key) for path in files)
        if on_path and difference.kind is Kind.CHANGED:
            quoted = _quoted(case, difference.key)
            words = quoted or f"{difference.key} is on the failing path, and is not the same file"
            weight = _QUOTED if quoted else _ON_PATH
            yield _candidate(difference, weight, (*said(case), Evidence("source", words, difference.key)))
        elif on_path and difference.kind is Kind.EXTRA:
            words = f"{difference.key} is on the failing path, and local has no such file"
            yield _candidate(difference, _ONLY_THERE, (Evidence("production", words, difference.key),))
        elif difference.kind is not Kind.EXTRA and difference.key.rpartition("/")[2] in opened:
            words = "what fails opens a file of this name"
            yield _candidate(difference, _OPENED, (Evidence("source", words, difference.key),))
    yield from _scripts(case)


def _behind(case: Case) -> Iterator[Candidate]:
    """The files that what the failing lines name is imported from: one of another release has other functions."""
    facts = case.of("unexpected_argument", "missing_argument", "missing_attribute", "missing_name")
    wanted = {part: module for module in reversed(case.named_modules) for part in _paths(module)}
    for difference in case.differences("source") if wanted else ():
        stem = difference.key.removesuffix(".py").removesuffix("/__init__")
        module = next((wanted[one] for one in _ends_of(stem) if one in wanted), None)
        if module is not None and difference.key.endswith(".py") and not case.providers.all(module):
            words = f"what the failing line names comes from {difference.key}"
            weight = _CALLED if facts and difference.kind is Kind.CHANGED else _IMPORTED
            told = (in_log(facts[0]),) if facts else said(case)
            yield _candidate(difference, weight, (*told, Evidence("source", words, difference.key)))


def _paths(module: str) -> tuple[str, str]:
    """The files that a dotted name may be of, without their ending: shop.tariff.price is shop/tariff.py's, too."""
    return module.replace(".", "/"), module.rpartition(".")[0].replace(".", "/")


def _ends_of(stem: str) -> Iterator[str]:
    parts = stem.split("/")
    return ("/".join(parts[start:]) for start in range(len(parts)))


def _quoted(case: Case, key: str) -> str:
    """What the log quotes of a file, where the repository has another line at that place; "" where they agree."""
    for frame, source in case.own:
        if _ends(source.file, key) or _ends(key, source.file):
            have = source.line(frame.line or 0)
            # A statement over several lines is quoted by its first, or joined.
            if frame.code and have and frame.code.split()[0] != have.split()[0] and have not in frame.code:
                return f"line {frame.line} of {source.file} is another one in the repository than the log quotes"
    return ""


def _opened(case: Case) -> frozenset[str]:
    """The names of files that the failing line is made of, and that the functions around it have in their words."""
    texts = set(case.strings)
    for frame, source in case.own:
        texts |= source.strings(None if frame.function in ("", "<module>") else frame.function, frame.line)
    return frozenset(text.rpartition("/")[2] for text in texts if "." in text and "\n" not in text)


def _scripts(case: Case) -> Iterator[Candidate]:
    """A script whose lines end in another way, or that may not be executed: neither runs."""
    found = _SCRIPT.search(case.text)
    for difference in case.differences("source") if found else ():
        finding = case.finding("source", difference.key)
        if finding is None or finding.id not in ("source.line-ends", "source.not-executable"):
            continue
        named = difference.key.rpartition("/")[2].lower() in case.text
        fits = ("denied" in case.text) is (finding.id == "source.not-executable")
        if fits:
            yield _candidate(difference, 0.95 if named else 0.6, said(case, found[0] if found else None))


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


def _candidate(difference: Difference, likelihood: float, evidence: tuple[Evidence, ...]) -> Candidate:
    return candidate(
        __name__,
        difference,
        likelihood,
        evidence,
        f"production has {difference.key} as the repository has it",
        "deploy the files of this commit whole, and remove those that it no longer has",
    )
