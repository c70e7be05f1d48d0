from __future__ import annotations

import threading
import time
from typing import NoReturn

import pytest

from parity.child import Child, end_all
from parity.together import together


def fail(word: str, after: float = 0.0) -> NoReturn:
    time.sleep(after)
    raise LookupError(word)


def test_looks_happen_at_once_and_keep_their_order() -> None:
    meeting = threading.Barrier(3, timeout=5)

    def look(word: str) -> str:
        meeting.wait()
        return word

    assert together([lambda: look("a"), lambda: look("b"), lambda: look("c")]) == ["a", "b", "c"]
    assert together([]) == []


def test_a_failure_is_told_while_another_look_goes_on() -> None:
    going_on = threading.Event()
    began = time.monotonic()
    with pytest.raises(LookupError, match="second"):
        together([lambda: going_on.wait(30), lambda: fail("second")])
    assert time.monotonic() - began < 5
    going_on.set()


@pytest.mark.parametrize("later", [0.0, 0.05])
def test_of_two_failures_the_first_look_s_is_told(later: float) -> None:
    with pytest.raises(LookupError, match="first"):
        together([lambda: fail("first", later), lambda: fail("second")])


def test_the_children_of_a_look_that_was_given_up_are_ended() -> None:
    started: list[Child] = []
    ready = threading.Event()

    def look() -> None:
        with Child(["sleep", "600"]) as child:
            started.append(child)
            ready.set()
            child.finish(time.monotonic() + 60)

    def impatient() -> NoReturn:
        ready.wait(5)
        raise LookupError

    with pytest.raises(LookupError):
        together([look, impatient])
    end_all()
    (child,) = started
    assert child._process.returncode == -9
