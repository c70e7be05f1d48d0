"""Variables of the environment that a failure names, or that the code on its path reads."""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.explain.facts import Patterns, Told, matched, told
from parity.explain.model import Fact, Failure, Raised

_NAME = r"(?P<value>[A-Za-z_][A-Za-z0-9_]{1,100})"
_UPPER = r"(?P<value>[A-Z_][A-Z0-9_]{1,100})"

_PATTERNS: Patterns = (
    ("variable", re.compile(rf"(?i:\b(?:environment|env|environ)(?:ment)? ?var(?:iable)?s?:?) ['\"`$]{{0,2}}{_UPPER}\b")),
    ("variable", re.compile(rf"['\"`$]{{0,2}}\b{_UPPER}\b['\"`]? (?i:(?:environment |env )?var(?:iable)?\b)")),
    ("variable", re.compile(rf"\b{_NAME} not found\. Declare it as envvar")),
    ("variable", re.compile(rf"\bSet the {_NAME} environment variable")),
    ("variable", re.compile(rf"(?:^|[\s:]){_NAME}: (?:unbound variable|parameter (?:null or )?not set)", re.MULTILINE)),
    ("variable", re.compile(rf"(?i:\bset via |\bset (?:the )?|\bin )\$\{{?{_UPPER}\b")),
    ("variable", re.compile(rf"(?i:\b(?:missing|required|undefined|unset) (?:env\w*|config\w*|setting)s?:? )['\"`$]?{_UPPER}\b")),
    ("variable", re.compile(rf"['\"`$]?\b{_UPPER}\b['\"`]? (?i:is not set|is unset|not set\b|must be set|is not defined|is undefined"
                            r"|is required|not provided|is missing|is empty|not configured)")),
    ("variable", re.compile(rf"(?i:\b(?:must|please|need to|should|to) (?:set|define|export|provide)(?: the)?) ['\"`$]?{_UPPER}\b(?!\.)")),
    ("variable", re.compile(rf"\bos\.environ\[['\"]{_NAME}['\"]\]")),
    ("variable", re.compile(rf"\bEnvironment variable \"{_NAME}\" (?:not set|invalid)")),
    ("variable", re.compile(rf"\b(?:export|[Ss]et|[Ss]etting) {_UPPER}=")),
)  # fmt: skip

# Code that reads a variable: os.environ["X"], os.environ.get("X"), os.getenv("X"), env("X"), env.str("X"), config("X").
_READS = re.compile(
    r"\b(?:environ(?:\.get|\.pop|b)?|getenv|env(?:\.\w{1,20})?|config|decouple_config|require_env|get_env\w{0,20})"
    r"\s?[\[(]\s?f?b?['\"]([A-Za-z_][A-Za-z0-9_]{1,100})['\"]"
)
_KEY = re.compile(r"'([A-Za-z_][A-Za-z0-9_]{1,100})'\Z")
_OS = re.compile(r"(?:\A<frozen os>|/os\.py)\Z")

# pydantic-settings prints a field, and below it, indented, what is wrong with it.
_SETTINGS = re.compile(
    r"\bvalidation errors? for (?P<class>\w{0,60}(?:Settings|Config|Configuration|Env|Environment)\w{0,60})"
)
_FIELD = re.compile(
    r"^(?P<value>[A-Za-z_][\w.]{0,100})\n\s{1,8}(?:Field required|field required|none is not|Input should|value is not|Value error)",
    re.MULTILINE,
)

_SIDE_ONLY = frozenset(
    {"NOT", "THE", "AND", "OR", "SQL", "URL", "HTTP", "HTTPS", "JSON", "API", "ID", "ERROR", "IS", "A", "AN"}
)


def read(failure: Failure) -> Iterator[Fact]:
    """`variable`; for fields of a settings class also `setting`."""
    for fact in matched(failure, _PATTERNS):
        if fact.value not in _SIDE_ONLY:
            yield fact
    for one in told(failure):
        if _SETTINGS.search(one.text):
            for found in _FIELD.finditer(one.text):
                field = found["value"]
                yield one.fact("setting", field, found.start())
                yield one.fact("variable", field.replace(".", "__").upper(), found.start())
    for link, raised in enumerate(failure.chain):
        yield from _read_in_code(raised, link)


def _read_in_code(raised: Raised, link: int) -> Iterator[Fact]:
    one = Told(raised.message, raised.at, link, raised.type)
    key = _KEY.match(raised.message) if raised.type == "KeyError" else None
    innermost = raised.frames[-3:]
    if key and any(_OS.search(frame.file) for frame in innermost):
        yield one.fact("variable", key[1])
    for frame in innermost:
        for name in _READS.findall(frame.code):
            yield Fact("variable", name, frame.at, link, frame.code[:200])
