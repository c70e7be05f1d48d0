"""A program that production lacks, or that its PATH does not lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import candidate
from parity.explain.model import Candidate, Evidence
from parity.policy import program_callers

TITLE = "A program that is not there"
CATEGORY = "environment"
NEEDS = ("executables",)
ASPECTS = True

_LEAST = 3
_MISSING = re.compile(
    r"command not found|no such file or directory|executable|not installed or not on|is not installed|failed to start"
    r"|exited before sending|errno 2\b|exit(?:ed)?(?: with)?(?: code| status)?:? 127\b|filenotfounderror|not callable"
    r"|not in (?:your )?path"
    r"|could not find|cannot find|unable to find|no .{0,30} runtime|runtimeunavailable|: not found"
)


def weigh(case: Case) -> Iterator[Candidate]:
    """The programs that the log names, then those that a library on the failing path is known to call."""
    named = {fact.value.rpartition("/")[2]: fact for fact in case.of("executable")}
    for name, fact in named.items():
        yield from _program(case, name, 0.96, (in_log(fact),))
        yield from _scripts(case, name, (in_log(fact),))
    if not _MISSING.search(case.text):
        return
    for caller in program_callers.callers():
        for distribution in set(caller.distributions).intersection(case.on_path):
            for name in caller.programs:
                words = f"{distribution}, on the failing path, starts it"
                yield from _program(case, name, 0.9, (Evidence("knowledge", words, caller.source),))
    for text in sorted(case.strings | {text for call in case.calls for text in call.literals}):
        name = text.split()[0].rpartition("/")[2] if text.split() else ""
        if name and name not in named:
            words = f"the program's own code on the failing path has {name!r} among its words"
            yield from _program(case, name, 0.8, (Evidence("source", words, f"executables.{name}"),))
    for name in case.on_path[:4]:
        # A wrapper is called like what it wraps: python-ffmpeg, pytesseract, graphviz.
        for difference in case.differences("executables"):
            if len(difference.key) >= _LEAST and difference.key.lower() in name.replace("python-", "").replace(
                "py", "", 1
            ):
                words = f"{name}, on the failing path, is called after it"
                yield from _program(case, difference.key, 0.8, (Evidence("production", words, f"packages.{name}"),))


def _scripts(case: Case, name: str, evidence: tuple[Evidence, ...]) -> Iterator[Candidate]:
    """A distribution that is called like its program: its absence takes the program away, too."""
    for key in (name, name.partition("-")[0]):
        difference = case.difference("packages", key)
        if difference is not None and difference.kind is Kind.MISSING:
            yield _candidate(difference, 0.95 if key == name else 0.7, evidence, name)
            return


def _program(case: Case, name: str, likelihood: float, evidence: tuple[Evidence, ...]) -> Iterator[Candidate]:
    for section, key, weight in (("executables", name, 1.0), *_packages(case, name)):
        difference = case.difference(section, key)
        if difference is not None and difference.kind is not Kind.EXTRA:
            changed = 1.0 if difference.kind is Kind.MISSING else 0.4
            yield _candidate(difference, likelihood * weight * changed, evidence, name)
    path = case.difference("environment", "PATH")
    gone = case.difference("executables", name)
    if path is not None and (gone is not None or (evidence and evidence[0].source == "log")):
        # Where the system's packages are the same, it is there, and PATH does not lead to it.
        packaged = any(True for _ in _packages(case, name)) or case.difference("packages", name) is not None
        yield _candidate(path, 0.4 if packaged else 0.55, evidence, name)


def _packages(case: Case, name: str) -> Iterator[tuple[str, str, float]]:
    """System packages that are called like the program, or like it with the js or bin of their release."""
    for key in (name, f"{name}js", f"{name}-core", f"{name}-bin", f"{name}-utils", f"{name}-ocr", f"{name}-client"):
        if case.difference("system_packages", key):
            yield "system_packages", key, 0.88


def _candidate(difference: Difference, likelihood: float, evidence: tuple[Evidence, ...], name: str) -> Candidate:
    return candidate(
        __name__,
        difference,
        likelihood,
        evidence,
        f"`command -v {name}` finds it with the PATH of production's process",
        f"install {name} in production's image",
    )
