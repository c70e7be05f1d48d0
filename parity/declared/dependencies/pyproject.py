"""pyproject.toml: what a project asks for (PEP 621), its dependency groups (PEP 735), and where uv takes them from.

What a build needs (`build-system`) is no dependency of the program. poetry's own table: poetry_table.py.
Formats: packaging.python.org, "pyproject.toml specification" and "Dependency Groups"; docs.astral.sh/uv, "Sources".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from parity.declared.dependencies import groups, poetry_table, toml
from parity.declared.dependencies.requirement import (
    MOST,
    facts,
    from_path,
    from_repository,
    from_url,
    is_name,
    normalised,
)
from parity.declared.dependencies.requirement import read as read_requirement
from parity.declared.facts import Dependency, Facts, Fault, Place, PythonVersion

HIDES = (("packages", "*"), ("python", "requires"))


def read(text: str, name: str) -> Facts:
    """Everything that the file says about dependencies and Python."""
    document = toml.parse(text, name, HIDES)
    if isinstance(document, Fault):
        return Facts(faults=(document,))
    reading = _Reading(name, toml.Lines(text))
    project, tool = _table(document, "project"), _table(document, "tool")
    reading.project(project)
    reading.groups(_table(document, "dependency-groups"))
    reading.legacy_uv(_table(tool, "uv"))
    stated = facts(_with_sources(reading.stated, _table(_table(tool, "uv"), "sources")), reading.pythons)
    poetry = _table(tool, "poetry")
    return Facts.joined([stated, poetry_table.facts(poetry, name, reading.lines)]) if poetry else stated


def is_project(document: dict[str, Any]) -> bool:
    """Whether the file declares a project, and not only how tools are set up."""
    return "project" in document or "dependency-groups" in document or "poetry" in _table(document, "tool")


def name_of(document: dict[str, Any]) -> str | None:
    """The normalised name of the project, where the file gives one."""
    for table in (_table(document, "project"), _table(_table(document, "tool"), "poetry")):
        if is_name(table.get("name")):
            return normalised(table["name"])
    return None


@dataclass(slots=True)
class _Reading:
    name: str
    lines: toml.Lines
    stated: list[Dependency | Fault] = field(default_factory=list)
    pythons: list[PythonVersion] = field(default_factory=list)

    def project(self, table: dict[str, Any]) -> None:
        requires = table.get("requires-python")
        if isinstance(requires, str):
            place = Place(self.name, self.lines.at("project", "requires-python"))
            self.pythons.append(PythonVersion(requires, place, specifier=requires))
        self.entries(table.get("dependencies"), (groups.MAIN,), "project", "dependencies")
        for extra, entries in _table(table, "optional-dependencies").items():
            self.entries(entries, (groups.of_extra(extra),), "project", "optional-dependencies", extra)
        dynamic = table.get("dynamic")
        if isinstance(dynamic, list) and "dependencies" in dynamic:
            sentence = f"{self.name}: its dependencies are computed when it is built (dynamic)"
            self.stated.append(Fault(sentence, (("packages", "*"),)))

    def groups(self, table: dict[str, Any]) -> None:
        named = {normalised(group): group for group in table}
        for group in table:
            included, missing = _included(table, named, group)
            if missing:
                at = Place(self.name, self.lines.at("dependency-groups", group))
                self.stated.append(Fault(f"{at}: includes a group that the file does not hold", (("packages", "*"),)))
            for source in sorted(included):
                self.entries(table[source], (groups.named(group),), "dependency-groups", source)

    def legacy_uv(self, table: dict[str, Any]) -> None:
        self.entries(table.get("dev-dependencies"), (groups.DEV,), "tool", "uv", "dev-dependencies")

    def entries(self, entries: Any, belongs: tuple[str, ...], *path: str) -> None:
        if entries is None:
            return
        place = Place(self.name, self.lines.at(*path))
        if not isinstance(entries, list):
            self.stated.append(Fault(f"{place}: not a list of requirements", (("packages", "*"),)))
            return
        for number, entry in enumerate(entries[:MOST]):
            if isinstance(entry, dict) and "include-group" in entry:
                continue
            at = Place(self.name, self.lines.at(*path, number))
            self.stated.append(read_requirement(entry if isinstance(entry, str) else "", at, groups=belongs))


def _table(table: dict[str, Any], key: str) -> dict[str, Any]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _included(table: dict[str, Any], named: dict[str, str], group: str) -> tuple[set[str], bool]:
    """(the group itself and all that it includes, by the names in the table; whether one is not there)."""
    seen, waiting, missing = {group}, [group], False
    while waiting:
        entries = table[waiting.pop()]
        for entry in entries if isinstance(entries, list) else ():
            other = entry.get("include-group") if isinstance(entry, dict) else None
            source = named.get(normalised(other)) if isinstance(other, str) else None
            missing |= isinstance(other, str) and source is None
            if source is not None and source not in seen:
                seen.add(source)
                waiting.append(source)
    return seen, missing


def _with_sources(found: list[Dependency | Fault], sources: dict[str, Any]) -> Iterator[Dependency | Fault]:
    """The dependencies, those that uv takes from elsewhere with their source."""
    named = {normalised(name): source for name, source in sources.items()}
    for dependency in found:
        stated = named.get(dependency.name) if isinstance(dependency, Dependency) else None
        # Several sources with a marker each: the first is as good as any until a lock tells.
        source = stated[0] if isinstance(stated, list) and stated else stated
        if isinstance(dependency, Dependency) and isinstance(source, dict):
            yield _sourced(dependency, source)
        else:
            yield dependency


def _sourced(found: Dependency, source: dict[str, Any]) -> Dependency:
    if isinstance(source.get("git"), str):
        revision = source.get("rev")
        return from_repository(found, "git", source["git"], revision if isinstance(revision, str) else None)
    if isinstance(source.get("url"), str):
        return from_url(found, source["url"])
    if isinstance(source.get("path"), str):
        return from_path(found, source["path"])
    if source.get("workspace") is True:
        return replace(found, source="local", pinned=True)
    return found
