"""Tracebacks that every Python on this machine prints, of programs that really fail."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from parity.explain.log import read
from parity.explain.model import Log
from tests.probe.pythons import Python, supported

CHAINED = """
import json
def inner(text):
    return json.loads(text)
def outer():
    try:
        inner("{")
    except ValueError as error:
        try:
            raise KeyError("a b") from error
        except KeyError:
            raise RuntimeError("several\\nlines\\n\\nof it")
outer()
"""
DEEP = "def f(n):\n    return f(n + 1)\nf(0)\n"
SYNTAX = "exec(compile('a = = 1\\n', 'shop.py', 'exec'))\n"
EXITS = "import sys\nprint('INFO:root:started', flush=True)\nsys.exit('Error: no such shop')\n"
GROUP = """
def fail(kind):
    raise kind
def leaf(kind):
    try:
        fail(kind)
    except Exception as error:
        error.add_note("seen once")
        return error
inner = leaf(ExceptionGroup("inner", [leaf(OSError(13, "Permission denied", "/data")), leaf(KeyError("b"))]))
raise ExceptionGroup("outer", [inner, ValueError(3)])
"""


@cache
def printed(python: Python, source: str) -> Log:
    done = subprocess.run([python.path, "-c", source], capture_output=True, timeout=30, check=False)
    assert done.returncode
    return read((done.stdout + done.stderr).splitlines(keepends=True))


each = pytest.mark.parametrize("python", supported(), ids=str)


@each
def test_a_chain_in_the_order_in_which_it_was_raised(python: Python) -> None:
    (failure,) = printed(python, CHAINED).failures
    first, second, third = failure.chain
    assert [one.type.rpartition(".")[2] for one in failure.chain] == ["JSONDecodeError", "KeyError", "RuntimeError"]
    assert [one.how for one in failure.chain] == ["cause", "context", None]
    assert [frame.function for frame in first.frames][:2] == ["outer", "inner"]
    assert second.message == "'a b'"
    assert third.message == "several\nlines\n\nof it"
    assert failure.message == "RuntimeError: several"


@each
def test_a_recursion_is_told_once(python: Python) -> None:
    (failure,) = printed(python, DEEP).failures
    assert failure.chain[0].type == "RecursionError"
    assert len(failure.chain[0].frames) < 20


@each
def test_a_syntax_error_names_the_file(python: Python) -> None:
    (failure,) = printed(python, SYNTAX).failures
    (raised,) = failure.chain
    assert raised.type == "SyntaxError"
    assert (raised.frames[-1].file, raised.frames[-1].line, raised.frames[-1].code) == ("shop.py", 1, "a = = 1")


@each
def test_a_program_that_ends_with_a_word(python: Python) -> None:
    (failure,) = printed(python, EXITS).failures
    assert (failure.kind, failure.message) == ("message", "Error: no such shop")


@pytest.mark.parametrize("python", [one for one in supported() if one.version >= (3, 11)], ids=str)
def test_members_of_a_group_come_before_it(python: Python) -> None:
    (failure,) = printed(python, GROUP).failures
    told = [(one.type, one.how) for one in failure.chain]
    assert told == [
        ("PermissionError", "member"),
        ("KeyError", "member"),
        ("ExceptionGroup", "member"),
        ("ValueError", "member"),
        ("ExceptionGroup", None),
    ]
    assert failure.chain[0].message == "[Errno 13] Permission denied: '/data'\nseen once"


def test_cython_and_frozen_frames_have_no_code(tmp_path: Path) -> None:
    text = b"""Traceback (most recent call last):
  File "/app/main.py", line 4, in <module>
  File "<frozen importlib._bootstrap>", line 1206, in _gcd_import
  File "pandas/_libs/interval.pyx", line 1, in init pandas._libs.interval
ValueError: numpy.dtype size changed
"""
    (raised,) = read(text.splitlines()).failures[0].chain
    assert [frame.code for frame in raised.frames] == ["", "", ""]
    assert raised.frames[-1].function == "init pandas._libs.interval"
