"""Any command that ends in a Python reading standard input: `heroku run`, `podman exec -i`, `nsenter`, `sudo -u`.

The command is split into words as a shell would, and no shell runs it. Python's own words, `-I -S -B -`, are added
at its end, where a `-` may stand already. A command that takes what it runs as one word gets them inside that word:

    exec:docker exec -i web python3           docker exec -i web python3 -I -S -B -
    exec:fly ssh console -C "python3 -"       fly ssh console -C "python3 -I -S -B -"

Nothing else is added: the question travels with the script. Of the command a profile keeps the program's name.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from parity.child import Result
from parity.errors import Incomplete, ParityError, TargetError
from parity.profile import Profile
from parity.snapshot.request import Progress, Request
from parity.text import safe

SUMMARY = "any command that ends in a Python reading standard input"
EXAMPLE = "exec:podman exec -i web python3"
OPTIONS: tuple[str, ...] = ()

_OPERATORS = frozenset("();<>|&")
_WITH_SHELL = "sh -c 'cd /app && exec python3 -'"


def parse(reference: str, options: Mapping[str, tuple[str, ...]]) -> Exec:
    """exec:COMMAND. Raises TargetError for what is no command, or would need a shell."""
    words = _words(reference)
    if not words or not words[0]:
        raise TargetError("exec: is followed by a command", hint=f"like {EXAMPLE}")
    if words[0].startswith("-"):
        raise TargetError("exec: is followed by a command, not by an option", hint=f"like {EXAMPLE}")
    operator = next((word for word in words if word and _OPERATORS.issuperset(word)), None)
    if operator is not None:
        shown = safe(operator[:8])
        raise TargetError(f"exec: starts no shell, and {shown!r} is a shell's", hint=f"like exec:{_WITH_SHELL}")
    return Exec(tuple(words))


def _words(reference: str) -> list[str]:
    # Operators stand apart as words of their own unless they are quoted, so that they can be told.
    lexer = shlex.shlex(reference, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError as error:
        raise TargetError("exec: the quotes of the command do not match", hint=f"like {EXAMPLE}") from error


def python_argv(words: tuple[str, ...]) -> list[str]:
    """The command with Python's own words at its end."""
    from parity.snapshot.transport import PYTHON_WORDS

    *before, last = words[:-1] if words[-1] == "-" and len(words) > 1 else words
    if any(character.isspace() for character in last):
        inside = last.rstrip().removesuffix(" -").rstrip()
        return [*before, " ".join((inside, *PYTHON_WORDS))]
    return [*before, last, *PYTHON_WORDS]


@dataclass(frozen=True, slots=True)
class Exec:
    """A command in words."""

    words: tuple[str, ...]
    kind: str = "exec"

    @property
    def reference(self) -> str:
        """The program's name: the rest of the command may hold a secret."""
        return safe(PurePath(self.words[0]).name)

    def profile(self, request: Request, progress: Progress) -> Profile:
        from parity.database import read_database
        from parity.snapshot.ask import ask
        from parity.snapshot.assemble import assemble
        from parity.snapshot.probe import cutoff
        from parity.snapshot.transport import converse, with_notes

        deadline = time.monotonic() + cutoff(request)
        progress(f"reading through {self.reference}")
        question = ask(request, entered=True, python=request.python)
        place = f"the command {self.reference}"
        reading = converse(python_argv(self.words), question, place, deadline, progress, self._diagnose)
        reading = with_notes(reading, "the command's own: it was put into no container that serves")
        of_host = read_database(request, of_this_machine=False, deadline=deadline)
        return assemble(self, reading, request, of_host)

    def _diagnose(self, result: Result) -> ParityError | None:
        if result.out.find(b"\r\n") >= 0:
            return Incomplete(
                f"the answer from the command {self.reference} came through a terminal, which changes it",
                hint="leave out what allocates one (-t, --tty)",
            )
        if result.cut is None and result.code == 0:
            return Incomplete(
                f"the command {self.reference} ended well and gave no answer of the probe's",
                hint="it must hand standard input on to a Python, as `docker exec -i` does",
            )
        return None
