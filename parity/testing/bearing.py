"""Which differences bear on what failed: by what the failing tests import, and where their tracebacks lead. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parity.policy.model import Finding, Findings
from parity.policy.requirements import provided
from parity.profile.model import Profile

_INSTALLED = re.compile(r"/(?:site|dist)-packages/([A-Za-z_][A-Za-z0-9_]*)")
_STANDARD = re.compile(r"/lib/(?:python|pypy)[0-9.]+t?/(?!(?:site|dist)-packages)([A-Za-z_][A-Za-z0-9_]*)")
_PLACE = re.compile(r"([\w./-]+\.py):[0-9]+")
_NEEDED = re.compile(r"needed by ([A-Za-z_][A-Za-z0-9_]*)")
_MODULE = re.compile(r"(?:stdlib|modules?)\.([A-Za-z_][A-Za-z0-9_]*)")

_RUNNER = frozenset({"_pytest", "pluggy", "pytest"})
"""What every test stands on."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What failing tests stand on."""

    modules: frozenset[str]
    """The top-level modules that they import, or that stand in their tracebacks."""
    files: frozenset[str]
    """The repository's own files among them."""
    distributions: frozenset[str]
    """Those that provide the modules."""


def reach(texts: Mapping[str, str], tracebacks: Iterable[str], sides: tuple[Profile, Profile]) -> Reach:
    """What is reached from failing tests.

    texts   {path in the repository: text} of the tests' files and of what they import of the repository
    """
    modules = {name for text in texts.values() for name in imported(text)}
    for text in tracebacks:
        modules.update(_INSTALLED.findall(text), _STANDARD.findall(text))
    modules -= _RUNNER
    packages = [side.sections["packages"].items for side in sides if "packages" in side.sections]
    distributions = {
        key for items in packages for key, item in items.items() if not modules.isdisjoint(provided(key, item))
    }
    return Reach(frozenset(modules), frozenset(texts), frozenset(distributions))


def imported(text: str) -> set[str]:
    """The top-level modules that a file imports, anywhere in it; none where it is no Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def bearing(findings: Findings, reached: Reach, named: Iterable[str]) -> Findings:
    """Those that bear on it, in order. `named`: `section.key` of what the tracebacks themselves tell of."""
    labels = frozenset(named)
    return tuple(one for one in findings if f"{one.section}.{one.key}" in labels or _bears(one, reached))


def _bears(one: Finding, reached: Reach) -> bool:
    if one.section == "packages":
        return one.key in reached.distributions
    if one.section == "python":
        module = _MODULE.match(one.key)
        return module is not None and module[1] in reached.modules
    told = "\n".join((one.why, *one.evidence))
    return not reached.files.isdisjoint(_PLACE.findall(told)) or not reached.modules.isdisjoint(_NEEDED.findall(told))
