"""The JSON document: everything, in an order of its own, so that equal inputs give equal bytes.

Its format is published as parity/report/remedies.schema.json.
"""

from __future__ import annotations

import json
from typing import Any

from parity.fix.model import Remedy, Treated
from parity.fix.quoted import WITHHELD, printed
from parity.profile.model import Profile
from parity.report.base import Screen
from parity.report.fixed import Fixed
from parity.text import guard_json

FORMAT = "json"
SUMMARY = "one JSON document with everything in it"

SCHEMA = "1.0.0"
"""MODEL.REVISION.ADDITION, as for profiles: what reads one MODEL reads all of its additions."""


def render(fixed: Fixed, screen: Screen) -> str:
    """The document. The screen plays no part in it."""
    document = {
        "schema": SCHEMA,
        "tool": fixed.fix.tool,
        "treated": list(map(_treated, fixed.fix.treated)),
        "files": [
            {"name": one.name, "purpose": one.purpose, "executable": one.executable, "text": printed(one)}
            for one in fixed.fix.files
        ],
        "directory": fixed.directory,
        "notes": [*fixed.fix.notes, *([WITHHELD] if any(printed(one) != one.text for one in fixed.fix.files) else [])],
        "left": fixed.left,
        "local": _header(fixed.local),
        "production": _header(fixed.production),
        "declared_reason": fixed.unread,
    }
    return guard_json(json.dumps(document, ensure_ascii=True, allow_nan=False, indent=2) + "\n")


def _treated(one: Treated) -> dict[str, Any]:
    return {
        "label": one.label,
        "severity": one.severity,
        "why": one.why,
        "side": one.side,
        "remedies": list(map(_remedy, one.remedies)),
        "unknown": one.unknown or None,
    }


def _remedy(one: Remedy) -> dict[str, Any]:
    return {
        "title": one.title,
        "side": one.side,
        "commands": [{"command": each.text, "tells": each.tells, "where": each.where} for each in one.commands],
        "edits": [
            {"path": each.path, "line": each.line, "removed": each.removed, "lines": list(each.lines)}
            for each in one.edits
        ],
        "constraints": list(one.constraints),
        "variables": list(one.variables),
        "notes": list(one.notes),
    }


def _header(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "target": {"kind": profile.target.kind, "reference": profile.target.reference},
        "captured_at": profile.captured_at,
    }
