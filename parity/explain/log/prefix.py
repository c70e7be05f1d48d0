"""What a collector of logs writes before each line, taken off: compose, docker, kubectl, CRI, journald, syslog,
Heroku, Fly, CloudWatch. It tells which program a line is of, and when it was written.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from parity.explain.log.stamps import epoch

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_ZONED = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)"
_TAG = r"(?P<tag>[^\s:\[\]]{1,128})(?:\[(?P<pid>[\w.-]{1,64})\])?:(?: |$)"

_COMPOSE = re.compile(r"(?P<source>[A-Za-z0-9][\w.-]{0,120}?[-_]\d{1,4}) *\| ?")
_COMPOSE_NAMED = re.compile(r"(?P<source>[A-Za-z0-9][\w.-]{0,120}) +\| ?")
_KUBECTL = re.compile(r"\[(?P<source>(?:pod/)?[\w.-]{1,253}/[\w.-]{1,253})\] ?")
_STAMPED = re.compile(rf"(?P<time>{_ZONED})(?: (?P<fd>stdout|stderr) (?P<part>[FP])(?: |$)| |\t|$)")
_SYSLOG = re.compile(rf"(?P<time>{_MONTH} [ \d]\d \d\d:\d\d:\d\d(?: \d{{4}})?) (?P<host>[\w.:-]{{1,255}}) {_TAG}")
_PRIORITY = re.compile(r"<\d{1,3}>")
_RFC5424 = re.compile(
    rf"1 (?P<time>{_ZONED}|-) (?P<host>\S{{1,255}}) (?P<tag>\S{{1,48}}) (?P<pid>\S{{1,128}}) \S{{1,32}} "
    r"(?:-|(?:\[[^\]]{0,1024}\]){1,8})(?: \ufeff?|$)"
)
_DYNO = re.compile(r"(?P<tag>[\w-]{1,64})\[(?P<pid>[\w.-]{1,64})\]: ?")
_FLY = re.compile(r"(?P<tag>\w{1,32})\[(?P<pid>\w{6,32})\] [a-z]{3} \[\w{4,8}\] ?")
_HOST_TAG = re.compile(rf"(?P<host>[\w.-]{{1,255}}) {_TAG}")
_LAMBDA = re.compile(r"(?P<source>\d{4}/\d\d/\d\d/\[[\w$.-]{1,64}\][0-9a-f]{8,64}) ")
_LEVELS = frozenset({"CRITICAL", "FATAL", "ERROR", "WARNING", "WARN", "INFO", "DEBUG", "NOTICE", "LOG", "TRACE"})


@dataclass(slots=True)
class Peeled:
    """A line without what its collector wrote before it."""

    text: str
    source: str = ""
    """The program that wrote it, as far as the collector tells: container, pod, unit, dyno."""
    stream: str = ""
    """The one order of lines in it: the source, with its process and file descriptor."""
    time: str | None = None
    """As written."""
    partial: bool = False
    """The next line of the stream goes on where this one ends."""


def peel(text: str, named: bool = False) -> Peeled:
    """The line without its prefixes, at most three on top of one another.

    `named`: the log is known to come from compose, so a name without a number counts too.
    """
    found = Peeled(text)
    for _ in range(3):
        if not _once(found, named):
            break
    return found


def by_compose(text: str) -> bool:
    """Whether a log's first line looks as if compose had written a service's name before it."""
    return _COMPOSE_NAMED.match(text) is not None


def _once(found: Peeled, named: bool) -> bool:
    text = found.text
    first = text[:1] or " "
    if first == "{":
        return text.startswith(('{"log"', '{"MESSAGE"', '{"_', '{"__')) and _json(found)
    if "0" <= first <= "9":
        return _stamped(found) or _by(found, _LAMBDA) or (not found.source and _by(found, _COMPOSE))
    if first in "[<":
        return _by(found, _KUBECTL) if first == "[" else _priority(found)
    if first.isalpha():
        if _by(found, _SYSLOG):
            return True
        return not found.source and (_by(found, _COMPOSE) or (named and _by(found, _COMPOSE_NAMED)))
    return False


def _by(found: Peeled, pattern: re.Pattern[str], start: int = 0) -> bool:
    match = pattern.match(found.text, start)
    if not match:
        return False
    told = match.groupdict()
    tag = told.get("tag")
    if tag and tag.upper() in _LEVELS:
        return False
    source = told.get("source") or " ".join(word for word in (told.get("host"), tag) if word)
    if source:
        found.source = f"{found.source} {source}".strip()
        found.stream = f"{found.stream} {source} {told.get('pid') or ''}".strip()
    found.time = found.time or told.get("time")
    found.text = found.text[match.end() :]
    return True


def _stamped(found: Peeled) -> bool:
    match = _STAMPED.match(found.text)
    if not match:
        return False
    found.time = found.time or match["time"]
    found.text = found.text[match.end() :]
    if match["fd"]:
        found.stream += f" {match['fd']}"
        found.partial = match["part"] == "P"
    elif not (_by(found, _DYNO) or _by(found, _FLY)):
        _by(found, _HOST_TAG)
    return True


def _priority(found: Peeled) -> bool:
    match = _PRIORITY.match(found.text)
    if not match:
        return False
    if _by(found, _RFC5424, match.end()):
        return True
    found.text = found.text[match.end() :]
    return _by(found, _SYSLOG) or True


def _json(found: Peeled) -> bool:
    """Docker's json-file driver, and journalctl -o json."""
    try:
        record = json.loads(found.text)
    except (ValueError, RecursionError):
        return False
    if not isinstance(record, dict):
        return False
    if isinstance(record.get("log"), str) and (record.keys() & {"stream", "time"}):
        told = record["log"]
        found.partial = not told.endswith("\n")
        found.text = told.rstrip("\r\n")
        found.stream += f" {record.get('stream', '')}"
        time = record.get("time")
        found.time = found.time or (time if isinstance(time, str) else None)
        return True
    if isinstance(record.get("MESSAGE"), str) and "__REALTIME_TIMESTAMP" in record:
        found.text = record["MESSAGE"]
        found.source = str(record.get("_SYSTEMD_UNIT") or record.get("SYSLOG_IDENTIFIER") or "")
        found.stream = f"{found.source} {record.get('_PID', '')}"
        stamp = str(record["__REALTIME_TIMESTAMP"])
        found.time = epoch(float(stamp)) if stamp.isdecimal() else None
        return True
    return False
