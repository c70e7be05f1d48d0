"""Profiles that a stranger made: refused in one line with the rule and the place, or shown and never obeyed."""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Result, parity, start
from tests.proof.profiles import WHOLE, document, profile, section

COMMANDS = (("show",), ("snapshot",), ("diff", "local.json"))
"""Ways to read a profile; the path follows."""


def refused(result: Result, rule: str) -> None:
    assert result.code == 2, result
    assert result.out == ""
    line = result.line()
    assert re.search(rule, line), line
    assert all(part.isprintable() for part in result.err.splitlines()), result.err


TEXTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty: no JSON"),
    "no JSON": (b"PK\x03\x04\x00\x00", "not JSON"),
    "not UTF-8": (b'{"name": "\xff\xfe"}', "not UTF-8 text"),
    "byte order mark": (b"\xef\xbb\xbf{}", "byte order mark"),
    "a list": (b"[]", "not an object at the top level"),
    "a number": (b"1", "not an object at the top level"),
    "nothing in it": (b"{}", "missing key"),
    "100,000 brackets": (b"[" * 100_000, "nested deeper than 32 levels"),
    "100,000 objects": (b'{"a":' * 100_000, "nested deeper than 32 levels"),
    "a million digits": (b'{"name": ' + b"9" * 1_000_000 + b"}", "number .* at /name"),
    "NaN": (b'{"name": NaN}', "number .* at /name"),
    "infinity": (b'{"name": -Infinity}', "number .* at /name"),
    "1e999": (b'{"name": 1e999}', "number .* at /name"),
    "a key twice": (b'{"name": "a", "name": "b"}', "a key that stands twice at /name"),
    "two sections": (profile()[:-1] + b', "sections": {}}', "at /sections"),
    "lone surrogate": (profile().replace(b'"name": "web"', b'"name": "\\ud800"'), "lone surrogate .* at /name"),
    "NUL": (profile(name="a\0b"), "control character .* at /name"),
    "ESC": (profile(name="\x1b[2J"), "control character .* at /name"),
    "ESC in a key": (
        profile({"python": section(**{"\x1b[2J": 1})}),
        "control character .* at /sections/python",
    ),
    "raw ESC": (profile().replace(b'"web"', b'"\x1b[2J"'), "not JSON"),
    "sections as a list": (json.dumps({**document(), "sections": []}).encode(), "not an object at /sections"),
    "items as a list": (profile({"python": {**section(), "items": []}}), "not an object at /sections/python/items"),
    "item as a list": (profile({"packages": section(flask=[1])}), "at /sections/packages/items/flask"),
    "extra key": (json.dumps({**document(), "colour": 1}).encode(), "unknown key at /colour"),
    "missing key": (json.dumps({k: v for k, v in document().items() if k != "name"}).encode(), "missing key 'name'"),
    "later model": (profile(schema="2.0.0"), r"needs parity >= 2\.0"),
    "older model": (profile(schema="0.1.0"), "older than any"),
    "another digest": (profile().replace(b"3.11.2", b"3.11.3"), "digest does not match"),
    "runner command as a key": (json.dumps({**document(), "::error::x": 1}).encode(), "unknown key"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_that_is_no_profile(tmp_path: Path, name: str) -> None:
    content, rule = TEXTS[name]
    path = tmp_path / "production.json"
    path.write_bytes(content)
    refused(parity("show", path), rule)


@pytest.mark.parametrize("name", ["a key twice", "ESC", "nothing"])
def test_standard_input_that_is_no_profile(name: str) -> None:
    content, rule = TEXTS[name]
    refused(parity("show", "-", stdin=content), f"{rule}.*\\(standard input\\)")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_refuses_alike(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "local.json").write_bytes(profile())
    (tmp_path / "production.json").write_bytes(TEXTS["another digest"][0])
    refused(parity(*command, "production.json", cwd=tmp_path), "its digest does not match .* \\(production.json\\)")
    accepted = parity(*command, "production.json", "--no-verify", cwd=tmp_path)
    assert accepted.code in (0, 1)
    assert accepted.err.startswith("parity: warning: production.json: the digest does not match")


def _directory(path: Path) -> None:
    path.mkdir()


def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1 << 30)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(path))


KINDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a directory": (_directory, "a directory, not a file"),
    "a named pipe": (os.mkfifo, "a named pipe, not a file"),
    "a gigabyte of nothing": (_sparse, "larger than 16 MiB"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "a device, not a file"),
    "a socket": (_socket, "a socket, not a file"),
    "a link to itself": (lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
    "nothing": (lambda path: None, "no such profile"),
}


def _in_little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))


@pytest.mark.parametrize("name", KINDS)
def test_what_is_no_file_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    make, rule = KINDS[name]
    path = tmp_path / "place"
    make(path)
    began = time.monotonic()
    # A bound on memory rather than a look at it afterwards: what is told of a finished child starts at its parent's.
    with start("show", path, preexec_fn=_in_little_memory) as process:
        written, said = process.communicate()
    assert time.monotonic() - began < 3
    refused(Result(process.returncode, written, said), rule)
    assert not path.is_fifo() or stat.S_ISFIFO(path.stat().st_mode)


