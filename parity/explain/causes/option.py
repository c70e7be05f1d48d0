"""A variable that fills an option: PROGRAM_OPTION, as frameworks of command lines read it without the program asking.

What is printed is the option, `--port`, and its value; the variable is called after the program and the option. In
Kubernetes a service leaves such names behind by chance: one called after the program has NAME_PORT=tcp://10.0.0.1:80.
Sources: https://click.palletsprojects.com/en/stable/options/#values-from-environment-variables
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.causes._words import candidate, said
from parity.explain.model import Candidate, Evidence
from parity.policy.known_packages import started_by
from parity.profile.item import field

TITLE = "A variable that fills an option"
CATEGORY = "variable"
NEEDS = ("environment",)

_OPTION = re.compile(
    r"(?:value for|option|argument|arguments are required:|parameter|flag)s?:? ['\"]?(?:-\w['\"]?(?:, ?|/| / )['\"]?)?"
    r"--?(?P<name>[a-z][\w-]{1,40})"
)
_LINK = re.compile(r"(?:tcp|udp|sctp)://[\d.:\[\]a-f]+:\d{1,5}\b")
_LACKS = re.compile(r"missing (?:option|argument|parameter)|arguments? (?:are|is) required")
_OF_PROGRAM, _OF_ANY, _LEFT = 0.95, 0.6, 0.85


def weigh(case: Case) -> Iterator[Candidate]:
    """The variables that are called after an option that the log names, then those with a service's address."""
    lacks = _LACKS.search(case.text) is not None
    for found in _OPTION.finditer(case.text):
        wanted = found["name"].replace("-", "_").upper()
        for difference in case.differences("environment"):
            program, _, option = difference.key.upper().rpartition(f"_{wanted}")
            if (option or not program) and difference.key.upper() != wanted:
                continue
            if lacks is not (difference.kind is Kind.MISSING):
                continue
            likelihood = _OF_PROGRAM if program and _is_program(case, program) else _OF_ANY
            words = f"the option --{found['name']} of {program.lower() or 'the program'} is filled by it"
            yield _candidate(case, difference, likelihood, words)
    link = _LINK.search(case.text)
    for difference in case.differences("environment", "*_PORT") if link else ():
        linked = difference.kind is not Kind.MISSING and field(difference.production, "shape") == "url"
        if linked and _reads(case, difference.key):
            yield _candidate(case, difference, _LEFT, "its value is the address of a service, as Kubernetes leaves it")


def _is_program(case: Case, prefix: str) -> bool:
    """Whether a name begins with a program that is there: a distribution, a command of one, or what is started."""
    return any(_is_there(case, name) for name in dict.fromkeys((prefix.lower(), prefix.lower().partition("_")[0])))


def _is_there(case: Case, prefix: str) -> bool:
    name = prefix.replace("_", "-")
    command = case.items("process")[1].get("command")
    started = re.split(r"[\s/]+", command) if isinstance(command, str) else []
    held = any(one in side for side in case.items("packages") for one in (name, *started_by(name)))
    return held or name in started or name in case.values("server")


def _reads(case: Case, name: str) -> bool:
    """Whether the program reads it, or one that its name begins with does."""
    read = case.sides.use is not None and bool(case.sides.use.read_at(name))
    return read or name in case.strings or _is_program(case, name.rpartition("_")[0])


def _candidate(case: Case, difference: Difference, likelihood: float, words: str) -> Candidate:
    missing = difference.kind is Kind.MISSING
    return candidate(
        __name__,
        difference,
        likelihood,
        (*said(case), Evidence("difference", words, f"environment.{difference.key}")),
        f"the program fails the same way with {difference.key} as it is locally",
        f"set {difference.key} in production"
        if missing
        else f"unset {difference.key} there: in Kubernetes enableServiceLinks: false, or another name for the service",
    )
