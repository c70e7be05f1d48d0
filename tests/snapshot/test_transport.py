"""The probe through any command: what is sent, what is started, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from parity.errors import Unreachable
from parity.profile import Section, Status
from parity.snapshot.ask import ask
from parity.snapshot.question import Ask
from parity.snapshot.request import Request
from parity.snapshot.target import Reading
from parity.snapshot.transport import PYTHON_WORDS, execute, script, with_notes
from tests.targets.looking import Told, take


def test_the_question_travels_in_front_of_the_script_whatever_it_holds() -> None:
    question = ask(Request(paths=('/it\'s "here"\\', "/ü", "/'''")), python=None)
    sent = script(question)
    assert sent.isascii()
    shown = b"import sys\nprint(repr(sys.argv[1:]))\n"
    first = sent.split(b"\n", 2)[:2]
    ran = subprocess.run(
        [sys.executable, "-"], input=b"\n".join(first) + b"\n" + shown, capture_output=True, check=True
    )
    assert ran.stdout.decode().strip() == repr([question.token, question.document])


def test_what_is_sent_has_no_word_of_the_question_in_the_command() -> None:
    assert PYTHON_WORDS == ("-I", "-S", "-B", "-")


def test_an_old_python_says_that_it_is_too_old() -> None:
    # The two lines in front must be syntax for every Python; the head of the script does the rest.
    sent = script(Ask("0" * 32, json.dumps({"a": 1}))).split(b"\n", 2)
    assert sent[0] == b"import sys"
    assert sent[1] == b"sys.argv[1:] = ['" + b"0" * 32 + b"', '{\"a\": 1}']"


def test_what_cannot_be_started_is_unreachable() -> None:
    with pytest.raises(Unreachable, match="nowhere: is not installed here"):
        execute(["/nonexistent/nowhere"], b"", time.monotonic() + 5)


def test_a_look_tells_which_section_it_is_at() -> None:
    told = Told()
    take(f"exec:{sys.executable}", told)
    name = Path(sys.executable).name
    assert told.steps[0] == f"reading through {name}"
    assert f"the command {name}: environment" in told.steps


@pytest.mark.parametrize(
    ("serving", "note"),
    [
        ({"serves": False}, "this environment is nobody's"),
        ({"serves": True, "refused": ["cwd", "environ", "exe"], "uid": 1000}, "another user (uid 1000)"),
        ({"serves": True, "refused": ["environ"]}, None),
        ({"serves": True, "refused": []}, None),
        ({"refused": "environ"}, None),
        ({}, None),
    ],
)
def test_whose_the_environment_is_stands_beside_it(serving: dict[str, object], note: str | None) -> None:
    reading = Reading({"environment": Section(Status.OK)}, serving=serving)
    found = with_notes(reading, "nobody's").sections["environment"].notes
    assert len(found) == (note is not None)
    assert note is None or note in found[0]
