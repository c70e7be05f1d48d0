"""The interpreter at the door."""

from __future__ import annotations

import platform

from parity.door.inside.checks import python


def test_the_interpreter_that_runs_is_within_the_bounds_or_named() -> None:
    assert list(python.failures(">=3.8", [])) == []
    assert list(python.failures(">=3.8,<3.9", [])) == [("version", f"{platform.python_version()} is not >=3.8,<3.9")]


def test_a_pre_release_is_told_as_one() -> None:
    assert python.release((3, 15, 0, "candidate", 2)) == "3.15.0rc2"
    assert python.release((3, 12, 1, "final", 0)) == "3.12.1"
