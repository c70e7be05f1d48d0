"""The probe's answer is hostile input: no whole frame, no reading."""

from __future__ import annotations

import json

import pytest

from parity.child import Result
from parity.errors import Incomplete
from parity.profile import Status
from parity.snapshot.ask import ask
from parity.snapshot.probe import read_answer
from parity.snapshot.request import Request

TOKEN = "0123456789abcdef"


def section(**changes: object) -> dict[str, object]:
    return {"status": "ok", "reason": None, "items": {"a": 1}, "volatile": {}, "notes": [], "hidden": [], **changes}


def answer(**changes: object) -> bytes:
    return json.dumps({"probe": 1, "sections": {"python": section()}, "timings": {}, "serving": {}, **changes}).encode()


def framed(payload: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    return before + b"\n%s %d\n%s\n%s\n" % (TOKEN.encode(), len(payload), payload, TOKEN.encode()) + after


def finished(out: bytes, code: int = 0, err: bytes = b"", cut: str | None = None) -> Result:
    return Result(code, out, err, cut)


def test_a_whole_frame_is_read_whatever_stands_around_it() -> None:
    out = framed(answer(), before=b"Welcome to prod!\nno newline at the end", after=b"\nlogout\n")
    reading = read_answer(finished(out, code=1), TOKEN, "there")
    assert reading.sections["python"].status is Status.OK
    assert dict(reading.sections["python"].items) == {"a": 1}


@pytest.mark.parametrize(
    ("result", "says"),
    [
        (finished(b""), "exit status 0"),
        (finished(framed(answer())[:-40], code=137), "killed by signal 9"),
        (finished(framed(answer())[:-40]), "exit status 0"),
        (finished(b"\n" + TOKEN.encode() + b" 99999999999999999999999999\n{}"), "exit status 0"),
        (finished(b"\n" + TOKEN.encode() + b" -5\n{}"), "exit status 0"),
        (finished(b"\n" + TOKEN.encode() + b" 5"), "exit status 0"),
        (finished(b"", cut="timeout"), "no answer within the deadline"),
        (finished(b"y" * 100, cut="output"), "printed more than parity reads"),
        (
            finished(b"", code=-11, err=b"first\nSegmentation \x1b[31mfault\n"),
            r"killed by signal 11 (Segmentation \x1b[31mfault)",
        ),
    ],
)
def test_no_whole_frame_is_incomplete(result: Result, says: str) -> None:
    with pytest.raises(Incomplete) as caught:
        read_answer(result, TOKEN, "there")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("result", "hint"),
    [
        (finished(b"", code=79), "the probe needs Python 3.8 or later there"),
        (
            finished(b"", code=2, err=b"Unknown option: -I\nTry `python -h' for more information.\n"),
            "the probe needs Python 3.8 or later there",
        ),
        (finished(b"", code=2, err=b"cannot access it\n"), None),
    ],
)
def test_a_python_that_is_too_old_is_told(result: Result, hint: str | None) -> None:
    with pytest.raises(Incomplete) as caught:
        read_answer(result, TOKEN, "there")
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"{}",
        b'{"sections": []}',
        b"[" * 100_000,
        b'{"sections": {}, "sections": {}}',
        b'{"sections": {"python": {"items": NaN}}}',
        b"\xff\xfe",
    ],
)
def test_a_frame_that_holds_something_else_is_refused(payload: bytes) -> None:
    with pytest.raises(Incomplete):
        read_answer(finished(framed(payload)), TOKEN, "there")


@pytest.mark.parametrize("broken", [1, {"status": "fine"}, section(extra=1), section(items={"a": [["b"]]})])
def test_a_section_that_breaks_a_rule_is_unavailable_by_itself(broken: object) -> None:
    payload = json.dumps({"sections": {"python": broken, "platform": section()}}).encode()
    reading = read_answer(finished(framed(payload)), TOKEN, "there")
    assert reading.sections["python"].status is Status.UNAVAILABLE
    assert reading.sections["platform"].status is Status.OK


def test_only_a_choice_of_sections_is_spelt_out() -> None:
    assert "sections" not in json.loads(ask(Request()).document)
    chosen = json.loads(ask(Request(sections=frozenset({"python", "packages"}), skip=frozenset({"python"}))).document)
    assert chosen["sections"] == ["packages"]


def test_every_question_has_a_token_of_its_own() -> None:
    assert ask(Request()).token != ask(Request()).token
