"""What a failing path uses, and how near each stands to the failure."""

from __future__ import annotations

import pytest

from parity.explain.uses import CALLED, FILE, FUNCTION, LIBRARY, LINE, VALUE
from tests.explain.cases import case, trace

SOURCE = """import os
import socket
from getpass import getuser as who
from pathlib import Path

from kit import deep

NAME = socket.gethostname()


def rest():
    return os.getlogin()


def run(order):
    os.umask(0)
    user = who()
    order.extend(os.getgroups())
    if Path.home() != user:
        first = order[int(NAME)] + deep(user)
    return 3
"""
KIT = "import locale\n\ndef deep(user):\n    return locale.localeconv()\n"
FAILED = trace("KeyError: 1", "app.py:20 run: first = order[int(NAME)] + deep(user)")


def near(name: str, log: str = FAILED, source: str = SOURCE) -> float:
    met = case(log, {}, {}, {"app.py": source, "kit.py": KIT})
    return max((weight for use, weight in met.uses.names.items() if use.name == name), default=0.0)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("int", LINE, LINE),
        ("pathlib.Path.home", VALUE, VALUE),
        ("socket.gethostname", 0.8, VALUE),
        ("getpass.getuser", 0.8, VALUE),
        ("os.getgroups", 0.8, VALUE),
        ("locale.localeconv", 0.8, CALLED),
        ("os.umask", FUNCTION, FUNCTION),
        ("os.getlogin", FILE, FILE),
        ("os.getcwd", 0.0, 0.0),
    ],
)
def test_the_nearer_the_more(name: str, least: float, most: float) -> None:
    assert least <= near(name) <= most


def test_what_a_library_runs_is_on_the_path() -> None:
    log = trace("OSError: no", "app.py:20 run: deep()", "^tempfile.py:9 gettempdir: raise")
    assert near("tempfile.gettempdir", log) == LIBRARY


@pytest.mark.parametrize(
    ("code", "gone_through"),
    [
        ("for one in {'a', 'b'}: use(one)", True),
        ("seen = set(names)\nfirst = list(seen)[0]", True),
        ("seen = set(names)\nline = ','.join(seen | others)", True),
        ("seen = set(names)\nseen.pop()", True),
        ("seen = set(names)\nfirst = sorted(seen)[0]", False),
        ("seen = list(names)\nseen.pop()", False),
        ("seen = set(names)\nif one in seen: use(one)", False),
    ],
)
def test_a_set_that_is_gone_through(code: str, gone_through: bool) -> None:
    log = trace("KeyError: 1", f"app.py:{code.count(chr(10)) + 1} <module>: x")
    assert (near("<set order>", log, code) > 0) is gone_through


def test_a_text_with_holes_is_one() -> None:
    code = 'def f(cursor, table):\n    return cursor.execute(f"select id from {table} where a = 1")\n'
    met = case(trace("KeyError: 1", "app.py:2 f: return"), {}, {}, {"app.py": code})
    assert [text for text, _, _ in met.uses.texts] == ["select id from %s where a = 1"]


def test_without_the_source_the_line_that_is_quoted_tells() -> None:
    met = case(trace("ValueError: bad", "app.py:2 f: for one in glob.glob(pattern):"), {}, {})
    assert {use.name: weight for use, weight in met.uses.names.items()}["glob.glob"] == LINE
