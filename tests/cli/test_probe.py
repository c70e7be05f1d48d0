"""parity probe"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from parity import bundle
from tests.cli.program import parity


def test_it_prints_what_runs_in_a_target_byte_for_byte(tmp_path: Path) -> None:
    result = parity("probe", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.out == bundle.script()
    assert result.stdout.isascii()
    assert list(tmp_path.iterdir()) == []


def test_what_it_prints_gives_a_profile_that_every_command_takes(tmp_path: Path) -> None:
    script = parity("probe").stdout
    ran = subprocess.run([sys.executable, "-"], input=script, capture_output=True, check=True, cwd=tmp_path)
    (tmp_path / "by-hand.json").write_bytes(ran.stdout)
    assert json.loads(ran.stdout)["sections"]["python"]["status"] == "ok"
    assert parity("show", "by-hand.json", cwd=tmp_path).code == 0
    assert parity("diff", "by-hand.json", "by-hand.json", cwd=tmp_path).code == 0
    assert parity("snapshot", "-", stdin=ran.stdout).code == 0
