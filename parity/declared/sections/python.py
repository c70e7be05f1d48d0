"""The section `python`: the version where one is stated exactly, what is required, and who says so.

version           scalar, only where all that state one exactly agree
requires          {specifier, at}
declared.FILE     {value, at} of each file that says something
"""

from __future__ import annotations

from parity.declared.facts import Facts, PythonVersion
from parity.declared.places import placed
from parity.declared.sections.made import SILENT, section, told
from parity.profile.model import Item, Section

_MANIFESTS = ("pyproject.toml", "setup.cfg", "setup.py")
OPEN = "a repository says which version of Python, and not how it is built"


def read(facts: Facts) -> dict[str, Section]:
    """{"python": section}."""
    if not facts.pythons:
        return {"python": told(SILENT, "python", facts)}
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
    return {"python": told(section(items, hidden, notes), "python", facts)}


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
