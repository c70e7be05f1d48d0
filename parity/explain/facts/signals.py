"""Signals that ended a process, and the statuses with which one exited."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Told, told
from parity.explain.model import Fact, Failure

# signal(7), the numbers of x86 and ARM.
_NUMBERS = {
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
    10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
}  # fmt: skip
_WORDS = {
    "illegal instruction": "SIGILL",
    "segmentation fault": "SIGSEGV",
    "segfault at": "SIGSEGV",
    "trap invalid opcode": "SIGILL",
    "bus error": "SIGBUS",
    "fatal python error: aborted": "SIGABRT",
    "aborted (core dumped)": "SIGABRT",
    "floating point exception": "SIGFPE",
    "file size limit exceeded": "SIGXFSZ",
    "cpu time limit exceeded": "SIGXCPU",
    "bad system call": "SIGSYS",
    "killed process": "SIGKILL",
    "oomkilled": "SIGKILL",
}
_NAME = re.compile(r"\bSIG(?:HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|SEGV|USR[12]|PIPE|ALRM|TERM|XCPU|XFSZ|SYS)\b")
_NUMBER = re.compile(
    r"\b(?:signal|status)[ =:]{1,3}(\d{1,2})(?:/(?:KILL|TERM|SEGV|ABRT|ILL|BUS|INT|HUP|PIPE|SYS)\b)|\bsignal (\d{1,2})\b"
)
_NEGATIVE = re.compile(r"\b(?:exit ?codes?|exit status|code|returncode)\b[^\n\d-]{0,20}-(\d{1,2})\b")
_KILLED = re.compile(r"(?:^|: line \d{1,6}: +\d+ |sh: )Killed\b")
_STATUS = re.compile(
    r"(?i)\b(?:exit(?:ed|s|ing)?|returned|terminated|completed|failed)\b[^\n]{0,60}?\b(?:code|status)[ =:(]{1,3}(\d{1,3})\b"
    r"|\bexit ?(?:code|status)[ =:]{1,4}(\d{1,3})\b|code=exited, status=(\d{1,3})"
)


def read(failure: Failure) -> Iterator[Fact]:
    """`signal`, `exit_status`; a status above 128 tells its signal too."""
    for one in told(failure):
        yield from _signals(one)
        for found in _STATUS.finditer(one.text):
            status = int(found[1] or found[2] or found[3])
            if 0 < status < 256:
                yield one.fact("exit_status", str(status), found.start())
                if status - 128 in _NUMBERS:
                    yield one.fact("signal", _NUMBERS[status - 128], found.start())
    for link, raised in enumerate(failure.chain):
        if raised.type == "SystemExit" and raised.message.isdecimal() and len(raised.message) < 4:
            yield Told(raised.message, raised.at, link, raised.type).fact("exit_status", raised.message)


def _signals(one: Told) -> Iterator[Fact]:
    for found in _NAME.finditer(one.text):
        yield one.fact("signal", found[0], found.start())
    for pattern in (_NUMBER, _NEGATIVE):
        for found in pattern.finditer(one.text):
            number = int(next(group for group in found.groups() if group))
            if number in _NUMBERS:
                yield one.fact("signal", _NUMBERS[number], found.start())
    low = one.text.lower()
    for words, name in _WORDS.items():
        at = low.find(words)
        if at >= 0:
            yield one.fact("signal", name, at)
    killed = _KILLED.search(one.text)
    if killed:
        yield one.fact("signal", "SIGKILL", killed.start())
