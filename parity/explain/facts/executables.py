"""Programs that are called and are not there."""

# ruff: noqa: E501, RUF001 (expressions read whole; GNU programs quote with curved marks)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, Told, matched
from parity.explain.model import Fact, Failure

_NAME = r"(?P<value>[A-Za-z0-9_][\w.+-]{0,60}|/[\w./+-]{1,200})"
_QUOTE = r"['\"`‘“]?"
_END = r"['\"`’”]?"

_PATTERNS: Patterns = (
    ("executable", re.compile(rf"(?:^|[\s:]){_NAME}: (?:command )?not found\s*$", re.MULTILINE)),
    ("executable", re.compile(rf"\bcommand not found: {_NAME}")),
    ("executable", re.compile(rf"\bexec: \\?\"{_NAME}\\?\": (?:executable file not found|stat|permission denied|no such file)")),
    ("executable", re.compile(rf"\benv: {_QUOTE}{_NAME}{_END}: No such file")),
    ("executable", re.compile(rf"\bexec {_NAME}: (?:no such file|exec format error)")),
    ("executable", re.compile(rf"\b[Bb]ad {_NAME} executable\b")),
    ("executable", re.compile(rf"(?i:could not find|couldn't find|unable to find|cannot find|can't find|failed to find|unable to locate|not find)"
                              rf" (?i:an? |the |any )?(?i:available |suitable |usable |valid )?{_QUOTE}{_NAME}{_END}"
                              r" (?i:executable|binary|runtime|program|command|interpreter|compiler)\b")),
    ("executable", re.compile(rf"(?i:could not find|couldn't find|unable to find|cannot find) (?i:the )?(?i:executable|binary|program|command) {_QUOTE}{_NAME}{_END}")),
    ("executable", re.compile(rf"{_QUOTE}\b{_NAME}{_END} (?i:is not installed or it's not in your path|not found (?:in|on) (?:your |the )?\$?path|was not found (?:in|on) (?:your )?path"
                              r"|is not (?:in|on) (?:your )?path|executable not found|binary not found|executable (?:could not|cannot) be found)")),
    ("executable", re.compile(rf"\bIs {_NAME} (?i:installed and in (?:your )?path)")),
    ("executable", re.compile(rf"\bNo {_NAME} (?:executable|binary|runtime|command) (?:was )?found")),
    ("executable", re.compile(rf"(?i:failed to execute|execution of) \[?(?:PosixPath\()?['\"]{_NAME}['\"]")),
    ("executable", re.compile(rf"\bCommand '?\[?'{_NAME}'[^\n]{{0,300}} returned non-zero exit status 12[67]")),
    ("executable", re.compile(rf"\b(?:unable to execute|error: command) '{_NAME}'(?::| failed: No such)")),
)  # fmt: skip

_NO_FILE = re.compile(r"(?:\[Errno (?:2|13|8)\] [^:'\"\n]{1,60}): (?:\w{0,20}Path\()?'(?P<value>[^'\n]{1,200})'\)?\Z")
_RUNS = re.compile(
    r"/(?:subprocess|asyncio/subprocess|asyncio/unix_events|pty|ptyprocess|pexpect)\w*\.py\Z|\A<frozen subprocess>"
)


def read(failure: Failure) -> Iterator[Fact]:
    """`executable`."""
    for fact in matched(failure, _PATTERNS):
        if fact.value.lower() not in ("module", "file", "page", "table", "error"):
            yield fact
    for link, raised in enumerate(failure.chain):
        found = _NO_FILE.match(raised.message.partition("\n")[0])
        if found and any(_RUNS.search(frame.file) for frame in raised.frames[-2:]):
            yield Told(raised.message, raised.at, link, raised.type).fact("executable", found["value"])