HOSTILE = (
    "\x9b31mred",
    "safe\u202eetis",
    "zero\u200bwidth",
    "no\u00a0break",
    "[red]",
    "[/nope]",
    "[link=http://host]here[/link]",
    ":smile:",
    "{0.__class__}",
    "%s%n",
    "##[set-env name=x]y",
    "##vso[task.setvariable variable=x]y",
    "::error::",
    "::stop-commands::word",
    "a ::add-mask::b",
    "\u2028::warning::",
    "<script>alert(1)</script>",
    "| `a` | @team ![](http://host)",
    "=cmd()",
    "%0A::warning::",
)

# Wherever a report breaks its lines, one of these would put a command at the start of one.
AT_EVERY_BREAK = tuple(f"{'a' * count}::error::{'b' * 20}" for count in range(1, 150))


def runner_commands(text: str) -> list[str]:
    """The lines of a log that the GitHub or the Azure runner would obey, as their parsers read them."""
    lines = re.split(r"\r\n|\r|\n", text)
    return [line for line in lines if re.match(r"\s*::[^:]", line) or re.search(r"##(vso)?\[", line)]


def stranger(value: str, **more: str) -> bytes:
    """A profile with hostile names wherever a profile has room for text."""
    items = {one: {"version": value or one, one: one} for one in (*HOSTILE, *AT_EVERY_BREAK)}
    every = " ".join(HOSTILE)
    return profile(
        {
            **WHOLE,
            "packages": {**section(**items), "notes": [*HOSTILE, *AT_EVERY_BREAK]},
            "environment": section(**{one: {"state": "set"} for one in AT_EVERY_BREAK}, more={"state": "set"}, **more),
            "platform": section("unavailable", every),
            "volumes": {**section("partial", every), "hidden": [*HOSTILE, "*"]},
        },
        name=every,
        target={"kind": "docker", "reference": every},
        identity={one[:60]: one for one in HOSTILE},
        tool=every,
    )


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    local, production = tmp_path / "local.json", tmp_path / "production.json"
    local.write_bytes(stranger(""))
    production.write_bytes(stranger("2.0", TOKEN="x"))
    return local, production


@pytest.mark.parametrize("colour", ["", "1"], ids=["plain", "colour"])
@pytest.mark.parametrize("columns", ["40", "80", "140"])
@pytest.mark.parametrize("command", ["show", "diff"])
def test_hostile_text_is_shown_and_never_obeyed(
    sides: tuple[Path, Path], command: str, columns: str, colour: str
) -> None:
    env = {"COLUMNS": columns, "FORCE_COLOR": colour}
    files = sides if command == "diff" else sides[1:]
    result = parity(command, *files, "--all", env=env)
    assert result.code in (0, 1, 3), result.err
    assert result.err == ""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", result.out)
    assert (plain != result.out) == bool(colour)
    assert runner_commands(plain) == []
    assert [line for line in plain.split("\n") if not line.isprintable()] == []
    if columns == "140":
        for literal in ("[red]", "[/nope]", "[link=http://host]here[/link]", ":smile:"):
            assert literal in plain, literal


def test_hostile_text_in_a_document(sides: tuple[Path, Path], tmp_path: Path) -> None:
    shown = parity("diff", *sides, "--format", "json")
    parity("diff", *sides, "--format", "json", "-o", tmp_path / "report.json")
    profiles = parity("snapshot", sides[0])
    for text in (shown.out, (tmp_path / "report.json").read_text(), profiles.out):
        assert runner_commands(text) == []
        assert [line for line in text.split("\n") if not line.isprintable()] == []
    assert {one["key"] for one in shown.document["findings"]} >= {*HOSTILE} - {"\u2028::warning::"}
    assert profiles.document["name"] == " ".join(HOSTILE)
    assert json.loads((tmp_path / "report.json").read_bytes()) == shown.document


WORD = "a\x1b]0;title\x07\x9b31m\u202e\r\n::error::x\n##[set-env name=x]y"


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", WORD),
        ("show", f"docker://{WORD}"),
        ("show", f"{WORD}://web"),
        ("snapshot", "-o", f"/nonexistent/{WORD}"),
        ("snapshot", "--section", WORD),
        ("snapshot", "--now", WORD),
        ("snapshot", "--timeout", WORD),
        ("snapshot", "--python", WORD),
        ("snapshot", "--database-url-env", WORD),
        ("snapshot", f"--{WORD}"),
        ("snapshot", "local", WORD),
        ("diff", "local", "local", "--format", WORD),
        ("diff", "local", "local", "--fail-on", WORD),
        (WORD,),
    ],
    ids=lambda arguments: " ".join(arguments).partition("a\x1b")[0],
)
def test_a_hostile_word_on_the_command_line_is_not_echoed_raw(arguments: tuple[str, ...]) -> None:
    result = parity(*arguments)
    refused(result, "")
    assert runner_commands(result.err) == []
