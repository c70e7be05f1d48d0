"""Pipfile.lock: the versions that pipenv resolved, by category. Format: pipenv.pypa.io, "Pipfile & Pipfile.lock"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from parity.declared.dependencies.pipfile import group_of
from parity.declared.dependencies.poetry_table import entry
from parity.declared.dependencies.requirement import HIDES
from parity.declared.facts import Dependency, Facts, Fault, Place, Strength
from parity.profile.freeze import Broken
from parity.profile.strict import decode

_KEY = re.compile(r'^ {8}"([A-Za-z0-9][A-Za-z0-9._-]*)": \{|^ {4}"([^"\n]+)": \{', re.MULTILINE)
"""A package or a category, indented as pipenv always writes it."""


def read(text: str, name: str) -> Facts:
    """What the lock holds."""
    try:
        document = decode(text.encode("utf-8", "surrogatepass"))
    except Broken as broken:
        return Facts(faults=(Fault(f"{name}: {broken}", HIDES),))
    if not isinstance(document, dict) or not isinstance(document.get("_meta"), dict):
        return Facts(faults=(Fault(f"{name}: no lock that pipenv writes", HIDES),))
    lines = _lines(text)
    found, odd = [], 0
    for category, packages in document.items():
        if category == "_meta":
            continue
        for key, stated in packages.items() if isinstance(packages, dict) else ():
            one = _package(key, stated, Place(name, lines.get((category, key), 0)), group_of(category))
            if one is None:
                odd += 1
            else:
                found.append(one)
    faults = (Fault(f"{name}: {odd} packages could not be understood", HIDES),) if odd else ()
    return Facts(tuple(found), faults=faults)


def _package(key: str, stated: Any, at: Place, group: str) -> Dependency | None:
    if not isinstance(stated, dict):
        return None
    one = entry(key, stated, at, (group,))
    if one is None:
        return None
    # Whatever it was asked for as, in a lock it has the strength of one; and `*` there stays what it is: unknown.
    return replace(one, strength=Strength.LOCK, specifier="", direct=False, pinned=one.pinned or one.source == "local")


def _lines(text: str) -> dict[tuple[str, str], int]:
    """{(category, name): line}."""
    found: dict[tuple[str, str], int] = {}
    category, line, before = "", 1, 0
    for match in _KEY.finditer(text):
        line += text.count("\n", before, match.start())
        before = match.start()
        if match[2] is not None:
            category = match[2]
        else:
            found.setdefault((category, match[1]), line)
    return found
