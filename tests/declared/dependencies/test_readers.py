"""Each reader on files that are named for what is odd about them: data/READER/ODDITY, what is told in ODDITY.told.

A line of a `.told` file is one fact: the line it stands on, what is depended on, and all that the reader says of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parity.declared import python_version
from parity.declared.dependencies import (
    pipfile,
    pipfile_lock,
    poetry_lock,
    pylock,
    pyproject,
    requirements,
    setup_cfg,
    setup_py,
    uv_lock,
)
from parity.declared.facts import Dependency, Edge, Facts
from parity.declared.text import decoded

DATA = Path(__file__).parent / "data"
READERS: dict[str, Callable[[str, str], Facts]] = {
    "pipfile": pipfile.read,
    "pipfile_lock": pipfile_lock.read,
    "poetry_lock": poetry_lock.read,
    "pylock": pylock.read,
    "pyproject": pyproject.read,
    "python_version": python_version.read,
    "requirements": lambda text, name: requirements.read(
        text, name, group=None if "requirements" in name else "main", local={"libs/known": "known"}
    ),
    "setup_cfg": setup_cfg.read,
    "setup_py": setup_py.read,
    "uv_lock": uv_lock.read,
}
CASES = sorted(
    path for reader in READERS for path in (DATA / reader).rglob("*") if path.is_file() and path.suffix != ".told"
)


def case(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


@pytest.mark.parametrize("path", CASES, ids=case)
def test_a_reader_tells_what_the_file_says(path: Path) -> None:
    reader = READERS[path.relative_to(DATA).parts[0]]
    try:
        facts = list(told(reader(decoded(path.read_bytes()), path.name)))
    except ValueError as error:
        facts = [f"not text: {error}"]
    assert "\n".join(facts) + "\n" == path.with_name(path.name + ".told").read_text("utf-8")
    assert not any("s3cret" in fact for fact in facts)


def test_every_reader_has_cases_and_every_case_a_file() -> None:
    assert {path.relative_to(DATA).parts[0] for path in CASES} == READERS.keys()
    stated = {path.with_name(path.name.removesuffix(".told")) for path in DATA.rglob("*.told")}
    assert stated == set(CASES)


def told(facts: Facts) -> Iterator[str]:
    """Every fact as a line."""
    yield from map(_dependency, facts.dependencies)
    for one in facts.pythons:
        yield f"{one.at.line}: Python {one.value}, exactly {one.exact}, in {one.specifier}"
    for fault in facts.faults:
        hides = ", ".join(f"{section} {pattern}" for section, pattern in fault.hides)
        yield f"fault: {fault.sentence} (hides {hides})"


def _dependency(one: Dependency) -> str:
    parts = [
        f"{one.at.line}: {one.name}" + (f"[{','.join(one.extras)}]" if one.extras else ""),
        f"{one.version}" if one.version else "",
        f"({one.specifier})" if one.specifier else "",
        "pinned" if one.pinned else "loose",
        one.strength.name.lower(),
        "direct" if one.direct else "",
        "+".join(one.groups),
        f"from {one.source}" if one.source else "",
        f"at {one.revision[:8]}" if one.revision else "",
        f"where {one.marker}" if one.marker else "",
        f"needs {', '.join(map(_edge, one.requires))}" if one.requires else "",
    ]
    return " ".join(filter(None, parts))


def _edge(edge: Edge) -> str:
    extras = f"[{','.join(edge.extras)}]" if edge.extras else ""
    behind = f" for {edge.behind}" if edge.behind else ""
    return f"{edge.name}{extras}{behind}{f' where {edge.marker}' if edge.marker else ''}"
