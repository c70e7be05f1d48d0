"""Which of the declared packages hold in an environment. Pure: policy asks it with production's own facts.

An environment is {marker variable: value} and may lack some: what cannot be told is None, never a guess from the
interpreter that parity runs on. Format: packaging.python.org, "Dependency specifiers", and PEP 751 for `extras` and
`dependency_groups`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parity.probe.packages.requirement import Markers
from parity.profile.model import Item, Profile

Environment = Mapping[str, Any]
"""{marker variable: value}; `python_version` and `python_full_version` are versions, the rest names."""

_SYSTEMS = {
    "Linux": {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
    "Darwin": {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin"},
}
_LAST = 99
"""A micro version above all that there are."""
_IMPLEMENTATIONS = {"cpython": "CPython", "pypy": "PyPy"}


def applies(item: Item, environment: Environment) -> bool | None:
    """Whether a declared package is meant for that environment; None where it cannot be told.

    `item` is one of the section `packages` of a repository's profile. The groups and extras that it is
    declared in count as asked for: whether they are is for the caller to say by `groups`.
    """
    if not isinstance(item, Mapping):
        return True
    marker = item.get("marker")
    return holds(marker if isinstance(marker, str) else None, environment, _strings(item.get("groups")))


def version_in(item: Item, environment: Environment) -> str | None:
    """The version that is declared for that environment; None where none is, or where it cannot be told."""
    if not isinstance(item, Mapping):
        return None
    groups = _strings(item.get("groups"))
    for candidate in _strings(item.get("versions")):
        one, _, marker = candidate.partition("; ")
        if holds(marker or None, environment, groups):
            return one
    version = item.get("version")
    return version if isinstance(version, str) and "versions" not in item else None


def holds(marker: str | None, environment: Environment, groups: tuple[str, ...] = ()) -> bool | None:
    """Whether a marker holds, `groups` being asked for; where only "3.12" is known, whether for all of 3.12."""
    extras = tuple(group.removeprefix("extra:") for group in groups if group.startswith("extra:"))
    asked = {"extras": extras, "dependency_groups": tuple(group.removeprefix("group:") for group in groups)}
    values = {**environment, **asked}
    if marker is None or "python_full_version" in values or "python_version" not in values:
        answer: bool | None = Markers(values).holds(marker, extras)
        return answer
    answers = {
        Markers({**values, "python_full_version": f"{values['python_version']}.{last}"}).holds(marker, extras)
        for last in (0, _LAST)
    }
    return answers.pop() if len(answers) == 1 else None


def environment_of(profile: Profile) -> dict[str, str]:
    """The marker variables that a profile tells of."""

    def fact(section: str, key: str) -> str | None:
        found = profile.sections.get(section)
        value = found.items.get(key) if found is not None else None
        return value if isinstance(value, str) else None

    values = dict(_SYSTEMS.get(fact("platform", "system") or "", {}))
    values |= of_python(fact("python", "version"), fact("python", "implementation"))
    told = {"platform_machine": fact("platform", "architecture"), "platform_release": fact("platform", "kernel")}
    return {**values, **{name: value for name, value in told.items() if value is not None}}


def of_python(version: str | None, implementation: str | None = "cpython") -> dict[str, str]:
    """The marker variables that follow from a version of Python: "3.12" tells fewer of them than "3.12.4"."""
    values = {}
    if implementation is not None:
        name = implementation.lower()
        values = {
            "implementation_name": name,
            "platform_python_implementation": _IMPLEMENTATIONS.get(name, implementation),
        }
    parts = (version or "").split(".")
    if len(parts) >= 2:
        values["python_version"] = ".".join(parts[:2])
    if version is not None and len(parts) >= 3:
        values["python_full_version"] = version
        if values.get("implementation_name") == "cpython":
            values["implementation_version"] = version
    return values


def _strings(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
