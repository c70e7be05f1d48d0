"""Pipfile: what pipenv is asked for. Format: pipenv.pypa.io, "Pipfile & Pipfile.lock"."""

from __future__ import annotations

from typing import Any

from parity.declared.dependencies import groups, toml
from parity.declared.dependencies.poetry_table import entry
from parity.declared.dependencies.requirement import HIDES
from parity.declared.facts import Facts, Fault, Place, PythonVersion

_NO_PACKAGES = frozenset({"requires", "pipenv", "scripts", "source"})
"""Tables that hold something else; any other is a category of packages."""


def read(text: str, name: str) -> Facts:
    """Everything that the file says about dependencies and Python."""
    document = toml.parse(text, name, HIDES)
    if isinstance(document, Fault):
        return Facts(faults=(document,))
    lines = toml.Lines(text)
    found, faults = [], []
    for category, table in document.items():
        if category in _NO_PACKAGES or not isinstance(table, dict):
            continue
        for key, stated in table.items():
            at = Place(name, lines.at(category, key))
            dependency = entry(key, stated, at, (group_of(category),))
            if dependency is None:
                faults.append(Fault(f"{at}: no dependency that pipenv knows", HIDES))
            else:
                found.append(dependency)
    return Facts(tuple(found), _pythons(document, lines, name), faults=tuple(faults))


def group_of(category: str) -> str:
    """The group of a category, in the words of the Pipfile or of its lock."""
    return {"packages": groups.MAIN, "default": groups.MAIN, "dev-packages": groups.DEV, "develop": groups.DEV}.get(
        category, groups.named(category)
    )


def _pythons(document: dict[str, Any], lines: toml.Lines, name: str) -> tuple[PythonVersion, ...]:
    table = document.get("requires")
    found = []
    for key in ("python_full_version", "python_version"):
        stated = table.get(key) if isinstance(table, dict) else None
        if isinstance(stated, str):
            at = Place(name, lines.at("requires", key))
            exact = stated if stated.count(".") == 2 else None
            found.append(PythonVersion(stated, at, exact, f"=={stated}" if exact else f"=={stated}.*"))
    return tuple(found)
