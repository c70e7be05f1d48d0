"""Failures beside two environments, in few words: the log as text, the sections as {"section.key": item}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from parity.diff import compare
from parity.explain.case import Case
from parity.explain.facts import facts
from parity.explain.log import read
from parity.explain.sources import parse
from parity.policy import judge
from parity.policy.model import Sides
from parity.policy.use import view
from parity.profile.model import Profile, Section
from tests.diff.profiles import profile, section

SITE, STDLIB = "/venv/lib/python3.12/site-packages/", "/usr/lib/python3.12/"

_FRAME = re.compile(r"(?P<file><frozen [\w.]+>|\S+):(?P<line>\d+) (?P<function>[^:]+)(?:: (?P<code>.*))?\Z")


def trace(error: str, *frames: str) -> str:
    """A traceback of frames like "app.py:3 run: pay()"; "~" is site-packages, "^" the standard library."""
    lines = ["Traceback (most recent call last):"]
    for text in frames:
        found = _FRAME.match(text)
        assert found, text
        file = found["file"].replace("~", SITE).replace("^", STDLIB)
        path = file if file.startswith(("/", "<")) or file.endswith(".pyx") else f"/app/{file}"
        lines.append(f'  File "{path}", line {found["line"]}, in {found["function"]}')
        lines += [f"    {found['code']}"] if found["code"] else []
    return "\n".join([*lines, error])


def chained(*parts: str, how: str = "During handling of the above exception, another exception occurred:") -> str:
    """Tracebacks of which each was raised while the one before it was handled."""
    return f"\n\n{how}\n\n".join(parts)


def sections(items: Mapping[str, Any]) -> dict[str, Section]:
    """{"packages.flask": item} as sections; None makes a section that was looked at and is empty."""
    found: dict[str, dict[str, Any]] = {}
    for name, item in items.items():
        part, _, key = name.partition(".")
        held = found.setdefault(part, {})
        if key:
            held[key] = item
    return {part: section(held) for part, held in found.items()}


def case(
    log: str,
    local: Mapping[str, Any],
    production: Mapping[str, Any],
    sources: Mapping[str, str] | None = None,
    declared: Profile | None = None,
) -> Case:
    """The first failure of a log, beside what differs. A section that one side names was looked at on both."""
    left, right = sections(local), sections(production)
    empty = section({})
    names = sorted({*left, *right})
    here, there = (profile({name: held.get(name, empty) for name in names}) for held in (left, right))
    use = view(declared, here, there) if declared is not None else None
    comparison = compare(here, there)
    failures = read(f"{log}\n".encode().splitlines(keepends=True)).failures if log else ()
    failure = failures[0] if failures else None
    return Case(
        failure,
        facts(failure) if failure else (),
        comparison,
        judge(comparison, here, there, declared),
        Sides(here, there, use),
        parse(sources or {}),
    )
