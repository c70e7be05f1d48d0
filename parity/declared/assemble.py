"""A repository into the sections of a profile: what its files say, by all who read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from parity.declared import containers, git, source
from parity.declared.commands import reading as commands
from parity.declared.dependencies import reading
from parity.declared.dependencies.markers import of_python
from parity.declared.facts import Checkout, Facts, Fault, PythonVersion
from parity.declared.sections import containers as of_containers
from parity.declared.sections import environment, executables, packages, python
from parity.declared.sections import source as of_source
from parity.declared.sections.made import noted, shortened
from parity.declared.walk import walk
from parity.declared.workspace import lock_above
from parity.probe.packages.requirement import environment as of_this_machine
from parity.profile.model import Section

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Declared:
    """What a repository promises."""

    sections: Mapping[str, Section]
    checkout: Checkout | None


def declared(root: Path, python_version: str | None, progress: Callable[[str], None]) -> Declared:
    """Read the repository in a directory; markers are evaluated for a version of Python, None for its own.

    Raises OSError where the directory itself cannot be listed.
    """
    progress("files")
    checkout = git.read(root)
    asked = checkout is not None and checkout.refused is None
    files = walk(root, checkout.ignored if checkout is not None and asked else None)
    progress("dependencies")
    projects = reading.projects(files)
    dependencies = reading.read(files, lock_above(root), projects)
    foreign = tuple(f"{place}/" for place in projects.foreign(dependencies)) if projects.chosen is not None else ()
    own = replace(files, paths=tuple(path for path in files.paths if not path.startswith(foreign)))
    progress("containers")
    contained = containers.read(own)
    parts = [dependencies, contained, commands.read(own, contained.started)]
    progress("source")
    rows = source.scanned(own)
    facts = Facts.joined([*parts, source.linked(own, rows), Facts(faults=tuple(_departing(checkout)))])
    seen = {path: row.imprint for path, row in rows.items() if row.imprint is not None}
    manifest = of_source.read(files, root.resolve(), checkout, seen)
    return Declared({**sections(facts, python_version), **manifest}, checkout)


def sections(facts: Facts, python_version: str | None = None) -> dict[str, Section]:
    """Every section that facts tell of. Pure."""
    said = python.stated(facts)
    values, sentence = marker_environment(said, python_version)
    found = {
        **python.read(facts),
        **packages.read(facts, values),
        **environment.read(facts),
        **executables.read(facts),
        **of_containers.read(facts),
    }
    loose = [fault.sentence for fault in facts.faults if not fault.hides]
    loose += [f"imported, and ignored by git: {one.path} ({one.at})" for one in facts.ignored_imports]
    if found["packages"].items:
        loose.append(sentence)
    found["packages"] = noted(found["packages"], loose)
    return {name: shortened(section) for name, section in found.items()}


def _departing(checkout: Checkout | None) -> Iterator[Fault]:
    """What git says against taking the files for the commit."""
    if checkout is None:
        return
    if checkout.refused is not None:
        yield Fault(f"git was not asked for the commit: {checkout.refused}")
    for words, paths in (("not as the commit has them", checkout.modified), ("unknown to git", checkout.untracked)):
        if paths:
            more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
            yield Fault(f"files that are {words}: {', '.join(paths[:_NAMED])}{more}")


def marker_environment(said: PythonVersion | None, python_version: str | None) -> tuple[dict[str, str], str]:
    """The marker variables of the environment that a repository is read for, and a sentence about it.

    The version asked for, or the one that the repository states, else the one that parity runs on; on a platform
    like this one.
    """
    here = of_this_machine()
    version = python_version or (said and (said.exact or _of(said)))
    if not version:
        return here, f"markers hold for Python {here['python_version']}, which parity runs on, {_platform(here)}"
    kept = {name: value for name, value in here.items() if name.startswith(("os_", "sys_", "platform_"))}
    values = {**kept, **of_python(version)}
    why = "" if python_version or said is None else f", as {said.at} says,"
    return values, f"markers hold for Python {version}{why} {_platform(here)}"


def _of(said: PythonVersion) -> str:
    return (said.specifier or "").removeprefix("==").removesuffix(".*")


def _platform(here: Mapping[str, str]) -> str:
    return f"on {here['sys_platform']} {here['platform_machine']}"
