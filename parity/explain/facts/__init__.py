"""What a failure tells, by type. One file a family of facts.

Every file declares

    read(failure)    the facts of its family, in any order; the same one twice does no harm

Values are names, numbers and short phrases of closed form. `missing_name`, `missing_attribute`: "module.name",
"Type.name". `errno`: its symbol, "EACCES", "EAI_NONAME". `signal`: "SIGKILL". `memory`: "allocation", "oom", "worker",
"threads". `tls`: OpenSSL's reason in capitals, or the verifier's words. `requirement`: as a requirement is written,
"gevent>=1.4". `relation`: its name, "schema NAME" for a schema. `server`: the software that ran the program.
`variable`: one that a message names, or that the innermost frames' code reads: the fact's words are then that code.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TypeAlias

from parity.explain.model import Fact, FactKind, Failure

WORDS = 200

Patterns: TypeAlias = "Sequence[tuple[FactKind, re.Pattern[str]]]"
"""(kind, expression); the value is group "value", or the groups that took part, joined by dots."""

Read: TypeAlias = Callable[[Failure], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a failure: an exception's message, the failure's own line, or a line beside it."""

    text: str
    at: int
    link: int | None = None
    type: str = ""
    """The exception's, dotted; "" for a line."""

    def fact(self, kind: FactKind, value: str, start: int = 0) -> Fact:
        """A fact that this text tells at a position of it."""
        begin = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", start)
        line = self.text[begin : end if end >= 0 else len(self.text)].strip()
        lead = f"{self.type}: " if self.type and not begin else ""
        return Fact(kind, value.strip()[:WORDS], self.at, self.link, f"{lead}{line}"[:WORDS])


def facts(failure: Failure) -> tuple[Fact, ...]:
    """Everything that a failure tells, by kind, value and place, each once."""
    found: dict[tuple[str, str, int, int], Fact] = {}
    for read in families().values():
        for one in read(failure):
            if one.value:
                found.setdefault((one.kind, one.value, one.at, -1 if one.link is None else one.link), one)
    return tuple(one for _, one in sorted(found.items()))


@cache
def families() -> dict[str, Read]:
    """{name of the file: its `read`}, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").read for name in names}


def told(failure: Failure) -> Iterator[Told]:
    """Its texts: the messages of its chain or its own line, then what stands beside it."""
    for link, raised in enumerate(failure.chain):
        yield Told(raised.message, raised.at, link, raised.type)
    if not failure.chain:
        yield Told(failure.message, failure.first.line)
    for line in failure.around:
        yield Told(line.text, line.number)


def matched(failure: Failure, patterns: Patterns) -> Iterator[Fact]:
    """A fact for each place where an expression is found in a text of the failure."""
    for one in told(failure):
        for kind, pattern in patterns:
            for found in pattern.finditer(one.text):
                yield one.fact(kind, value(found), found.start())


def value(found: re.Match[str]) -> str:
    """What a match names."""
    named = found.groupdict().get("value")
    return named if named is not None else ".".join(group for group in found.groups() if group)
