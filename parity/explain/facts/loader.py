"""Shared libraries, symbols and versions of symbols that the dynamic loader does not find."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched
from parity.explain.model import Fact, Failure

_FILE = r"(?:/[\w./+-]{1,300}/)?"

_PATTERNS: Patterns = (
    ("soname", re.compile(rf"{_FILE}(?P<value>[\w.+-]{{1,100}}\.so[\w.]{{0,30}}): (?:cannot open|failed to map|wrong ELF|invalid ELF|file too short)")),
    ("soname", re.compile(r"\bError loading shared library (?P<value>[\w.+-]{1,100}\.so[\w.]{0,30})")),
    ("soname", re.compile(rf"\b(?:cannot|could not|unable to|failed to) (?:load|find|open) (?:the )?(?:shared |dynamic )?(?:library |object )?['\"]?{_FILE}(?P<value>lib[\w.+-]{{1,100}})['\"]?")),
    ("soname", re.compile(r"\b(?P<value>lib[a-z0-9_+-]{1,60}) (?:library )?(?:not found|is not installed|could not be (?:found|loaded)|is missing)")),
    ("soname", re.compile(r"(?i)\bno library called \"(?P<value>[\w.+-]{1,100})\" was found")),
    ("soname", re.compile(r"(?i)\b(?:could not|cannot|unable to|failed to) (?:find|load|locate) (?:the )?(?P<value>[A-Za-z][\w+-]{1,60}) (?:shared |dynamic |C )?library\b")),
    ("soname", re.compile(r"(?i)\bCould not find lib(?:rary)? (?P<value>[\w+-]{1,60})\b")),
    ("soname", re.compile(rf"{_FILE}(?P<value>[\w.+-]{{1,100}}\.so[\w.]{{0,30}}): version [`'\"]")),
    ("symbol", re.compile(r"\bundefined symbol: (?P<value>[A-Za-z_][\w@.]{0,200})")),
    ("symbol", re.compile(r"\bError relocating [^\s:]{1,300}: (?P<value>[A-Za-z_]\w{0,200}): symbol not found")),
    ("symbol", re.compile(r"\bsymbol (?P<value>[A-Za-z_]\w{0,200}),? version \w")),
    ("symbol_version", re.compile(r"\bversion [`'\"](?P<value>[A-Za-z0-9_.]{1,60})['\"] not found")),
    ("symbol_version", re.compile(r"\bsymbol \w{1,200},? version (?P<value>[A-Za-z0-9_.]{1,60}) not defined")),
)  # fmt: skip


def read(failure: Failure) -> Iterator[Fact]:
    """`soname`, `symbol`, `symbol_version`."""
    yield from matched(failure, _PATTERNS)
