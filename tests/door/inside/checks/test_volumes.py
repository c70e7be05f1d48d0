"""Paths at the door, by the kernel's own word; what does not answer is not waited for."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from parity.door.inside.checks import volumes

if TYPE_CHECKING:
    import pytest


def test_what_can_be_written_is_silent_and_what_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    asked = [str(tmp_path), str(tmp_path / "file"), str(tmp_path / "gone"), str(tmp_path / "file" / "below")]
    assert list(volumes.failures(asked, [])) == [(asked[2], "not there"), (asked[3], "not there")]


def test_a_mount_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def hang(place: str) -> str:
        if place == "/hung":
            time.sleep(60)
        return ""

    monkeypatch.setattr(volumes, "problem", hang)
    monkeypatch.setattr(volumes, "PATIENCE", 0.3)
    assert list(volumes.failures([str(tmp_path), "/hung"], [])) == [("/hung", "it did not answer in time")]
