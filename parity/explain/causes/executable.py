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

_MISSING = re.compile(
    r"command not found|no such file or directory|executable|not installed or not on|is not installed"
    r"|not in (?:your )?path"
    r"|could not find|cannot find|unable to find|no .{0,30} runtime|runtimeunavailable|: not found"
)


def weigh(case: Case) -> Iterator[Candidate]:
    """The programs that the log names, then those that a library on the failing path is known to call."""
    named = {fact.value.rpartition("/")[2]: fact for fact in case.of("executable")}
    for name, fact in named.items():
        yield from _program(case, name, 0.96, (in_log(fact),))
    if not _MISSING.search(case.text):
        return
    for caller in program_callers.callers():
        for distribution in set(caller.distributions).intersection(case.on_path):
            for name in caller.programs:
                words = f"{distribution}, on the failing path, starts it"
                yield from _program(case, name, 0.9, (Evidence("knowledge", words, caller.source),))
    for call in case.calls:
        for name in call.literals[:1]:
            if name and name.split()[0] not in named:
                words = f"it is called at {call.file}:{call.line}"
                yield from _program(
                    case, name.split()[0], 0.8, (Evidence("source", words, f"{call.file}:{call.line}"),)
                )


def _program(case: Case, name: str, likelihood: float, evidence: tuple[Evidence, ...]) -> Iterator[Candidate]:
    for section, key, weight in (("executables", name, 1.0), *_packages(case, name)):
        difference = case.difference(section, key)
        if difference is not None and difference.kind is not Kind.EXTRA:
            changed = 1.0 if difference.kind is Kind.MISSING else 0.4
            yield _candidate(difference, likelihood * weight * changed, evidence, name)
    path = case.difference("environment", "PATH")
    if path is not None and case.difference("executables", name):
        yield _candidate(path, 0.4, evidence, name)


def _packages(case: Case, name: str) -> Iterator[tuple[str, str, float]]:
    """System packages that are called like the program, or like it with the js or bin of their release."""
    for key in (name, f"{name}js", f"{name}-core", f"{name}-bin"):
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
