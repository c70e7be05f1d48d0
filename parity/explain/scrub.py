"""How secrets of a log stay in the log: what is quoted from it passes here first.

Taken out are values, never names: what follows `password=`, credentials and queries of URLs, tokens by their form,
values that PostgreSQL, SQLAlchemy and pydantic repeat in their messages, the local part of addresses. Numbers, paths,
hosts, names of variables, relations and settings stay, for they tell the cause.
"""

# ruff: noqa: E501 (an expression is easier read whole than in parts)

from __future__ import annotations

import re

GONE = "***"

# After a login a second @ is one of a password that was not escaped: what stands before it goes, too.
_URL_LOGIN = re.compile(
    r"(?i)([a-z][a-z0-9+.-]{0,30}://)[^\s/?#'\"<>]{0,300}@(?:(?:(?!://|\*{3})[^\s'\"<>]){0,4000}@)?"
)
# A password with a slash in it; what looks like a port and a path is none.
_URL_SLASHED = re.compile(
    r"(?i)([a-z][a-z0-9+.-]{0,30}://)[^\s/:@'\"<>?#]{0,200}:(?!\d{1,5}[/?#]|//)(?:(?!://|\*{3})[^\s'\"<>]){1,4000}@"
)
_URL_QUERY = re.compile(r"((?:://|\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|url:)\s)[^\s?'\"<>]{1,500}\?)[^\s'\"<>)]{1,2000}")

_NAMES_ONE = (
    r"pass(?:word|wd|phrase|wort)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signing[_-]?key"
    r"|secret[_-]?key|encryption[_-]?key|account[_-]?key|credentials?|authorization|signature|sig|session(?:[_-]?id)?"
    r"|jwt|otp|pin|dsn"
)
# Written in one word with what stands before them: PGPASSWORD, clientSecret, csrftoken.
_GLUED = r"pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key"
# What follows a name and tells of it rather than being its value, and code that reads it from somewhere.
_TELLS = (
    r"unbound\b|parameter\b|not\b|is\b|must\b|was\b|missing\b|required\b|field\b|invalid\b|none\b|null\b|true\b|false\b"
    r"|\$\{[A-Za-z_][A-Za-z0-9_]{0,100}[:}]|os\.|environ|getenv|env[.(\[]|config[.(\[]|settings\.|self\.|str\b|int\b|bool\b|no\b|expired\b"
)
_ASSIGNED = re.compile(
    rf"(?i)(?<![A-Za-z])((?:[a-z0-9]{{1,40}}[_.-]){{0,8}}(?:{_NAMES_ONE}|[a-z0-9]{{1,20}}?(?:{_GLUED}))"
    rf"(?:[_-][a-z0-9]{{1,40}}){{0,8}}(?:\\?[\"']\]?)?\s{{0,3}}(?:=>?|->|:)\s{{0,3}})(?!{_TELLS}|[=>]|\*{{3}})"
    r"(\\?\"(?:[^\"\\\n]|\\[^\"\n]){1,2000}\\?\"?|\\?'(?:[^'\\\n]|\\[^'\n]){1,2000}\\?'?|[^\s\"',;&)}\]]{1,2000})"
)
_HEADER = re.compile(
    r"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)((?:\\?[\"'])?\s{0,3}[:=]\s{0,3})[^\n]{1,2000}"
)
_BEARER = re.compile(r"(?i)\b(bearer\s{1,3})[A-Za-z0-9._~+/=-]{6,2000}|\b(basic\s{1,3})[A-Za-z0-9+/]{16,2000}={0,2}")
# An option and its value, apart: in a shell's words, or as a list of Python's.
_OPTION = re.compile(
    rf"(?i)((?<![\w-])--?(?:[a-z0-9]{{1,40}}[_-]){{0,4}}(?:{_NAMES_ONE})(?:[\"'],\s{{0,3}}[\"']|\s{{1,3}}[\"']?))"
    r"(?![-<\[{$*=:])[^\s\"',;)\]]{1,2000}"
)
_LOGIN_OPTION = re.compile(
    r"((?<![\w-])(?:-u|--user)(?:[\"'],\s{0,3}[\"']|[\s=]{0,3}[\"']?)[\w.@-]{1,64}:)[^\s\"',]{1,2000}"
)
_JOINED_OPTION = re.compile(r"(\b(?:mysql|mariadb|sshpass)[^\n]{0,300}?[\s\"']-p)[^\s\"',;)\]]{1,2000}")
_BARE_LOGIN = re.compile(r"((?<![\w.:/+-])[\w.+-]{1,64}:)[^\s:@/\"'<>(),]{3,300}(@[A-Za-z\[][\w.:\]-]{0,200})")
_QUOTED_LOGIN = re.compile(r"([\"'])[^\s\"'@/:*]{3,200}(@[A-Za-z][\w-]{0,100}\1)")
_PAIR = re.compile(r"(?i)(\b(?:basic_?)?auth=\()[^\n)]{1,2000}")
_WHOLE = re.compile(r"(\benviron\(\{)[^\n]{1,20000}")
# What libraries repeat of a text that they could not read: a short one is how a number was mistyped.
_REPEATED = re.compile(
    r"(\b(?:missing \"=\" after|invalid percent-encoded token:|forbidden value %00 in percent-encoded value:"
    r"|invalid (?:URI query parameter:|port number:|integer value)|URL from (?:given URL )?string|No support for"
    r"|with base \d{1,2}:|string to float:) )([\"'])([^\"'\n]{1,2000})"
)
_SHORT = 8
_SAID = re.compile(
    r"(?i)(\b(?:api[ _-]?key|access[ _-]?key|tokens?|password|secret|credentials?)(?: [a-z]{2,12})?: )"
    r"(?=[^\s]{0,60}\d|[^\s]{20})[^\s\"',/*][^\s\"',]{9,2000}"
)
_HOOK = re.compile(r"(\bhooks\.slack\.com/services/|/api/webhooks/\d{1,30}/|/bot\d{3,20}:)[\w/-]{3,300}")
_KNOWN = re.compile(
    r"\beyJ[\w-]{6,2000}\.[\w-]{4,2000}(?:\.[\w-]{0,2000})?"
    r"|\b(?:AKIA|ASIA|AIDA|AROA)[A-Z0-9]{12,20}\b"
    r"|\b(?:sk|pk|rk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{10,200}|\bsk-[A-Za-z0-9_-]{16,200}"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,255}|\bgithub_pat_\w{20,255}|\bglpat-[\w-]{16,100}|\bxox[abposr]-[\w-]{10,200}"
    r"|\bAIza[\w-]{30,50}|\bSG\.[\w-]{16,100}\.[\w-]{16,100}|\bhf_[A-Za-z0-9]{20,100}|\bpypi-[\w-]{40,300}"
    r"|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,4000}?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|\Z)"
)
_HEX = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{32,4000}(?![0-9A-Za-z])")
_LONG = re.compile(r"(?<![0-9A-Za-z_+-])[0-9A-Za-z_+-]{24,4000}={0,2}")
_STEP = re.compile(r"[a-z](?=[A-Z0-9])|[A-Z](?=[0-9])|[0-9](?=[A-Za-z])|[A-Z](?=[a-z])")

