"""What a program says that it needs installed, and what does not fit what it requires."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, matched, told
from parity.explain.model import Fact, Failure

_WORD = r"[A-Za-z][\w.-]{0,60}\w(?:\[[\w,.-]{1,60}\])?"
_BOUND = r"(?:\s?(?:[<>=!~]=?|===)\s?[\w.*]{1,20}(?:,\s?[<>=!~]=?\s?[\w.*]{1,20}){0,4})?"
_ONE = rf"(?P<value>{_WORD}{_BOUND})"
_KIND = r"(?:Python )?(?:package|library|module|dependency|distribution|extra|driver)"

_PATTERNS: Patterns = (
    ("requirement", re.compile(rf"(?i)\b(?:please )?(?:install(?:ing)?|downgrade to|upgrade to) (?:the )?(?:optional )?(?:{_KIND} )?['\"`]{_ONE}['\"`]")),
    ("requirement", re.compile(rf"(?i)\b(?:install|or) '{_ONE}'(?= |,|\.|$)")),
    ("requirement", re.compile(rf"(?i)\b(?:please|need to|must) install (?:the )?{_ONE}(?= |,|\.\s|\.?$)", re.MULTILINE)),
    ("requirement", re.compile(rf"(?i)(?:^|[\s(:'\"`]){_ONE}['\"`]? (?:{_KIND} )?(?:is|are) not installed\b", re.MULTILINE)),
    ("requirement", re.compile(rf"(?i)\bthe ['\"`]?{_ONE}['\"`]? {_KIND} (?:is required|must be installed|was not found|is not installed)")),
    ("requirement", re.compile(rf"(?i)(?:^|[\s:]){_ONE} (?:must be installed|is required to|needs to be installed)\b", re.MULTILINE)),
    ("requirement", re.compile(rf"(?i)\brequires? (?:the )?['\"`]?{_ONE}['\"`]? (?:{_KIND}\b|to be installed|which is not installed)")),
    ("requirement", re.compile(rf"(?i)\b[Mm]issing (?:optional |required )?dependenc(?:y|ies):? ['\"`]?(?!for\b|of\b){_ONE}['\"`]?")),
    ("requirement", re.compile(r"\b[Mm]issing dependencies for (?P<value>[\w-]{2,40})")),
    ("requirement", re.compile(rf"\bThe '{_ONE}' distribution was not found")),
    ("requirement", re.compile(rf"Requirement\.parse\('{_ONE}'\)")),
    ("requirement", re.compile(rf"\brequires {_ONE}, (?:but you have|which is)\b")),
    ("requirement", re.compile(rf"\b(?:depends on|requested) {_ONE}(?=\s|$)")),
    ("requirement", re.compile(rf"\bNo matching distribution found for {_ONE}")),
    ("requirement", re.compile(rf"\bsatisfies the requirement {_ONE}")),
    ("distribution", re.compile(rf"\b(?P<value>{_WORD}) v?\d[\w.+!-]{{0,30}} (?:requires|depends on) {_WORD}")),
    ("distribution", re.compile(rf"\bbut you have (?P<value>{_WORD}) [\w.]{{1,20}} which is incompatible")),
)  # fmt: skip

_PIP = re.compile(r"\b(?:pip3?|uv pip|uv|poetry|conda) (?:install|add) (?P<rest>[^\n;|&)]{1,300})")
_ARGUMENT = re.compile(rf"['\"`]?({_WORD}{_BOUND})['\"`]?")
_MOVE = re.compile(
    rf"(?i)\b(?P<way>downgrad|upgrad)(?:e|ing) (?:the )?['\"`]?(?P<name>{_WORD})['\"`]? (?:package )?to (?:version )?v?(?P<version>\d[\d.]{{0,20}})"
)
_MINIMUM = re.compile(
    rf"\brequires? (?P<name>{_WORD})(?: version)? v?(?P<version>\d[\w.]{{0,20}}) or (?:higher|newer|later|greater|above)"
)
_SENTENCE = re.compile(r"(?i)(?:or|and|to|manually|first|then|with|if|it|in|for|the|you|please|this|on)\Z")
_NOT_NAMES = frozenset(
    {
        "it",
        "that",
        "this",
        "which",
        "package",
        "module",
        "library",
        "and",
        "or",
        "the",
        "dependencies",
        "dependency",
        "them",
    }
    | {"version", "python", "support", "app", "all", "command", "program", "they", "value", "argument", "field", "file"}
)


def read(failure: Failure) -> Iterator[Fact]:
    """`requirement`, `distribution`."""
    for fact in matched(failure, _PATTERNS):
        if fact.value.lower() not in _NOT_NAMES:
            yield fact
    for one in told(failure):
        for found in _PIP.finditer(one.text):
            for name in _named(found["rest"]):
                yield one.fact("requirement", name, found.start())
        for found in _MOVE.finditer(one.text):
            bound = "<=" if found["way"].lower() == "downgrad" else ">="
            yield one.fact("requirement", f"{found['name']}{bound}{found['version'].rstrip('.')}", found.start())
        for found in _MINIMUM.finditer(one.text):
            yield one.fact("requirement", f"{found['name']}>={found['version']}", found.start())


def _named(rest: str) -> Iterator[str]:
    """The arguments of an install command, up to where the sentence goes on."""
    for word in rest.split()[:8]:
        bare = word.strip(",.`")
        if bare.startswith("-"):
            continue
        found = _ARGUMENT.match(bare)
        if not found or _SENTENCE.match(bare):
            return
        yield found[1].rstrip(".,")
        if word.endswith((",", ".", "`", '"', "'")) and not word.startswith(("'", '"')):
            return
