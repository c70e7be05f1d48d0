"""The section `python`: the version where one is stated exactly, what is required, and who says so.

version           scalar, only where all that state one exactly agree
requires          {specifier, at}
declared.FILE     {value, at} of each file that says something

A note names the modules of the standard library that the source imports, but for those that every Python has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from parity.declared.dependencies.imported import STANDARD
from parity.declared.facts import Facts, PythonVersion
from parity.declared.places import placed
from parity.declared.sections.made import SILENT, noted, section, told
from parity.profile.model import Item, Section

_MANIFESTS = ("pyproject.toml", "setup.cfg", "setup.py")
OPEN = "a repository says which version of Python, and not how it is built"


def read(facts: Facts) -> dict[str, Section]:
    """{"python": section}."""
    if not facts.pythons:
        return {"python": told(noted(SILENT, _imports(facts)), "python", facts)}
    items: dict[str, Item] = {}
    hidden = {"*": OPEN}
    notes = []
    exact = sorted({one.exact for one in facts.pythons if one.exact})
    if len(exact) == 1:
        items["version"] = exact[0]
    else:
        hidden["version"] = "files state several versions" if exact else "no file states one exact version"
    if len(exact) > 1:
        notes.append("several versions of Python are stated: " + ", ".join(map(_said, facts.pythons)))
    ranges = [one for one in facts.pythons if _is_range(one)]
    if ranges:
        specifier = ", ".join(sorted({one.specifier or one.value for one in ranges}))
        items["requires"] = {"specifier": specifier, **placed((one.at for one in ranges), "at", None)}
    for file in sorted({one.at.file for one in facts.pythons}):
        said = [one for one in facts.pythons if one.at.file == file]
        value = ", ".join(sorted({one.value for one in said}))
        items[f"declared.{file}"] = {"value": value, **placed((one.at for one in said), "at", None)}
    return {"python": told(section(items, hidden, [*notes, *_imports(facts)]), "python", facts)}


_IMPORTS = "of the standard library the source imports "
_IMPORT = re.compile(r"([A-Za-z_]\w*) \(([^()]*)\)")


def _imports(facts: Facts) -> Iterable[str]:
    """At most one sentence: what the program's own source imports of the standard library, with a place each."""
    found = {one.name: one.at for one in reversed(facts.imports) if one.name in STANDARD and not one.dev}
    if found:
        yield _IMPORTS + ", ".join(f"{name} ({at})" for name, at in sorted(found.items()))


def imports(python: Section) -> Mapping[str, str]:
    """{module of the standard library that the source imports: a place}, as the section's note tells it."""
    note = next((note for note in python.notes if note.startswith(_IMPORTS)), "")
    return dict(_IMPORT.findall(note))


def stated(facts: Facts) -> PythonVersion | None:
    """The version that markers are evaluated for: an exact one before "3.12", a small file before a Dockerfile."""
    singles = [one for one in facts.pythons if one.specifier is not None and not _is_range(one)]
    return min(singles, key=lambda one: (one.exact is None, "Dockerfile" in one.at.file, one.at), default=None)


def _is_range(one: PythonVersion) -> bool:
    """Whether it is what a project allows, and not what is to be used."""
    name = one.at.file.rpartition("/")[2]
    return one.exact is None and (name in _MANIFESTS or name.startswith("pylock."))


def _said(one: PythonVersion) -> str:
    return f"{one.value} ({one.at})"