_KEY_DETAIL = re.compile(
    r"(\bKey \([^()\n]{1,300}\)=\()[^\n]{0,2000}?(\)(?= (?:already|is|conflicts|not)|\.|$))", re.MULTILINE
)
_ROW_DETAIL = re.compile(r"(\bFailing row contains \()[^\n]{0,4000}")
_SQL_LINE = re.compile(r"\b(?:LINE \d{1,6}|STATEMENT|QUERY|CONTEXT): [^\n]*")
_LITERAL = re.compile(r"'(?:[^'\n]|''){0,2000}'?")
_PARAMETERS = re.compile(r"(\[parameters: )[^\n]{1,4000}?(\]?)$", re.MULTILINE)
_INPUT = re.compile(r"(\binput_value=)[^\n]{0,2000}?(, input_type=|$)", re.MULTILINE)
_ADDRESS = re.compile(r"\b[\w.+-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24})\b")


def scrub(text: str) -> str:
    """The text without values that may be secret or personal; `***` stands for each. Scrubbing twice changes nothing."""
    if "(" in text:
        # First, for the quotes go with what stands in them, and an address ends at a quote.
        text = _WHOLE.sub(rf"\1{GONE}", text)
        text = _PAIR.sub(rf"\1{GONE}", text)
    if "://" in text or "?" in text:
        text = _URL_LOGIN.sub(rf"\1{GONE}@", text)
        text = _URL_SLASHED.sub(rf"\1{GONE}@", text)
        text = _URL_QUERY.sub(rf"\1{GONE}", text)
    text = _HEADER.sub(rf"\1\2{GONE}", text)
    if "-" in text:
        for option in (_OPTION, _LOGIN_OPTION, _JOINED_OPTION):
            text = option.sub(rf"\1{GONE}", text)
    if "'" in text or '"' in text:
        text = _REPEATED.sub(_unless_short, text)
    if "=" in text or ":" in text or ">" in text:
        text = _ASSIGNED.sub(rf"\1{GONE}", text)
        text = _SAID.sub(rf"\1{GONE}", text)
        text = _HOOK.sub(rf"\1{GONE}", text)
    if "(" in text or ":" in text or "=" in text:
        text = _KEY_DETAIL.sub(rf"\1{GONE}\2", text)
        text = _ROW_DETAIL.sub(rf"\1{GONE}).", text)
        text = _SQL_LINE.sub(lambda line: _LITERAL.sub(f"'{GONE}'", line[0]), text)
        text = _PARAMETERS.sub(rf"\1{GONE}\2", text)
        text = _INPUT.sub(rf"\1{GONE}\2", text)
    text = _BEARER.sub(lambda one: f"{one[1] or one[2]}{GONE}", text)
    text = _KNOWN.sub(GONE, text)
    text = _HEX.sub(GONE, text)
    text = _LONG.sub(_unless_words, text)
    if "@" in text:
        text = _BARE_LOGIN.sub(rf"\1{GONE}\2", text)
        text = _QUOTED_LOGIN.sub(rf"\1{GONE}\2", text)
        text = _ADDRESS.sub(rf"{GONE}@\1", text)
    return text


def _unless_short(match: re.Match[str]) -> str:
    return match[0] if len(match[3]) <= _SHORT else f"{match[1]}{match[2]}{GONE}"


def _unless_words(match: re.Match[str]) -> str:
    """Random text changes between upper case, lower case and digits at every other letter; names do not."""
    text = match[0]
    steps = len(_STEP.findall(text))
    random = steps >= 0.35 * len(text) and any(letter.isdigit() for letter in text)
    return GONE if random else text
