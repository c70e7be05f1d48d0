"""Ids are a promise: people write them into configuration."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parity import sections
from parity.policy.registry import judged, registry

PINNED = Path(__file__).parent / "data" / "rule_ids.txt"
"""Every id that was ever published. A line may be added; none may be taken away or change its severity."""


def test_ids_and_severities_are_the_published_ones() -> None:
    there = [f"{name} {rule.severity.value}" for name, rule in registry().items()]
    assert there == PINNED.read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", registry())
def test_every_rule_says_when_it_applies(name: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*\.[a-z][a-z-]*", name)
    meaning = registry()[name].meaning
    assert meaning
    assert "\n" not in meaning
    assert not meaning.endswith(".")


def test_rules_are_for_sections_that_exist() -> None:
    assert set(judged()) <= set(sections.names())
