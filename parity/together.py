"""Several looks at once, each in a thread of its own.

The threads are not waited for once one look has failed, or the person at the terminal has had enough: an engine that
never answers must not hold up what is known already. What they left running, `parity.child.end_all` ends.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")

_GRACE = 0.3
"""Seconds in which an earlier look may still fail, so that of two failures the same one is told each time."""


def together(looks: Sequence[Callable[[], T]]) -> list[T]:
    """What each look gives, in their order; of those that fail, the first one's exception, at once."""
    answers: SimpleQueue[tuple[int, T | BaseException]] = SimpleQueue()

    def run(place: int, look: Callable[[], T]) -> None:
        try:
            answers.put((place, look()))
        except BaseException as error:
            answers.put((place, error))

    for place, look in enumerate(looks):
        threading.Thread(target=run, args=(place, look), daemon=True).start()
    found: dict[int, T] = {}
    while len(found) < len(looks):
        place, answer = answers.get()
        if isinstance(answer, BaseException):
            raise _first(place, answer, answers)
        found[place] = answer
    return [found[place] for place in range(len(looks))]


def _first(place: int, error: BaseException, answers: SimpleQueue[tuple[int, T | BaseException]]) -> BaseException:
    until = time.monotonic() + _GRACE
    while place > 0:
        try:
            other, answer = answers.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            break
        if isinstance(answer, BaseException) and other < place:
            place, error = other, answer
    return error
