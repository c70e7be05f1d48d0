"""Whether a repository says by itself what a failure turned out to be caused by: a variable, a package, a source file.

    python -m benchmarks declares [DIR]

A case is a directory that holds the program (app/) and its true cause (`truth` in failure.toml or case.toml). What is
asked is the declared reading of app/ alone, before anything ran: the variable is read at a line, the package is
imported or declared at one, the file is in the manifest; or a library that the source imports is known to read the
variable, or to import the package. For those of the set that it cannot name, undeclared.toml says why.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from benchmarks.explaining.recipe import SET
from parity.declared.assemble import declared
from parity.policy.known_packages import implicit, started_by
from parity.policy.library_names import readers
from parity.profile.model import Section

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SECTIONS = ("environment", "packages", "source")
"""Of what only the program and what it is deployed with can tell."""

_PLACES = {"read_at": "read", "imported_at": "imported", "declared_at": "declared", "at": "declared"}
"""{field of an item: what the files at its places do}."""
_NOBODY = "no list says why"
_PROGRAMS = {
    "python": "read by the interpreter",
    "libc": "read by the C library",
    "loader": "read by the dynamic linker",
    "openssl": "read by OpenSSL",
    "libpq": "read by libpq",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One failure with a cause that a repository might tell of."""

    name: str
    app: Path
    causes: tuple[str, ...]
    """Labels (`section.key`) of the true cause that are of SECTIONS, best first; any of them will do."""


def cases(directory: Path = SET) -> list[Case]:
    """The cases of a directory whose cause is of SECTIONS, by name."""
    return [one for path in sorted(directory.iterdir()) if path.is_dir() for one in _case(path)]


def named(case: Case) -> str | None:
    """How the declared reading names the cause, as "environment.A: read at main.py:3"; None where it does not."""
    sections = declared(case.app, None, lambda words: None).sections
    found = (
        f"{label}: {words}"
        for words_of in (_said, _through)
        for label in case.causes
        if (words := words_of(*_parted(label), sections)) is not None
    )
    return next(found, None)


@cache
def reasons() -> Mapping[str, str]:
    """{case of the set: why its repository cannot tell the cause}."""
    table = tomllib.loads(Path(__file__).with_name("undeclared.toml").read_text("utf-8"))
    return {name: reason for reason, names in table.items() for name in names}


def main(words: Sequence[str]) -> int:
    """0 when every cause is named or known not to be; 1 when one is neither."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks declares", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "directory", nargs="?", type=Path, default=SET, metavar="DIR", help="cases (default: the set's)"
    )
    found = cases(parser.parse_args(words).directory)
    count = unexplained = 0
    for case in found:
        told = named(case)
        count += told is not None
        why = reasons().get(case.name) or next(filter(None, (_known(label) for label in case.causes)), _nowhere(case))
        unexplained += told is None and why is None
        causes = ", ".join(case.causes)
        print(f"{case.name:36} {told or f'not named, {causes}: {why or _NOBODY}'}", flush=True)
    print(f"\n{count} of {len(found)} causes are named, {unexplained} neither named nor explained")
    return 1 if unexplained else 0


def _case(directory: Path) -> Iterator[Case]:
    recipes = [one for name in ("failure.toml", "case.toml") if (one := directory / name).is_file()]
    if recipes and (directory / "app").is_dir():
        truth = tomllib.loads(recipes[0].read_text("utf-8")).get("truth", [])
        causes = tuple(label for label in truth if label.partition(".")[0] in SECTIONS)
        if causes:
            yield Case(directory.name, directory / "app", causes)


def _parted(label: str) -> tuple[str, str]:
    section, _, key = label.partition(".")
    # A fact of a distribution ("orjson.wheel_tags") is known where the distribution is.
    return section, key.partition(".")[0] if section == "packages" else key


def _said(section: str, key: str, sections: Mapping[str, Section]) -> str | None:
    """What the repository's own files say of it."""
    item = sections[section].items.get(key) if section in sections else None
    if item is None:
        return None
    if section == "source":
        return "in the manifest"
    return _place(item)


def _through(section: str, key: str, sections: Mapping[str, Section]) -> str | None:
    """Which library that the repository imports, starts or declares reads the variable, or imports the package."""
    packages = sections["packages"].items if "packages" in sections else {}
    programs = sections["executables"].items if "executables" in sections else {}
    seen = {name: f"started at {at}" for command, at in programs.items() for name in started_by(command)}
    seen |= {name: at for name, item in packages.items() if (at := _place(item))}
    if section == "environment":
        listed = (each for one in readers() if one.names.fullmatch(key) for each in one.distributions)
        verb, candidates = "read", (*listed, *_readers(key))
    elif section == "packages" and key in seen:
        return seen[key]
    else:
        verb, candidates = "imported", tuple(name for name in seen if section == "packages" and key in implicit(name))
    name = next((each for each in candidates if each in seen), None)
    return f"{verb} by {name}, {seen[name]}" if name else None


def _place(item: object) -> str | None:
    """ "imported at main.py:3", by the first place of an item that has one."""
    fields = item if isinstance(item, Mapping) else {}
    return next((f"{words} at {fields[name][0]}" for name, words in _PLACES.items() if fields.get(name)), None)


def _known(label: str) -> str | None:
    """Who reads a variable that no source need name."""
    section, key = _parted(label)
    programs = _readers(key) if section == "environment" else ()
    return next((_PROGRAMS.get(one, f"read by {one}") for one in programs), None)


def _nowhere(case: Case) -> str | None:
    """That no text of the repository holds the word, looked for without the reading: then nothing can be read of it."""
    texts = [path.read_text("utf-8", "replace") for path in case.app.rglob("*") if path.is_file()]
    for section, key in map(_parted, case.causes):
        if section == "source":
            if (case.app / key).exists():
                return None
        elif re.search(rf"(?i)\b{re.sub('[-_.]+', '[-_.]+', key)}\b", "\n".join(texts)):
            return None
    return "a file or a word that the repository does not hold"


def _readers(variable: str) -> tuple[str, ...]:
    """The programs and distributions of which explanations know that they read a variable."""
    rows = json.loads((files("parity.explain") / "data" / "variables.json").read_text("utf-8"))
    return tuple(row["program"] for row in rows if variable in row["names"])
