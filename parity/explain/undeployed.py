"""Files of the program that production lacks and that a failure asks for by a word, not by their path.

Handlers, plugins, migrations, fixtures and catalogues of messages are found by looking into a directory, so what lacks
is no import that fails: it is a key that is not there, and the key is what the file is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parity.diff.model import Difference, Kind
from parity.explain.case import Case
from parity.explain.model import Raised

_LOOKS_UP = re.compile(
    r"(?:Lookup|Key|Attribute|Name|Import|ModuleNotFound|FileNotFound|NotFound|NotRegistered|Unknown\w{0,40})"
    r"(?:Error|Exception)?\Z|(?:DoesNotExist|NoSuch\w{1,40}|Missing\w{0,40}|\w{1,40}Not(?:Found|Registered))\Z"
)
"""What an exception is called, its module left out, that tells of a name which is not there."""
_ASKED, _RAISED = 0.9, 0.7
"""By such an exception, and by any other that quotes the word."""
_PART = 0.95
"""Of it, where the word is the last part of what is quoted: "payment.refunded", "shop/refunded"."""
_QUOTED = re.compile(r"""(?<!\w)(['"`])([^'"`\n]{2,200})\1""")
_PARTS = re.compile(r"[./:\\]")
_LEAST = 3
_EVERYWHERE = frozenset({"__init__", "__main__", "app", "conftest", "main", "manage", "setup", "wsgi", "asgi"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that only local has, and the word by which the failure asks for it."""

    difference: Difference
    likelihood: float
    word: str
    at: int
    """The line of the log."""


def asked_for(case: Case) -> tuple[Asked, ...]:
    """The files of a name that the failure quotes."""
    return tuple(_asked(case))


def _asked(case: Case) -> Iterator[Asked]:
    words = list(_words(case))
    for difference in case.differences("source") if words else ():
        names = _names(difference.key) if difference.kind is Kind.MISSING else frozenset()
        found = [(weight, word, raised) for weight, word, raised in words if _plain(word) in names]
        if found:
            weight, word, raised = max(found, key=lambda one: one[0])
            yield Asked(difference, weight, word, raised.at)


def _words(case: Case) -> Iterator[tuple[float, str, Raised]]:
    """(likelihood, word, who says it) of what the messages quote: whole, and its last part."""
    for raised in case.failure.chain if case.failure is not None else ():
        weight = _ASKED if _LOOKS_UP.search(raised.type.rpartition(".")[2]) else _RAISED
        for _, text in _QUOTED.findall(raised.message):
            # A whole path is asked for by itself, and is another file than one of its name.
            if text.startswith(("/", "~")):
                continue
            yield weight, text, raised
            last = _PARTS.split(text)[-1]
            if last != text:
                yield weight * _PART, last, raised


@cache
def _names(key: str) -> frozenset[str]:
    """What a file may be called by: its name, that without its ending, of a package its directory's."""
    parts = key.strip("/").split("/")
    stem = parts[-1].partition(".")[0]
    names = {parts[-1], stem} if stem != "__init__" else set(parts[-2:-1])
    return frozenset(_plain(name) for name in names if len(name) >= _LEAST and name not in _EVERYWHERE)


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_")
