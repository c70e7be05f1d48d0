"""Whether an interpreter can load a wheel that is installed, by the compatibility tags that the wheel was built for.

Sources: the platform compatibility tags specification; PEP 425 (python, abi), 600 (manylinux_X_Y, its older names),
656 (musllinux), 703 (free-threaded builds have an ABI of their own).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from parity.profile.item import field
from parity.profile.model import Item, Profile

_TAG = re.compile(r"(?P<python>[a-z]+[0-9_]+)-(?P<abi>\w+)-(?P<platform>\w+)")
_PYTHON = re.compile(r"(?P<kind>py|cp|pp)(?P<major>[0-9])(?P<minor>[0-9]*)")
_LINUX = re.compile(
    r"(?:(?P<libc>manylinux|musllinux)_(?P<major>[0-9]+)_(?P<minor>[0-9]+)|(?P<old>manylinux(?:1|2010|2014))|linux)"
    r"_(?P<machine>\w+)"
)
_OLD = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
_LIBC = {"manylinux": "glibc", "musllinux": "musl"}
_NAMES = {"py": "Python", "cp": "Python", "pp": "PyPy"}
_IMPLEMENTATIONS = {"cp": "cpython", "pp": "pypy"}
_SYSTEMS = (
    ("macosx", "Darwin", "macOS"),
    ("win", "Windows", "Windows"),
    ("manylinux", "Linux", "Linux"),
    ("musllinux", "Linux", "Linux"),
    ("linux", "Linux", "Linux"),
)
"""(how a tag's platform begins, the system as a profile calls it, as a person does)."""
_MACHINES = {"x86_64": {"x86_64"}, "amd64": {"x86_64"}, "i686": {"i686", "i386", "i586"}, "arm64": {"aarch64"}}
"""{machine of a tag: those that are the same}; one that is not here is its own."""


@dataclass(frozen=True, slots=True)
class Loader:
    """What loads an extension module: a Python, its C library and its machine. None where that is not known."""

    python: tuple[int, int] | None
    implementation: str | None
    abi: str | None
    """cp311, cp313t, pypy310_pp73."""
    libc: str | None
    libc_version: tuple[int, int] | None
    machine: str | None
    system: str | None

    def refuses(self, tags: Sequence[str]) -> str | None:
        """Why nothing built for these tags loads: what it wants, in a few words; None where one does, or may."""
        if not tags:
            return None
        wants = [self._wants(tag) for tag in tags]
        return None if None in wants else wants[0]

    def _wants(self, tag: str) -> str | None:
        found = _TAG.fullmatch(tag)
        return (
            None if found is None else self._python(found["python"], found["abi"]) or self._platform(found["platform"])
        )

    def _python(self, python: str, abi: str) -> str | None:
        found = _PYTHON.fullmatch(python)
        if found is None or self.python is None:
            return None
        kind, wanted = found["kind"], (int(found["major"]), int(found["minor"] or 0))
        name = f"{_NAMES[kind]} {wanted[0]}.{wanted[1]}"
        if kind != "py" and self.implementation not in (None, _IMPLEMENTATIONS[kind]):
            return f"CPython {wanted[0]}.{wanted[1]}" if kind == "cp" else name
        if kind == "py" or abi == "abi3":
            fits = wanted <= self.python and wanted[0] == self.python[0]
            return self._threads("") if fits and kind == "cp" else None if fits else f"{name} or later"
        return name if wanted != self.python else self._threads(abi) if abi.startswith("cp") else None

    def _threads(self, abi: str) -> str | None:
        """What a build for an ABI of CPython wants of threads that this one has not."""
        if self.abi is None or abi.endswith("t") is self.abi.endswith("t"):
            return None
        return "a free-threaded Python" if abi.endswith("t") else "a Python with the GIL"

    def _platform(self, platform: str) -> str | None:
        for prefix, system, name in _SYSTEMS:
            if platform.startswith(prefix) and self.system not in (None, system):
                return name
        found = _LINUX.fullmatch(platform)
        if found is None:
            return None
        machine = found["machine"]
        if self.machine is not None and self.machine not in _MACHINES.get(machine, {machine}):
            return machine
        libc = _LIBC.get(found["libc"] or (found["old"] and "manylinux"))
        return None if libc is None or self.libc is None else self._library(libc, _least(found))

    def _library(self, libc: str, least: tuple[int, int]) -> str | None:
        if libc != self.libc:
            return libc
        older = self.libc_version is not None and self.libc_version < least
        return f"{libc} {least[0]}.{least[1]} or later" if older else None


def _least(found: re.Match[str]) -> tuple[int, int]:
    """The C library's version that a tag asks for."""
    return _OLD[found["old"]] if found["old"] else (int(found["major"]), int(found["minor"]))


def loader(side: Profile) -> Loader:
    """What loads modules on a side, as far as its profile tells."""
    python, platform = (_items(side, name) for name in ("python", "platform"))
    tag = python.get("platform_tag")
    # A 32-bit interpreter under a 64-bit kernel is told by its tag.
    machine = tag.removeprefix("linux_") if isinstance(tag, str) and tag.startswith("linux_") else None
    return Loader(
        _two(python.get("version")),
        _text(python.get("implementation")),
        _text(python.get("abi")),
        _text(platform.get("libc")),
        _two(platform.get("libc_version")),
        machine or _text(platform.get("architecture")),
        _text(platform.get("system")),
    )


def tags(item: Item) -> tuple[str, ...]:
    """The tags of an installed wheel; none for one that is pure Python."""
    found = field(item, "wheel")
    return tuple(dict.fromkeys(tag for text in found for tag in _each(text))) if isinstance(found, tuple) else ()


def _each(text: str) -> Iterator[str]:
    """A tag, or each of a compressed set of them: some builders write "cp311-cp311-manylinux_2_17_x86_64.linux_x86_64"
    into a wheel, as its file is named."""
    return ("-".join(parts) for parts in product(*(part.split(".") for part in text.split("-"))))


def _items(side: Profile, name: str) -> Mapping[str, Item]:
    section = side.sections.get(name)
    return section.items if section is not None else {}


def _text(item: Item) -> str | None:
    return item if isinstance(item, str) else None


def _two(version: Item) -> tuple[int, int] | None:
    found = re.match(r"([0-9]{1,6})\.([0-9]{1,6})", version) if isinstance(version, str) else None
    return (int(found[1]), int(found[2])) if found else None
