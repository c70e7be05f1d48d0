"""Fingerprints are HMAC-SHA256 of the standard library's, and their key goes where nobody sees it."""

from __future__ import annotations

import hashlib
import hmac
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from parity.child import Result
from parity.errors import Incomplete
from parity.probe.collectors import environment
from parity.probe.environment import fingerprint
from parity.snapshot.key import Key
from parity.snapshot.probe import read_answer
from parity.snapshot.question import question
from parity.snapshot.transport import converse, script
from tests.probe.running import FLAGS, FROM_FILES, TOKEN

KEY = Key(bytes(range(7, 39)))


def expected(key: bytes, name: str, value: str) -> str:
    made = hmac.new(key, os.fsencode(name) + b"\0" + os.fsencode(value), hashlib.sha256).hexdigest()[:16]
    return f"{hmac.new(key, b'parity', hashlib.sha256).hexdigest()[:8]}:{made}"


class _Quiet:
    def __call__(self, words: str) -> None:
        """Nobody looks."""

    def warn(self, sentence: str) -> None:
        raise AssertionError(sentence)


@pytest.mark.parametrize("size", [16, 63, 64, 65, 4096])
def test_they_are_what_the_standard_library_makes(size: int) -> None:
    key = os.urandom(size)
    made = fingerprint.maker(key)
    for name, value in (("A", "x"), ("A", "y"), ("B", "x"), ("A", "caf\u00e9\n"), ("A", "\udcff"), ("A", "x" * 10_000)):
        assert made(name, value) == expected(key, name, value)


def test_they_are_bound_to_the_name() -> None:
    made = fingerprint.maker(KEY)
    assert made("AB", "C") != made("A", "BC")
    assert made("A", "1") != made("B", "1")


def test_nothing_is_added_that_was_not_asked_for() -> None:
    plain = {"A": {"state": "set", "from": "process"}}
    assert environment.from_pairs({"A": "1"}, "process", {}) == (plain, ())
    assert environment.from_pairs({"A": "1"}, "process", {"fingerprint_key": None, "shapes": False}) == (plain, ())


def test_what_is_empty_has_none() -> None:
    items, _ = environment.from_pairs({"A": ""}, "process", {"fingerprint_key": bytes(KEY)})
    assert items == {"A": {"state": "empty", "from": "process"}}


def ask(request: dict[str, Any], from_files: bool, env: dict[str, str]) -> dict[str, Any]:
    """The environment's items that the probe gives to a request, under KEY."""
    asked = question(KEY, sections=["environment"], **request)._replace(token=TOKEN)
    if from_files:
        argv, stdin = [sys.executable, *FLAGS, *FROM_FILES, TOKEN, asked.document], asked.files_stdin
    else:
        argv, stdin = [sys.executable, *FLAGS, "-"], script(asked)
    assert KEY.hex() not in " ".join(argv)
    done = subprocess.run(argv, input=stdin, capture_output=True, env=env, timeout=60, check=False)
    section = read_answer(Result(done.returncode, done.stdout, done.stderr), TOKEN, "there").sections["environment"]
    return dict(section.items)


@pytest.mark.parametrize("from_files", [True, False])
def test_a_key_reaches_the_probe_over_standard_input(from_files: bool) -> None:
    items = ask({}, from_files, {"A": "1", "B": "2"})
    assert {name: items[name]["fingerprint"] for name in "AB"} == {
        name: expected(KEY, name, value) for name, value in (("A", "1"), ("B", "2"))
    }


@pytest.mark.parametrize("from_files", [True, False])
def test_it_is_handed_on_to_the_interpreter_that_goes_on(from_files: bool, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    seen = tmp_path / "seen"
    # What goes on tells how it was started: another interpreter, with what arguments and variables.
    tell = f"#!/bin/sh\ntr '\\0' '\\n' < /proc/$$/cmdline > {seen}\nenv >> {seen}\nexec {python} \"$@\"\n"
    told = tmp_path / "told" / "python3"
    told.parent.mkdir()
    told.write_text(tell)
    told.chmod(0o755)
    items = ask({"python": str(told)}, from_files, {"A": "1"})
    assert items["A"]["fingerprint"] == expected(KEY, "A", "1")
    text = seen.read_bytes()
    assert b"-I" in text
    assert KEY.hex().encode() not in text
    assert bytes(KEY) not in text


def test_a_program_that_says_what_it_was_given_does_not_say_the_key() -> None:
    asked = question(KEY)
    with pytest.raises(Incomplete) as caught:
        converse(["sh", "-c", "grep FINGERPRINT >&2; exit 3"], asked, "there", time.monotonic() + 20, _Quiet())
    assert "FINGERPRINT_KEY" in str(caught.value)
    assert KEY.hex() not in str(caught.value)


def test_a_dotenv_file_gives_what_stands_in_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PLAIN=one # comment\nQUOTED='two'\nFILLED=${PLAIN}x\nESCAPED=\"a\\nb\"\n")
    items = ask({"env_files": [str(file)]}, from_files=True, env={})
    assert items["PLAIN"]["fingerprint"] == expected(KEY, "PLAIN", "one")
    assert items["QUOTED"]["fingerprint"] == expected(KEY, "QUOTED", "two")
    assert "fingerprint" not in items["FILLED"]
    assert "fingerprint" not in items["ESCAPED"]
