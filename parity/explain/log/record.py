"""One record as a program's own logging writes it: when, how grave, and what it says.

Formats of logging, gunicorn, uvicorn, hypercorn, celery, loguru, Flask, PostgreSQL, pgbouncer, logfmt, glog, uwsgi.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from parity.explain.log.stamps import ISO


class Level(IntEnum):
    """How grave a record says it is."""

    DEBUG = 10
    INFO = 20
    WARNING = 30
    ERROR = 40
    FATAL = 50


_DETAILS = ("STATEMENT", "DETAIL", "HINT", "CONTEXT", "QUERY")

LEVELS = {
    **dict.fromkeys(("DEBUG", "TRACE", "DEBUG1", "DEBUG2", "DEBUG3", "DEBUG4", "DEBUG5", "D"), Level.DEBUG),
    **dict.fromkeys(("INFO", "NOTICE", "LOG", "SUCCESS", "DEFAULT", "I", *_DETAILS), Level.INFO),
    **dict.fromkeys(("WARNING", "WARN", "W"), Level.WARNING),
    **dict.fromkeys(("ERROR", "ERR", "SEVERE", "E"), Level.ERROR),
    **dict.fromkeys(("CRITICAL", "CRIT", "FATAL", "PANIC", "ALERT", "EMERGENCY", "EMERG", "F"), Level.FATAL),
}
"""Each word that a record may call its level by."""

_WORDS = "|".join(sorted((word for word in LEVELS if len(word) > 2), key=len, reverse=True))
# Without a time before them these go on with a message of psycopg's.
_FIRST_WORDS = "|".join(
    sorted((word for word in LEVELS if len(word) > 2 and word not in _DETAILS), key=len, reverse=True)
)
_TIME = re.compile(rf"[\[(]?(?P<time>{ISO}|\d{{4}}/\d\d/\d\d \d\d:\d\d:\d\d|\d\d:\d\d:\d\d(?:[.,]\d{{1,6}})?)[\])]?")
_LED = re.compile(rf"[\[(<]?(?P<level>{_FIRST_WORDS})(?:[\])>]|\s*:|\s+[\[(|:-]|\s{{1,8}}(?=\S)|$)")
_AFTER_TIME = re.compile(rf"(?<![\w.=-])(?P<level>{_WORDS}|{_WORDS.lower()})(?![\w=.-])", re.ASCII)
_CELERY = re.compile(r"[\[(](?P<time>[\d: ,-]{19,30}): (?P<level>[A-Z]{4,8})/(?P<process>[\w.-]{1,64})\] ?")
_LOGFMT = re.compile(r"(?:^|\s)(?:level|lvl|severity)=\"?(?P<level>[A-Za-z]{3,9})\b")
_LOGFMT_MESSAGE = re.compile(
    r"(?:^|\s)(?:msg|message|event|error|err)=(?:\"(?P<quoted>(?:[^\"\\]|\\.){0,4000})\"?|(?P<plain>\S{1,4000}))"
)
_GLOG = re.compile(r"(?P<level>[IWEF])\d{4} \d\d:\d\d:\d\d\.\d{3,6} +\d+ [\w./-]{1,128}:\d+\] ?")
_LOGGER = re.compile(r"[:|\s\])-]{0,8}")

_LOOKED_AT = 96
"""Characters after the time among which a level stands."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record's first line."""

    message: str
    level: Level | None = None
    time: str | None = None
    """As written."""
    process: str = ""


def record(text: str) -> Record | None:
    """The record that a line begins; None where it begins none, and goes on with one or stands by itself."""
    first = text[:1]
    if not first or first in " \t":
        return None
    found = _CELERY.match(text) if first in "[(" else _GLOG.match(text) if first in "IWEF" else None
    if found:
        told = found.groupdict()
        level = LEVELS.get(found["level"])
        return Record(text[found.end() :], level, told.get("time"), told.get("process") or "") if level else None
    found = _TIME.match(text) if first in "[(" or first.isdigit() else None
    if found:
        return _timed(text, found)
    if first in "[(<" or first.isupper():
        found = _LED.match(text)
        if found:
            return Record(_rest(text, found.end()), LEVELS[found["level"]])
    if "=" in text and (found := _LOGFMT.search(text[:400])):
        return _logfmt(text, found, None)
    return None


def _timed(text: str, time: re.Match[str]) -> Record:
    if "=" in text and (found := _LOGFMT.search(text[:400])):
        return _logfmt(text, found, time["time"])
    found = _AFTER_TIME.search(text, time.end(), time.end() + _LOOKED_AT)
    # A word of a sentence is no level: those stand before any text in lower case that is no logger's name.
    if found and not re.search(r"[a-z] [a-z]", text[time.end() : found.start()]):
        return Record(_rest(text, found.end()), LEVELS.get(found["level"].upper()), time["time"])
    return Record(_rest(text, time.end()), None, time["time"])


def _logfmt(text: str, level: re.Match[str], time: str | None) -> Record:
    told = _LOGFMT_MESSAGE.search(text)
    message = (told["quoted"] or told["plain"] or "") if told else text
    message = message.replace("\\n", "\n").replace('\\"', '"')
    stamp = re.search(r"(?:^|\s)(?:time|ts|timestamp)=\"?([^\s\"]{1,40})", text)
    return Record(message, LEVELS.get(level["level"].upper()), time or (stamp[1] if stamp else None))


def _rest(text: str, start: int) -> str:
    found = _LOGGER.match(text, start)
    return text[found.end() if found else start :]
