"""Where a frame of a traceback stands: in the program's own source, in a distribution, or in the standard library.

A log names files as the interpreter saw them, so both sides' profiles tell: which distribution provides an import
name is what production says, and for what production lacks, what local says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from parity.explain.model import Frame
from parity.profile.item import field
from parity.profile.model import Item

_INSTALLED = re.compile(r"/(?:site|dist)-packages/(.+)\Z")
_STDLIB = re.compile(r"/lib(?:64)?/(?:python|pypy)[0-9.]+t?/(?!(?:site|dist)-packages/)(.+)\Z|\A<frozen ([\w.]+)>\Z")
_EGG = re.compile(r"\A[^/]+\.egg/(.+)\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one frame stands."""

    kind: Literal["own", "package", "stdlib", "unknown"]
    """"unknown" for code that no file holds ("<string>") and for compiled code that no distribution claims."""
    module: str
    """Dotted, as far as the path tells: "sqlalchemy.engine.base", "shop.mail"; "" where it tells nothing."""
    distribution: str | None = None
    """Normalised name, for a package that either side has."""
    file: str = ""
    """For own code, the path as the log prints it."""


@dataclass(frozen=True)
class Providers:
    """Which distribution provides an import name, by what a profile's packages say."""

    packages: tuple[Mapping[str, Item], ...]
    """Items of section packages, the side that is believed first comes first."""

    @cached_property
    def _by_import(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for items in self.packages:
            for name, item in items.items():
                for import_name in provides(name, item):
                    held = found.setdefault(import_name, [])
                    if name not in held:
                        held.append(name)
        return {name: tuple(held) for name, held in found.items()}

    def all(self, module: str) -> tuple[str, ...]:
        """Every distribution that provides a dotted module, or the package that it is in."""
        parts = module.split(".")
        for count in range(len(parts), 0, -1):
            held = self._by_import.get(".".join(parts[:count]))
            if held:
                return held
        return ()

    def first(self, module: str) -> str | None:
        """The distribution that is the likeliest to provide a module, None where none is known to."""
        held = self.all(module)
        return held[0] if held else None


def provides(name: str, item: Item) -> tuple[str, ...]:
    """The import names of a distribution: what it says, or its own name with "_" for "-"."""
    said = field(item, "provides")
    return said if isinstance(said, tuple) and said else (name.replace("-", "_"),)


def place(frame: Frame, providers: Providers) -> Place:
    """Where a frame stands."""
    installed = _INSTALLED.search(frame.file)
    if installed:
        egg = _EGG.match(installed[1])
        module = module_of(egg[1] if egg else installed[1])
        return Place("package", module, providers.first(module))
    library = _STDLIB.search(frame.file)
    if library:
        return Place("stdlib", module_of(library[1]) if library[1] else library[2])
    if frame.file.startswith("<") or not frame.file.endswith((".py", ".pyw")):
        return _compiled(frame, providers)
    return Place("own", module_of(frame.file.removeprefix("/").removeprefix("./")), None, frame.file)


def _compiled(frame: Frame, providers: Providers) -> Place:
    # Cython names the source that its module was made from: "pandas/_libs/interval.pyx".
    module = module_of(frame.file) if "/" in frame.file and not frame.file.startswith(("<", "/")) else ""
    distribution = providers.first(module) if module else None
    return Place("package", module, distribution) if distribution else Place("unknown", module)


def module_of(path: str) -> str:
    """The dotted module that a path below a directory of sys.path is."""
    parts = path.split("/")
    stem = parts[-1].partition(".")[0]
    return ".".join(parts[:-1] if stem == "__init__" else [*parts[:-1], stem])


def distributions(places: Iterable[Place]) -> tuple[str, ...]:
    """Every distribution among the places, each once, in order."""
    return tuple(dict.fromkeys(one.distribution for one in places if one.distribution))
