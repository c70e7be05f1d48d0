"""The script around a deploy, run by sh."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.templates.written import ran, repository, written


def test_it_snapshots_and_gates(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", requests="1.0")
    words = ("--target", "profiles/production.json", "--production", "seen/now.json")
    path = written("shell", shop, *words)
    assert path == shop / "deploy" / "parity.sh"
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "parity").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m parity "$@"\n')
    (programs / "parity").chmod(0o755)
    env = {"PATH": f"{programs}:/usr/bin:/bin"}
    assert "usage: " in ran([path], shop, env, code=2)
    without = written("shell", shop, "-o", "without.sh")
    assert "set PARITY_TARGET to what production is" in ran([without, "snapshot"], shop, env, code=2)
    assert "no such profile" in ran([path, "gate"], shop, env, code=2)
    ran([path, "snapshot"], shop, env)
    assert (shop / "seen" / "now.json").exists()
    assert "DRIFT  1 error" in ran([path, "gate"], shop, env, code=1)
    env["PARITY_LOCAL"] = "profiles/production.json"
    ran([path, "gate"], shop, env)
