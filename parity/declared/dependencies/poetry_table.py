"""[tool.poetry]: dependencies, groups and extras in poetry's own words; older Pipfile-like `dev-dependencies` too.

Format: python-poetry.org/docs, "The pyproject.toml file" and "Dependency specification".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from parity.declared.dependencies import groups, requirement
from parity.declared.dependencies.constraint import as_specifier, pinned_version
from parity.declared.dependencies.reach import both
from parity.declared.dependencies.requirement import HIDES, from_path, from_repository, from_url, is_name, normalised
from parity.declared.dependencies.toml import Lines
from parity.declared.facts import Dependency, Facts, Fault, Place, PythonVersion

_OPERATOR = re.compile(r"(===|~=|==|!=|<=|>=|<|>)\s*(.+)\Z")


def facts(table: dict[str, Any], name: str, lines: Lines) -> Facts:
    """What the table says, `name` being the file that holds it."""
    found: list[Dependency | Fault] = []
    pythons: list[PythonVersion] = []
    extras = extras_of(table.get("extras"))
    for path, belongs in _tables(table):
        stated = _at(table, path)
        if not isinstance(stated, dict):
            found.append(Fault(f"{Place(name, lines.at('tool', 'poetry', *path))}: no table", HIDES))
            continue
        for key, value in stated.items():
            at = Place(name, lines.at("tool", "poetry", *path, key))
            if key.lower() == "python":
                if isinstance(value, str):
                    pythons.append(PythonVersion(value, at, specifier=as_specifier(value)))
                continue
            for one in value if isinstance(value, list) else [value]:
                dependency = entry(key, one, at, belongs)
                if dependency is None:
                    found.append(Fault(f"{at}: no dependency that poetry knows", HIDES))
                else:
                    found.append(_optional(dependency, one, extras))
    return requirement.facts(found, pythons)


def entry(name: str, stated: Any, at: Place, belongs: tuple[str, ...]) -> Dependency | None:
    """One dependency: a constraint, or a table of version, marker and source. Pipfile writes the same."""
    details = {"version": stated} if isinstance(stated, str) else stated
    if not is_name(name) or not isinstance(details, dict):
        return None
    constraint = details.get("version", "*")
    if not isinstance(constraint, str):
        return None
    version = pinned_version(constraint)
    found = Dependency(
        normalised(name),
        at,
        version=version,
        specifier="" if constraint.strip() == "*" else constraint.strip(),
        pinned=version is not None,
        groups=belongs,
        marker=_marker(details),
        direct=True,
        extras=_names(details.get("extras")),
    )
    return _sourced(found, details)


def _sourced(found: Dependency, details: dict[str, Any]) -> Dependency:
    if isinstance(details.get("git"), str):
        revision = details.get("rev", details.get("ref"))
        return from_repository(found, "git", details["git"], revision if isinstance(revision, str) else None)
    for key, read in (("url", from_url), ("path", from_path), ("file", from_url)):
        if isinstance(details.get(key), str):
            return read(found, details[key])
    return found


def _tables(table: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(path of a table of dependencies, its groups)."""
    for key, group in (("dependencies", groups.MAIN), ("dev-dependencies", groups.DEV)):
        if key in table:
            yield (key,), (group,)
    named = table.get("group")
    for group, details in named.items() if isinstance(named, dict) else ():
        if isinstance(details, dict) and "dependencies" in details:
            yield ("group", group, "dependencies"), (groups.named(group),)


def _at(table: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def extras_of(table: Any) -> dict[str, list[str]]:
    """{normalised name: extras of the project that ask for it}, from the table of extras that Poetry writes."""
    found: dict[str, list[str]] = {}
    for extra, names in table.items() if isinstance(table, dict) else ():
        for one in names if isinstance(names, list) else ():
            if isinstance(one, str):
                found.setdefault(normalised(re.split(r"[\s(\[<>=!~;]", one, maxsplit=1)[0]), []).append(extra)
    return found


def _optional(found: Dependency, stated: Any, extras: dict[str, list[str]]) -> Dependency:
    from dataclasses import replace

    if not isinstance(stated, dict) or stated.get("optional") is not True:
        return found
    return replace(found, groups=tuple(sorted(map(groups.of_extra, extras.get(found.name, ())))))


def _marker(details: dict[str, Any]) -> str | None:
    """`markers`, `python` and `platform`, and the marker variables that Pipfile takes as keys, in one."""
    parts = [details["markers"]] if isinstance(details.get("markers"), str) and details["markers"] else []
    python, platform = details.get("python"), details.get("platform")
    if isinstance(python, str):
        ranged = as_specifier(python)
        parts += [f"python_version {_quoted(part)}" for part in (ranged or "").split(",") if part]
    if isinstance(platform, str):
        parts.append(f"sys_platform == '{platform}'" if not _OPERATOR.match(platform) else f"sys_platform {platform}")
    for variable in ("os_name", "sys_platform", "platform_machine", "platform_system", "python_version"):
        if isinstance(details.get(variable), str):
            parts.append(f"{variable} {details[variable]}")
    return both(*parts)


def _quoted(part: str) -> str:
    found = _OPERATOR.match(part)
    return f"{found[1]} '{found[2]}'" if found else f"== '{part}'"


def _names(stated: Any) -> tuple[str, ...]:
    return tuple(sorted(normalised(one) for one in stated if isinstance(one, str))) if isinstance(stated, list) else ()
