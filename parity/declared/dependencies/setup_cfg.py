"""setup.cfg: `install_requires`, `extras_require` and `python_requires`, as they are written.

Format: setuptools.pypa.io, "Configuring setuptools using setup.cfg files".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.declared.dependencies import groups
from parity.declared.dependencies.requirement import HIDES, facts
from parity.declared.dependencies.requirement import read as read_requirement
from parity.declared.facts import Dependency, Facts, Fault, Place, PythonVersion

_SECTION = re.compile(r"\[([^\]]+)\]\s*\Z")
_OPTION = re.compile(r"([A-Za-z0-9_.-]+)\s*[=:]\s*(.*)\Z")


def read(text: str, name: str) -> Facts:
    """Everything that the file says about dependencies and Python; `file:` and `attr:` are not followed."""
    pythons: list[PythonVersion] = []
    return facts(_entries(text, name, pythons), pythons)


def _entries(text: str, name: str, pythons: list[PythonVersion]) -> Iterator[Dependency | Fault]:
    for section, option, value, line in _values(text):
        at = Place(name, line)
        if section == "options" and option == "python_requires":
            pythons.append(PythonVersion(value, at, specifier=value))
            continue
        if section == "options" and option == "install_requires":
            group = groups.MAIN
        elif section == "options.extras_require":
            group = groups.of_extra(option)
        else:
            continue
        if value.startswith(("file:", "attr:")):
            yield Fault(f"{at}: read when it is built, and not followed here", HIDES)
        else:
            yield read_requirement(value, at, groups=(group,))


def _values(text: str) -> Iterator[tuple[str, str, str, int]]:
    """(section, option, one line of its value, line) of everything that has one."""
    section, option = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        stripped = re.split(r"(?:^|\s)[#;]", line, maxsplit=1)[0] if line.lstrip()[:1] in "#;" else line
        value = re.sub(r"\s#.*", "", stripped).strip()
        if not value:
            continue
        head = _SECTION.match(value) if line[:1] == "[" else None
        if head is not None:
            section, option = head[1].strip().lower(), ""
        elif line[:1].isspace():
            if option:
                yield section, option, value, number
        else:
            found = _OPTION.match(value)
            option = found[1].lower() if found else ""
            if found and found[2]:
                # A value of one line may hold several, and has no room for a marker then.
                yield from ((section, option, part.strip(), number) for part in found[2].split(";") if part.strip())
