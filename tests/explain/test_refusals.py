"""The rows about system calls and programs: each is told by its own example, and by no other failure."""

from __future__ import annotations

import errno
import os
import re

import pytest

from parity.diff.model import Difference, Kind
from parity.explain.facts.paths import _ERRNO
from parity.explain.refusals import Refusal, holds, refusals, told
from parity.profile.model import Item
from parity.sections import declared as collector
from tests.explain.cases import case, trace

ROWS = [(name, row) for name in ("errors", "programs") for row in refusals(name)]
each_row = pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}-{row.example[:40]}" for name, row in ROWS])


@each_row
def test_a_row_is_told_by_its_example(name: str, row: Refusal) -> None:
    log = row.example
    if re.match(r"[\w.]+(?:Error|Expired|error): ", row.example):
        log = trace(row.example, f"app.py:3 f: {row.line}" if row.line else "app.py:3 f")
    else:
        log += "\n" + trace("RuntimeError: it ended with exit status 1", f"app.py:3 f: {row.line or 'run(it)'}")
    assert row in [one.refusal for one in told(case(log, {}, {}), name)]


@each_row
def test_a_row_says_nothing_of_another_failure(name: str, row: Refusal) -> None:
    for log in (
        trace("KeyError: 'total'", "app.py:3 f: row['total']"),
        trace("ModuleNotFoundError: No module named 'yaml'", "app.py:1 <module>: import yaml"),
        trace("FileNotFoundError: [Errno 2] No such file or directory: 'a.csv'", "app.py:3 f: open('a.csv')"),
    ):
        assert row not in [one.refusal for one in told(case(log, {}, {}), name)], log


@each_row
def test_a_row_has_a_source_and_likelihoods(name: str, row: Refusal) -> None:
    assert row.source.startswith("https://")
    assert not row.words.endswith(".")
    assert row.keys
    assert all(0 < likelihood < 1 and "." in key for key, likelihood in row.keys.items())
    assert row.errno or row.says


def test_symbols_and_words_are_those_of_the_c_library() -> None:
    known = {number: pair for number, pair in _ERRNO.items() if number > 0}
    aliases = {"ENOTSUP": "EOPNOTSUPP", "EDEADLK": "EDEADLOCK"}
    for number, (symbol, words) in known.items():
        assert number == getattr(errno, symbol)
        assert errno.errorcode[number] in (symbol, aliases.get(symbol))
        assert os.strerror(number) == words
    named = {symbol for _, row in ROWS for symbol in row.errno}
    assert named - {symbol for symbol, _ in _ERRNO.values()} - {"EOPNOTSUPP"} == set()


@pytest.mark.parametrize(
    ("local", "production", "rest", "expected"),
    [
        (8, 4, "<", True),
        ("unlimited", 4, "<", True),
        (4, "unlimited", "<", False),
        (4, "unlimited", ">", True),
        (False, True, "=true", True),
        ("bridge", "none", "=none", True),
        ("none", "bridge", "=none", False),
        ({"effective": ["KILL"]}, {"effective": []}, "-KILL", True),
        ({"effective": []}, {"effective": ["KILL"]}, "-KILL", False),
        (None, {"names": ["SIGTERM"]}, "+SIGTERM", True),
        ({"names": ["SIGTERM"]}, None, "+SIGTERM", False),
        ("a", "b", "", True),
    ],
)
def test_what_must_be_so_of_a_difference(local: Item, production: Item, rest: str, expected: bool) -> None:
    pair = [
        {key: tuple(held) for key, held in side.items()} if isinstance(side, dict) else side
        for side in (local, production)
    ]
    assert holds(Difference("process", "x", Kind.CHANGED, pair[0], pair[1]), rest) is expected


def test_a_row_depends_on_what_a_profile_can_tell() -> None:
    section = collector("volumes")
    assert section
    volumes = {*section.compared, "filesystem", ""}
    for _, row in ROWS:
        for key in row.keys:
            found = re.match(r"(\w+)\.(\w*)", key)
            assert found, key
            if found[1] == "mount":
                assert found[2] in volumes, key
            elif found[1] in ("limits", "process", "container", "network", "locale", "platform", "cpu"):
                assert found[2] in TOLD[found[1]], key


TOLD = {
    "limits": {"memlock", "nofile", "nofile_hard", "stack", "processes", "pids", "core", "address_space", "affinity"}
    | {"cpu", "shm", "memory"},
    "process": {"capabilities", "uid", "no_new_privileges", "seccomp", "ignored_signals", "blocked_signals", "groups"}
    | {"working_directory", "home", "read_only_root"},
    "container": {
        "capabilities_dropped",
        "capabilities_added",
        "privileged",
        "init",
        "entrypoint",
        "command",
        "platform",
    }
    | {"network_mode", "published_ports"},
    "network": {"resolvers", "ipv6"},
    "locale": {"lc_collate", "lc_numeric", "lc_time", "lc_messages", "encoding"},
    "platform": {"architecture", "kernel"},
    "cpu": {"count"},
}
"""The keys of these sections that rows may name, as the collectors and the engine give them."""
