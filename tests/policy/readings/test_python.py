"""What the project says about Python, against production's."""

from __future__ import annotations

import pytest

from parity.declared.facts import PythonVersion
from parity.policy import Severity
from tests.policy.repository import at, found, repository, side

RULE = "python.requires"


@pytest.mark.parametrize(
    ("local", "production", "departs"),
    [
        ("3.12.4", "3.11.9", "production"),
        ("3.11.9", "3.11.9", "both"),
        ("3.11.9", "3.12.4", None),
        ("3.12.4", "3.13.0rc1", None),
    ],
)
def test_production_must_have_what_the_project_requires(local: str, production: str, departs: str | None) -> None:
    declared = repository(PythonVersion(">=3.12", at("pyproject.toml:8"), None, ">=3.12"))
    result = found(side(python={"version": local}), side(python={"version": production}), declared)
    one = result.get((RULE, "version"))
    assert (one.departs if one else None) == departs
    if one:
        assert one.severity is Severity.ERROR
        assert one.why == "the project requires Python >=3.12: it need not install there, nor run"
        assert one.evidence == (">=3.12 is declared at pyproject.toml:8",)
        assert (one.local, one.production) == (local, production)


def test_a_project_that_requires_nothing_allows_everything() -> None:
    sides = side(python={"version": "3.12.4"}), side(python={"version": "3.8.0"})
    assert (RULE, "version") not in found(*sides, repository())
