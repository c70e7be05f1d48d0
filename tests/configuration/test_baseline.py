"""The baseline's file: written for people to review, and read so that damage is never taken for an empty one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parity.configuration.baseline import load, loads, text
from parity.errors import UsageError
from parity.policy.agreed import Adopted, Baseline, Policy
from parity.policy.baseline import adopt
from parity.policy.model import Severity
from parity.profile.freeze import Broken
from tests.policy.policies import under
from tests.report.hostile import HOSTILE, disarmed

MADE = adopt("base.json", under(Policy()).findings)


def test_what_is_written_is_read_again() -> None:
    assert loads(text(MADE).encode(), "base.json") == MADE
    assert loads(text(Baseline("x", ())).encode(), "x") == Baseline("x", ())


def test_an_entry_is_a_line_without_a_value_of_either_side() -> None:
    lines = [line for line in text(MADE).splitlines() if line.startswith("    ")]
    assert len(lines) == len(MADE.entries) == 8
    assert lines[0].startswith('    {"section": "database", "key": "jit", "id": "database.setting", "kind": "changed"')
    assert "1.26.4" not in text(MADE)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_are_data(hostile: str) -> None:
    entry = Adopted("packages.missing", "packages", hostile, "missing", Severity.WARNING, "0" * 32)
    written = text(Baseline("x", (entry,)))
    assert written.isascii()
    assert disarmed(written)
    if hostile != "\ud800":
        assert loads(written.encode(), "x").entries == (entry,)


def altered(**fields: Any) -> bytes:
    """A baseline with one entry, some of its fields another or (None) gone."""
    entry = json.loads(text(MADE))["findings"][0]
    entry = {name: value for name, value in {**entry, **fields}.items() if value != "gone"}
    return json.dumps({"schema": "1.0.0", "findings": [entry]}).encode()


BROKEN = {
    "nothing": (b"", "empty"),
    "cut off": (text(MADE).encode()[:-20], "not JSON"),
    "no JSON": (b"\0\1", "not JSON"),
    "a list": (b"[]", "not an object at the top level"),
    "an object": (b"{}", "of another version of the format, or of none"),
    "a profile": (b'{"schema": "1.0.0", "name": "web"}', "expected schema and a list of findings"),
    "a later model": (text(MADE).replace("1.0.0", "2.0.0").encode(), "of another version of the format"),
    "an unfinished merge": (b"<<<<<<< ours\n" + text(MADE).encode(), "a merge that was not finished"),
    "more keys": (b'{"schema": "1.0.0", "findings": [], "x": 1}', "expected schema and a list"),
    "findings as an object": (b'{"schema": "1.0.0", "findings": {}}', "expected schema and a list"),
    "an entry that is none": (b'{"schema": "1.0.0", "findings": [1]}', "entry 0: expected fingerprint, id"),
    "a field too many": (altered(waived=True), "entry 0: expected fingerprint"),
    "a field too few": (altered(kind="gone"), "entry 0: expected fingerprint"),
    "a number for text": (altered(key=1), "entry 0: key is no text"),
    "another kind": (altered(kind="better"), "entry 0: a kind or a severity that does not exist"),
    "another severity": (altered(severity="none"), "entry 0: a kind or a severity"),
    "no fingerprint": (altered(fingerprint="*"), "entry 0: no fingerprint"),
    "a kind that cannot be compared": (altered(kind=["missing"]), "entry 0: a kind or a severity"),
    "twice": (text(Baseline("x", MADE.entries[:1] * 2)).encode(), "an entry that stands twice"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_that_is_broken_is_an_error(name: str, tmp_path: Path) -> None:
    data, said = BROKEN[name]
    with pytest.raises(Broken) as broken:
        loads(data, "x")
    assert said in broken.value.rule
    path = tmp_path / "base.json"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="invalid baseline: ") as raised:
        load(str(path))
    assert raised.value.hint


def test_one_that_is_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such baseline"):
        load(str(tmp_path / "gone"))
    with pytest.raises(UsageError, match="a directory, not a file"):
        load(str(tmp_path))
