"""Each family of facts reads what real programs say; `cases.json` holds their words, a family at a time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parity.explain.facts import facts, families
from parity.explain.model import Failure, Frame, Moment, Raised

CASES = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))


def failure(kind: str, message: str, *frames: Frame) -> Failure:
    if not kind:
        return Failure("message", (), message, 1, Moment(1), Moment(1))
    chain = (Raised(kind, message, frames, 3),)
    return Failure("exception", chain, f"{kind}: {message}", 1, Moment(1), Moment(3))


@pytest.mark.parametrize(
    ("kind", "message", "expected"),
    [pytest.param(*case, id=f"{family}-{at}") for family, cases in CASES.items() for at, case in enumerate(cases)],
)
def test_what_a_message_tells(kind: str, message: str, expected: list[list[str]]) -> None:
    found = {(fact.kind, fact.value) for fact in facts(failure(kind, message))}
    assert {tuple(one) for one in expected} <= found


def test_every_family_has_cases() -> None:
    assert CASES.keys() == families().keys()


def test_a_message_of_the_program_s_own_tells_nothing_but_its_type() -> None:
    found = facts(failure("ValueError", "remote stream is not sorted at row 3"))
    assert [(fact.kind, fact.value) for fact in found] == [("exception", "ValueError")]


def test_a_variable_is_read_off_the_code_of_the_innermost_frames() -> None:
    frames = (
        Frame("/app/main.py", 7, "sign", 'hmac.new(os.environ["SIGNING_KEY"].encode())', 1),
        Frame("<frozen os>", 685, "__getitem__", "", 2),
    )
    found = [fact for fact in facts(failure("KeyError", "'SIGNING_KEY'", *frames)) if fact.kind == "variable"]
    assert {(fact.value, fact.at) for fact in found} == {("SIGNING_KEY", 1), ("SIGNING_KEY", 3)}


def test_a_key_of_a_dictionary_is_no_variable() -> None:
    frame = Frame("/app/main.py", 7, "total", 'prices["EUR"]', 1)
    assert not [fact for fact in facts(failure("KeyError", "'EUR'", frame)) if fact.kind == "variable"]


def test_a_program_that_subprocess_does_not_find_is_an_executable() -> None:
    frame = Frame("/usr/lib/python3.11/subprocess.py", 1955, "_execute_child", "raise child_exception_type(", 1)
    found = facts(failure("FileNotFoundError", "[Errno 2] No such file or directory: 'git'", frame))
    assert ("executable", "git") in {(fact.kind, fact.value) for fact in found}
