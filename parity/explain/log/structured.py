"""One JSON record: structlog, python-json-logger, ECS, Google Cloud, Sentry events, loguru, OpenTelemetry, pino."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parity.explain.log.record import LEVELS, Level
from parity.explain.log.stamps import epoch

_LEVEL = (
    "level",
    "levelname",
    "severity",
    "log.level",
    "severity_text",
    "severityText",
    "level_name",
    "record.level.name",
)
_MESSAGE = (
    "message",
    "event",
    "msg",
    "textPayload",
    "body",
    "log",
    "record.message",
    "jsonPayload.message",
    "short_message",
)
_TIME = ("time", "timestamp", "@timestamp", "ts", "asctime", "t", "datetime", "eventTime", "receiveTimestamp")
_TIME_DEEP = ("record.time.timestamp", "Timestamp", "observed_timestamp", "created")
_TRACE = (
    *("exc_info", "exception", "exc_text", "stack_trace", "traceback", "error.stack_trace", "error.stack", "err.stack"),
    *(
        "exception.stacktrace",
        "attributes.exception.stacktrace",
        "Attributes.exception.stacktrace",
        "stack",
        "full_message",
    ),
    *(
        "jsonPayload.stack_trace",
        "jsonPayload.exc_info",
        "jsonPayload.exception",
        "trace",
        "exception.traceback",
        "text",
    ),
    *("attributes.traceback", "error.traceback", "exc", "stacktrace", "error", "err", "stack_info"),
)
_TYPE = (
    "error.type",
    "exception.type",
    "exc_type",
    "error.kind",
    "err.type",
    "attributes.exception.type",
    "record.exception.type",
)
_VALUE = (
    "error.message",
    "exception.message",
    "exc_value",
    "err.message",
    "attributes.exception.message",
    "record.exception.value",
)
_STATUS = ("status", "status_code", "http.response.status_code", "httpRequest.status", "http_status", "response.status")
_METHOD = ("method", "http.request.method", "httpRequest.requestMethod", "http_method", "request.method", "verb")
_ROUTE = (
    "path",
    "url.path",
    "httpRequest.requestUrl",
    "http_path",
    "request.path",
    "request.url",
    "url",
    "uri",
    "route",
)
_TRACEBACKS = ("Traceback (most recent call last)", '  File "', "Exception Group Traceback")

# pino and bunyan count in tens, OpenTelemetry in fours, syslog backwards.
_PINO = {10: Level.DEBUG, 20: Level.INFO, 30: Level.INFO, 40: Level.WARNING, 50: Level.ERROR, 60: Level.FATAL}


@dataclass(frozen=True, slots=True)
class Framed:
    """One exception with its frames as data: (file, line, function, code), outermost first."""

    type: str
    message: str
    frames: tuple[tuple[str, int | None, str, str], ...]
    how: str
    """"cause", "context", "member" or ""."""


@dataclass(frozen=True, slots=True)
class Structured:
    """What a JSON record tells."""

    message: str
    level: Level | None
    time: str | None
    """As written, or RFC 3339 for a count of seconds."""
    traceback: str
    """The text of a traceback in one of its fields; "" without."""
    exceptions: tuple[Framed, ...]
    """Exceptions whose frames are data, the one that began it first; empty without."""
    status: int | None
    method: str
    route: str


def structured(text: str) -> Structured | None:
    """The record, None where the line is no JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    message = _text(found, _MESSAGE)
    traceback = _traceback(found)
    if not traceback and any(mark in message for mark in _TRACEBACKS):
        message, traceback = "", message
    exceptions = tuple(_framed(found))
    kind = _text(found, _TYPE)
    if not traceback and not exceptions and kind:
        exceptions = (Framed(kind, _text(found, _VALUE), (), ""),)
    return Structured(
        message or _text(found, _VALUE),
        _level(found),
        _time(found),
        traceback,
        exceptions,
        _status(found),
        _text(found, _METHOD)[:10],
        _text(found, _ROUTE),
    )


def dig(record: Mapping[str, Any], path: str) -> Any:
    """The value at "a.b.c", whether its keys are nested, dotted, or both; None where there is none."""
    if path in record:
        return record[path]
    head, _, rest = path.partition(".")
    inner = record.get(head)
    return dig(inner, rest) if rest and isinstance(inner, dict) else None


def _text(record: Mapping[str, Any], paths: Sequence[str]) -> str:
    for path in paths:
        value = dig(record, path)
        if isinstance(value, str) and value:
            return value
    return ""


def _traceback(record: Mapping[str, Any]) -> str:
    for path in _TRACE:
        value = dig(record, path)
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            value = "".join(value) if value[0].endswith("\n") else "\n".join(value)
        if isinstance(value, str) and any(mark in value for mark in _TRACEBACKS):
            return value
    return ""


def _level(record: Mapping[str, Any]) -> Level | None:
    for path in _LEVEL:
        value = dig(record, path)
        if isinstance(value, str) and value.upper() in LEVELS:
            return LEVELS[value.upper()]
        if isinstance(value, int) and value in _PINO:
            return _PINO[value]
    return None


def _time(record: Mapping[str, Any]) -> str | None:
    for path in (*_TIME, *_TIME_DEEP):
        value = dig(record, path)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return epoch(float(value)) if abs(value) < 1e19 else None
    return None


def _status(record: Mapping[str, Any]) -> int | None:
    for path in _STATUS:
        value = dig(record, path)
        if isinstance(value, str) and value.isdecimal() and len(value) == 3:
            value = int(value)
        if isinstance(value, int) and 100 <= value <= 599:
            return value
    return None


def _framed(record: Mapping[str, Any]) -> Iterator[Framed]:
    values = dig(record, "exception.values")
    if isinstance(values, list):  # a Sentry event, the oldest first
        for one in values[:50]:
            if isinstance(one, dict):
                module = one.get("module")
                kind = f"{module}.{one.get('type')}" if module and module != "builtins" else str(one.get("type") or "")
                yield Framed(kind, str(one.get("value") or ""), _frames(dig(one, "stacktrace.frames")), "context")
    elif isinstance(record.get("exception"), list):  # structlog's dict_tracebacks, the newest first
        for one in reversed(record["exception"][:50]):
            if isinstance(one, dict) and one.get("exc_type"):
                how = "cause" if one.get("is_cause") else "context"
                yield Framed(str(one["exc_type"]), str(one.get("exc_value") or ""), _frames(one.get("frames")), how)


def _frames(frames: object) -> tuple[tuple[str, int | None, str, str], ...]:
    found = []
    for one in frames[-200:] if isinstance(frames, list) else ():
        if isinstance(one, dict):
            line = one.get("lineno")
            found.append(
                (
                    str(one.get("abs_path") or one.get("filename") or ""),
                    line if isinstance(line, int) else None,
                    str(one.get("function") or one.get("name") or ""),
                    str(one.get("context_line") or one.get("line") or "").strip(),
                )
            )
    return tuple(found)
