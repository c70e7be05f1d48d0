"""The probe run by a person: a whole profile on standard output, which parity reads like one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from parity import bundle
from parity.probe import byhand
from parity.profile import document, load, model
from tests.canary import Canary
from tests.probe.running import collector, script_with


def by_hand(script: bytes, **popen: object) -> bytes:
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, timeout=60, check=True, **popen)  # type: ignore[call-overload]
    assert done.stderr == b""
    return bytes(done.stdout)


def test_it_is_a_profile(tmp_path: Path) -> None:
    file = tmp_path / "production.json"
    file.write_bytes(by_hand(bundle.script().encode("ascii")))
    profile = load.load(file)
    assert profile.name == "by-hand"
    assert profile.sections["environment"].status is model.Status.OK
    assert "PATH" in profile.sections["environment"].items


def test_the_digest_and_the_schema_are_those_of_parity_itself() -> None:
    section: dict[str, object] = {
        "status": "ok",
        "reason": None,
        "items": {"a": "\u00e9"},
        "volatile": {"b": 1},
        "notes": [],
        "hidden": [],
    }
    written = byhand.profile({"environment": section})
    assert written["integrity"] == document.integrity(written)
    assert written["schema"] == model.SCHEMA
    changed = {**written, "sections": {"environment": {**section, "volatile": {"b": 2}}}}
    assert document.integrity(changed) == written["integrity"]


def test_hostile_names_do_not_make_it_unreadable(tmp_path: Path) -> None:
    body = "section.items['\\udc80\\x1b[2J\\0'] = {'x': '\\ud800'}\nsection.note('\\x07')"
    file = tmp_path / "hostile.json"
    file.write_bytes(by_hand(script_with(platform=collector(body))))
    profile = load.load(file)
    assert profile.sections["platform"].items == {"\\udc80\\x1b[2J\\x00": {"x": "\\ud800"}}


def test_no_value_is_in_it() -> None:
    canary = Canary()
    environment = {"PATH": "/usr/bin:/bin", "TOKEN": canary.secret, "KEY": canary.multiline}
    out = by_hand(bundle.script().encode("ascii"), env=environment)
    names = json.loads(out)["sections"]["environment"]["items"]
    assert {"TOKEN", "KEY"} <= names.keys()
    canary.assert_clean(out)
