"""Findings of two sections, in few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from parity.diff import compare
from parity.policy import Findings, judge
from parity.profile.model import Section
from tests.diff.profiles import profile

ERROR, WARNING, INFO = "error", "warning", "info"

Case: TypeAlias = "tuple[dict[str, Any], dict[str, Any], dict[str, tuple[str, str]]]"
"""Local items, production's, and {key: (rule, severity)} of every finding."""


def version(text: str | None, **more: Any) -> dict[str, Any]:
    """An item that has a version."""
    return {"version": text, **more}


def findings(name: str, local: Section, production: Section, others: Mapping[str, Section] | None = None) -> Findings:
    """What policy makes of one section; `others` stand on both sides."""
    sides = [profile({**(others or {}), name: one}) for one in (local, production)]
    return judge(compare(*sides), *sides)


def told(name: str, local: Section, production: Section) -> dict[str, tuple[str, str]]:
    """{key: (rule without the section, severity)}."""
    return {one.key: (one.id.removeprefix(f"{name}."), one.severity.value) for one in findings(name, local, production)}
