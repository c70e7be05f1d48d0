"""Required variables at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parity.door.inside.checks import environment
from tests.canary import Canary

if TYPE_CHECKING:
    import pytest


def test_a_variable_is_set_to_something_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    canary = Canary()
    monkeypatch.setenv("DOOR_SET", canary.secret)
    monkeypatch.setenv("DOOR_EMPTY", "")
    monkeypatch.delenv("DOOR_GONE", raising=False)
    found = list(environment.failures(["DOOR_SET", "DOOR_EMPTY", "DOOR_GONE"], []))
    assert found == [("DOOR_EMPTY", "set to nothing"), ("DOOR_GONE", "not set")]
