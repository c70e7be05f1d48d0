"""The baseline's file: JSON, an entry a line, so that a review sees what was adopted and git can merge it.

No secret is in it, for none is in a finding: names, and what both sides have as a fingerprint.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from parity.errors import UsageError
from parity.policy.agreed import Adopted, Baseline
from parity.policy.model import Severity
from parity.profile.freeze import Broken
from parity.profile.load import read
from parity.profile.strict import decode
from parity.text import guard_json, safe

SCHEMA = "1.0.0"
"""MODEL.REVISION.ADDITION, as for profiles."""

_MODEL = re.compile(r"1\.[0-9]+\.[0-9]+")
_MAX_BYTES = 16 << 20
_FIELDS = frozenset({"fingerprint", "id", "key", "kind", "section", "severity"})
_KINDS = ("missing", "changed", "extra", None)
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_MERGING = re.compile(rb"^(<<<<<<<|=======|>>>>>>>)", re.MULTILINE)
_AGAIN = "take it from version control; or remove it, and adopt today's drift: parity baseline create"


def text(baseline: Baseline) -> str:
    """The file's content."""
    lines = ",\n".join(f"    {_line(one)}" for one in baseline.entries)
    entries = f"[\n{lines}\n  ]" if lines else "[]"
    return guard_json(f'{{\n  "schema": "{SCHEMA}",\n  "findings": {entries}\n}}\n')


def load(path: str) -> Baseline:
    """The baseline in a file. Raises UsageError: one that cannot be read, or is none, is never an empty one."""
    try:
        return loads(read(path, "baseline", _MAX_BYTES), path)
    except Broken as broken:
        raise UsageError(f"invalid baseline: {broken.rule} ({safe(path)})", broken.hint or _AGAIN) from None


def loads(data: bytes, origin: str) -> Baseline:
    """The baseline in bytes. Raises Broken."""
    if _MERGING.search(data):
        raise Broken("it holds the marks of a merge that was not finished")
    document = decode(data)
    if not isinstance(document, dict):
        raise Broken("not an object at the top level")
    schema = document.get("schema")
    if not isinstance(schema, str) or not _MODEL.fullmatch(schema):
        raise Broken("it is of another version of the format, or of none", hint=f"this parity reads {SCHEMA}")
    findings = document.get("findings")
    if document.keys() != {"schema", "findings"} or not isinstance(findings, list):
        raise Broken("expected schema and a list of findings")
    entries = tuple(_entry(one, place) for place, one in enumerate(findings))
    if len({one.fingerprint for one in entries}) != len(entries):
        raise Broken("an entry that stands twice")
    return Baseline(origin, entries)


def _line(one: Adopted) -> str:
    fields = {
        "section": one.section,
        "key": one.key,
        "id": one.id,
        "kind": one.kind,
        "severity": one.severity.value,
        "fingerprint": one.fingerprint,
    }
    return json.dumps(fields, ensure_ascii=True)


def _entry(data: Any, place: int) -> Adopted:
    if not isinstance(data, Mapping) or data.keys() != _FIELDS:
        raise Broken(f"entry {place}: expected {', '.join(sorted(_FIELDS))}")
    for name in ("id", "key", "section", "severity", "fingerprint"):
        if not isinstance(data[name], str):
            raise Broken(f"entry {place}: {name} is no text")
    if data["kind"] not in _KINDS or data["severity"] not in {one.value for one in Severity}:
        raise Broken(f"entry {place}: a kind or a severity that does not exist")
    if not _FINGERPRINT.fullmatch(data["fingerprint"]):
        raise Broken(f"entry {place}: no fingerprint")
    return Adopted(
        data["id"], data["section"], data["key"], data["kind"], Severity(data["severity"]), data["fingerprint"]
    )
