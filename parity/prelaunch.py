"""Start the probe of this machine before anything heavy is imported.

Importing Typer takes about as long as the probe's whole work, and they need each other's result only at
the end. So `main` looks at the bare argument list first: where it plainly asks for a snapshot of this
machine with nothing that would change the question, the probe starts at once, and the `local` target
claims it. Wherever there is doubt nothing is started, and the target starts the probe itself.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parity.child import Child
    from parity.snapshot.key import Key
    from parity.snapshot.question import Ask

_HARMLESS = frozenset({"-o", "--output", "--format", "--fail-on", "--name"})
"""Options, each with a value, that change nothing of what the probe is asked."""

_started: list[tuple[str, Ask, Child]] = []


def begin(arguments: Sequence[str]) -> None:
    """Start the probe when `arguments` (without the program's name) plainly ask for this machine."""
    if not asks_for_local(arguments) or "PARITY_TIMEOUT" in os.environ:
        return
    from parity.child import Child
    from parity.snapshot.project import interpreter
    from parity.snapshot.question import DEFAULT_TIMEOUT, clean_environ, question

    try:
        python, _ = interpreter(None, os.environ, os.getcwd())
        asked = question(_key(arguments), timeout=DEFAULT_TIMEOUT, launcher=os.getpid())
        _started.append((python, asked, Child(asked.files_argv(python), asked.files_stdin, clean_environ())))
    except OSError:
        return


def asks_for_local(arguments: Sequence[str]) -> bool:
    """Whether this is `snapshot [local]` or `diff` with one `local`, and harmless options only."""
    words = list(arguments)
    if not words or words[0] not in ("snapshot", "diff"):
        return False
    places = []
    rest = words[1:]
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            places.append(word)
        elif word in _HARMLESS and rest:
            rest.pop(0)
        elif "=" not in word or word.partition("=")[0] not in _HARMLESS:
            return False
    if words[0] == "snapshot":
        return places in ([], ["local"])
    return len(places) == 2 and places.count("local") == 1


def _key(arguments: Sequence[str]) -> Key | None:
    """The key of a comparison with another place that is live; one that is taken for it by mistake costs a restart."""
    from parity.snapshot.key import RECORDED, of_this_run

    kinds = [word.partition(":")[0].lower() for word in arguments[1:] if ":" in word]
    live = any(kind.isalnum() and kind not in RECORDED for kind in kinds)
    return of_this_run() if arguments[0] == "diff" and live else None


def claim(python: str, question: Ask) -> tuple[Child, Ask] | None:
    """The probe that was started for this very question and interpreter, or None."""
    while _started:
        started_python, started, child = _started.pop()
        same = started.document == question.document and started.key == question.key
        if started_python == python and same:
            return child, started
        child.kill()
    return None


def abandon() -> None:
    """End a probe that nobody claimed."""
    while _started:
        _started.pop()[2].kill()
