"""Exceptions of a chain that a log tells of in other ways than by its traceback alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parity.explain.log.streams import Heading
from parity.explain.log.structured import Structured
from parity.explain.log.tally import ONE_LINE
from parity.explain.log.traceback import CODE, MESSAGE
from parity.explain.model import Frame, How, Raised
from parity.explain.scrub import scrub


def line(chain: tuple[Raised, ...]) -> str:
    """The one line by which a person would know it."""
    last = chain[-1]
    message = next((line for line in last.message.split("\n") if line.strip()), "")
    if not last.type:
        return f"a traceback that is cut off after {last.frames[-1].file}, line {last.frames[-1].line}"
    return f"{last.type}: {message}"[:ONE_LINE] if message else last.type


def bare(chain: tuple[Raised, ...]) -> bool:
    """Whether it was one line: a traceback that follows at once is of the same exception."""
    return len(chain) == 1 and not chain[0].frames


def completed(last: Raised, heading: Heading) -> Raised:
    """AWS Lambda writes the exception's line before its traceback."""
    kind, _, message = heading.message.partition(": ")
    return replace(last, type=kind, message=scrub(message)[:MESSAGE], at=heading.number)


def raised(found: Structured, number: int) -> Iterator[Raised]:
    """The exceptions whose frames a record holds as data."""
    hows: dict[str, How] = {"cause": "cause", "context": "context", "member": "member"}
    for at, one in enumerate(found.exceptions):
        frames = (Frame(file, line, function, scrub(code[:CODE]), number) for file, line, function, code in one.frames)
        how = hows.get(one.how) if at + 1 < len(found.exceptions) else None
        yield Raised(one.type[:200], scrub(one.message[:MESSAGE]), tuple(frames), number, how)
