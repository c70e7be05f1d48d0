"""A look at a target, as the commands take it."""

from __future__ import annotations

from typing import Any

from parity.profile import Profile
from parity.snapshot.request import Request
from parity.targets import open_target

FEW = frozenset({"python", "environment", "process"})
"""Sections that are read at once, and show whose they are."""


class Told:
    """Progress that is kept."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.warnings: list[str] = []

    def __call__(self, words: str) -> None:
        self.steps.append(words)

    def warn(self, sentence: str) -> None:
        self.warnings.append(sentence)


def take(word: str, told: Told | None = None, **changes: Any) -> Profile:
    """The profile of a target: FEW sections of it, unless `sections` says otherwise."""
    target, request = open_target(word, Request(**{"sections": FEW, **changes}))
    return target.profile(request, told or Told())


def states(profile: Profile) -> dict[str, object]:
    """{variable: "set" or "empty"}"""
    items = profile.sections["environment"].items
    return {name: item["state"] for name, item in items.items() if not isinstance(item, (str, int, float, type(None)))}
