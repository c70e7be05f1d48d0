"""The JSON document: everything, in an order of its own, so that equal inputs give equal bytes.

Its format is published as parity/report/explanation.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from parity.explain.model import Cause, Fact, Failure, Log, Moment
from parity.explain.reach import Reach
from parity.report.base import Screen
from parity.report.explained import Explained
from parity.report.header import header
from parity.text import guard_json

FORMAT = "json"
SUMMARY = "one JSON document with everything in it"

SCHEMA = "1.0.0"
"""MODEL.REVISION.ADDITION, as for profiles: what reads one MODEL reads all of its additions."""


def render(explained: Explained, screen: Screen) -> str:
    """The document. The screen plays no part in it."""
    document = json.dumps(dict(_document(explained)), ensure_ascii=True, allow_nan=False, indent=2)
    return guard_json(f"{document}\n")


def _document(explained: Explained) -> Iterator[tuple[str, Any]]:
    first, *others = (_explanation(explained, place) for place in range(len(explained.explanations)))
    yield "schema", SCHEMA
    yield from first.items()
    yield (
        "first_commands",
        [{"command": one.command, "tells": one.tells} for one in explained.first_commands],
    )
    yield "others", others
    yield "log", None if explained.log is None else _log(explained.log)
    yield "log_reason", explained.unlogged
    yield "local", header(explained.local)
    yield "production", header(explained.production)
    yield "declared", None if explained.declared is None else header(explained.declared)
    yield "declared_reason", explained.unread if explained.declared is None else None


def _explanation(explained: Explained, place: int) -> dict[str, Any]:
    one, reach, log = explained.explanations[place], explained.reach[place], explained.log
    return {
        "verdict": one.verdict,
        "category": one.category,
        "failure": None if one.failure is None else _failure(one.failure),
        "facts": list(map(_fact, one.facts)),
        "causes": list(map(_cause, one.causes)),
        "reasons": list(one.reasons),
        "reach": None if reach is None else _reach(reach),
        "newest": log is not None and log.newest == place,
        "most_frequent": log is not None and log.most_frequent == place,
    }


def _reach(one: Reach) -> dict[str, Any]:
    return {
        "count": one.count,
        "first": _moment(one.first),
        "last": _moment(one.last),
        "routes": list(one.routes),
        "failed": one.failed,
        "answered": one.answered,
        "share": None if one.share is None else round(one.share, 4),
        "image_created": one.image_created,
        "commit": one.commit,
        "captured_at": one.captured_at,
        "words": list(one.words),
    }


def _failure(one: Failure) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "message": one.message,
        "count": one.count,
        "first": _moment(one.first),
        "last": _moment(one.last),
        "chain": [
            {
                "type": raised.type,
                "message": raised.message,
                "at": raised.at,
                "how": raised.how,
                "frames": [
                    {
                        "file": frame.file,
                        "line": frame.line,
                        "function": frame.function,
                        "code": frame.code,
                        "at": frame.at,
                    }
                    for frame in raised.frames
                ],
            }
            for raised in one.chain
        ],
        "around": [{"line": line.number, "text": line.text} for line in one.around],
        "requests": list(one.requests),
    }


def _moment(one: Moment) -> dict[str, Any]:
    return {"line": one.line, "time": one.time}


def _fact(one: Fact) -> dict[str, Any]:
    return {"kind": one.kind, "value": one.value, "at": one.at, "link": one.link, "words": one.words}


def _cause(one: Cause) -> dict[str, Any]:
    return {
        "label": one.label,
        "kind": one.kind,
        "confidence": one.confidence,
        "evidence": [{"source": each.source, "words": each.words, "at": each.at} for each in one.evidence],
        "refuted_by": one.refuted_by,
        "fix": one.fix,
    }


def _log(one: Log) -> dict[str, Any]:
    return {
        "lines": one.lines,
        "first_time": one.first_time,
        "last_time": one.last_time,
        "responses": dict(one.responses),
        "notes": list(one.notes),
    }
