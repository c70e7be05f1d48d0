"""The JSON document: everything, in an order of its own, so that equal inputs give equal bytes.

Each entry of a list stands on a line by itself: the document is valid JSON, and `diff` and `grep` can read it.
Its format is published as parity/report/diff.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from parity.policy.agreed import Applied, Waiver
from parity.policy.model import Finding
from parity.profile.model import Item
from parity.report.base import Report, Screen
from parity.report.header import header
from parity.text import guard_json

FORMAT = "json"
SUMMARY = "one JSON document with everything in it"

SCHEMA = "1.2.0"
"""MODEL.REVISION.ADDITION, as for profiles: what reads one MODEL reads all of its additions."""

_encode = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(", ", ": ")).encode


def render(report: Report, screen: Screen) -> str:
    """The document. The screen plays no part in it."""
    entries = ",\n".join(f'  "{name}": {_text(value)}' for name, value in _document(report))
    return guard_json(f"{{\n{entries}\n}}\n")


def _document(report: Report) -> Iterator[tuple[str, Any]]:
    comparison, verdict = report.comparison, report.verdict
    yield "schema", SCHEMA
    yield "verdict", verdict.verdict
    yield "exit_code", verdict.exit_code
    yield "reasons", list(verdict.reasons)
    yield "counts", {severity.value: count for severity, count in report.counts().items()}
    yield "local", header(report.local)
    yield "production", header(report.production)
    yield "declared", None if report.declared is None else header(report.declared)
    yield "declared_reason", report.unread if report.declared is None else None
    yield "policy", None if report.applied is None else _policy(report.applied)
    yield "findings", list(map(_finding, report.findings))
    yield (
        "unknown",
        [
            {"section": one.section, "key": one.key, "side": one.side.value, "status": one.status, "reason": one.reason}
            for one in comparison.unknown
        ],
    )
    yield (
        "compared",
        [
            {"section": one.section, "local": one.local.value, "production": one.production.value, "keys": one.keys}
            for one in comparison.compared
        ],
    )
    yield (
        "skipped",
        [{"section": one.section, "side": one.side.value, "reason": one.reason} for one in comparison.skipped],
    )


def _text(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"    {_encode(one)}" for one in value) + "\n  ]"
    return _encode(value)


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "id": one.id,
        "section": one.section,
        "key": one.key,
        "kind": one.kind.value if one.kind else None,
        "severity": one.severity.value,
        "local": _item(one.local),
        "production": _item(one.production),
        "why": one.why,
        "fields": one.fields,
        "evidence": one.evidence,
        "departs": one.departs,
        "standing": one.standing,
        "note": one.note,
        "severity_before": one.was.value if one.was else None,
    }


def _policy(applied: Applied) -> dict[str, Any]:
    return {
        "file": applied.origin,
        "baseline": applied.baseline,
        "counts": {standing: applied.count(standing) for standing in ("waived", "expected", "adopted")},
        "ran_out": list(map(_waiver, applied.ran_out)),
        "unused": list(map(_waiver, applied.unused)),
        "gone": [{"id": one.id, "section": one.section, "key": one.key} for one in applied.gone],
    }


def _waiver(one: Waiver) -> dict[str, str]:
    return {
        "match": one.match,
        "reason": one.reason,
        "owner": one.owner,
        "expires": one.expires.isoformat(),
        "place": one.place,
    }


def _item(item: Item) -> Any:
    return dict(sorted(item.items())) if isinstance(item, Mapping) else item
