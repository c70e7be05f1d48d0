"""The journal of a unit: what journalctl is asked, and what is made of its answers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from parity.errors import Incomplete, Unreachable
from tests.logs.places.reading import kept, shown, understood
from tests.services import program

JOURNAL = """\
2026-03-01T10:00:00.000001+01:00 host web[71]: Traceback (most recent call last):
2026-03-01T10:00:00.000002+01:00 host web[71]:   File "/app/app.py", line 1, in <module>
2026-03-01T10:00:00.000003+01:00 host web[71]: KeyError: 'NO_SUCH'
2026-03-01T10:00:00.000004+01:00 host systemd[1]: web.service: Main process exited, code=exited, status=1/FAILURE
"""


def stand_in(directory: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A journalctl of this test: no journal can be written for a unit of it without systemd itself."""
    path = directory / "journalctl"
    path.write_text(f'#!/bin/sh\necho "$@" >"{directory}/asked"\n{script}\n')
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{directory}{os.pathsep}{os.environ['PATH']}")
    return directory / "asked"


def test_the_real_one_takes_the_words(tmp_path: Path) -> None:
    program("journalctl")
    # Of a unit that never was there is no line, whether or not this machine has a journal.
    assert b"".join(kept("systemd://parity-none.service")) == b""


def test_a_unit_s_lines_in_their_own_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "journal").write_text(JOURNAL)
    asked = stand_in(tmp_path, monkeypatch, f'cat "{tmp_path}/journal"')
    log = understood("systemd://web")
    assert log.failures[0].message == "KeyError: 'NO_SUCH'"
    assert log.first_time == "2026-03-01T09:00:00Z"
    assert asked.read_text().split() == [
        *("--unit", "web.service", "--output", "short-iso-precise", "--no-pager", "--quiet", "--lines", "100000")
    ]
    assert shown("systemd://web") == "journalctl -u web.service"


def test_a_refusal_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "echo 'No access' >&2; exit 1")
    with pytest.raises(Incomplete, match=r"could not read the log of web\.service: No access") as caught:
        kept("systemd://web")
    assert "--log prod.log" in (caught.value.hint or "")


def test_there_is_no_journalctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreachable, match="journalctl: is not installed here"):
        kept("systemd://web")
