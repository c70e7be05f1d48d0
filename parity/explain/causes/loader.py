"""A shared library that the loader does not find, or finds too old: what an extension module of production needs.

The soname of the message is the key of the section. Which system package brings a library is what local's files say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parity.diff.model import Kind
from parity.explain.case import Case, in_log
from parity.explain.causes._words import built_for, candidate, wheel
from parity.explain.model import Candidate, Evidence, Fact
from parity.profile.item import field

TITLE = "A shared library"
CATEGORY = "environment"
NEEDS = ("libraries", "platform")
ASPECTS = True

_STEM = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"[0-9]+\Z")
_FILE = re.compile(r"(?P<file>/[\w./+-]{1,300}\.so[\w.]{0,30}): version [`'\"]")
_SYSTEMS = re.compile(r"/(?:usr/)?lib(?:32|64|x32)?/")
"""Where ld.so(8) looks by itself, and what packages of the system install to."""
_LEAST = 3
_LED = 0.95
"""Only production has a variable that puts other libraries first."""
_LACKS = re.compile(r"(?:relocating )?(?P<file>[\w./+-]{1,300}): (?:undefined symbol: |\w{1,200}: symbol not found)")
_WHOLE_PROGRAM = re.compile(r"python[\d.]*\Z|libc\.so\.6\Z|libc\.musl|ld-musl|libpthread\.so|libm\.so\.6\Z")
_C_LIBRARY = re.compile(r"\Alibc\.(?:so|musl)|\Ald-(?:musl|linux)")


def weigh(case: Case) -> Iterator[Candidate]:
    """The library, the system package that is named like it, the C library, the wheel that needs it."""
    for fact in case.of("soname"):
        yield from _library(case, fact, 0.97)
        yield from _package(case, fact)
        yield from _path(case, fact)
        yield from _wheel(case, fact)
        if _C_LIBRARY.match(fact.value.lower()):
            yield from _platform(case, fact, 0.95)
    for fact in case.of("symbol_version"):
        soname = _owner(fact.value)
        yield from _path(case, fact)
        yield from _library(case, fact, 0.93, soname)
        yield from _platform(case, fact, 0.93)
        for key in ("libc6", "glibc", "musl", "libstdc++6", "libgomp1"):
            if (key in ("libc6", "glibc")) is (soname == "libc.so.6"):
                yield from _candidate(case, "system_packages", key, 0.7, fact)
    for fact in case.of("symbol"):
        yield from _symbol(case, fact)


def _symbol(case: Case, fact: Fact) -> Iterator[Candidate]:
    """A symbol that is not there: in what the message names before it, or in what that was linked with."""
    yield from _path(case, fact)
    found = _LACKS.search(fact.words)
    lacking = found["file"].rpartition("/")[2] if found else ""
    if _WHOLE_PROGRAM.match(lacking):
        # Looked up in the program itself (dlopen of nothing): what that has beside its own is the C library's.
        yield from _platform(case, fact, 0.93)
        for section, key, likelihood in (("libraries", "libc.so.6", 0.9), ("system_packages", "libc6", 0.8)):
            yield from _candidate(case, section, key, likelihood, fact)
        return
    if lacking and case.difference("libraries", lacking) is not None:
        yield from _candidate(case, "libraries", lacking, 0.93, fact)
    module = lacking.partition(".")[0]
    for difference in case.differences("libraries") if module else ():
        needing = [field(side, "needed_by") for side in (difference.local, difference.production)]
        if any(name.rpartition("/")[2] == module for held in needing if isinstance(held, tuple) for name in held):
            yield from _candidate(case, "libraries", difference.key, 0.75, fact)
    for name in case.on_path[:2]:
        yield from _candidate(case, "packages", name, 0.6, fact)


def _library(case: Case, fact: Fact, likelihood: float, soname: str | None = None) -> Iterator[Candidate]:
    wanted = (soname or fact.value).lower()
    for difference in case.differences("libraries"):
        if (difference.key.lower() == wanted and difference.kind is not Kind.EXTRA) or _unresolved(
            case, difference.key, wanted
        ):
            yield from _candidate(case, "libraries", difference.key, likelihood, fact)


def _unresolved(case: Case, key: str, wanted: str) -> bool:
    item = case.items("libraries")[1].get(key)
    return key.lower() == wanted and field(item, "resolved") is False


def _package(case: Case, fact: Fact) -> Iterator[Candidate]:
    """A system package whose name is the soname's: libpq.so.5 is in libpq5, libGL.so.1 in libgl1."""
    whole, core = _stem(fact.value.replace(".so.", "").replace(".so", "")), _core(fact.value.partition(".so")[0])
    for difference in case.differences("system_packages"):
        if difference.kind is not Kind.MISSING or difference.key.endswith(("-dev", "-doc", "-dbg")):
            continue
        name = difference.key.lower().removesuffix("t64")
        exact = _stem(name) in (whole, whole.rstrip("0123456789"))
        if exact or (len(core) >= _LEAST and core == _core(name)):
            yield from _candidate(case, "system_packages", difference.key, 0.88 if exact else 0.8, fact)


def _stem(name: str) -> str:
    return _STEM.sub("", name.lower())


def _core(name: str) -> str:
    """What a library is called without "lib" and its number: "pango" of libpango-1.0-0, "gdal" of GDAL."""
    return _NUMBER.sub("", _stem(name).removeprefix("lib"))


def _path(case: Case, fact: Fact) -> Iterator[Candidate]:
    """Where the loader is told to look beside the system's directories: a library that is not found lacks the variable;
    one that is another than it was linked with comes of it (ld.so(8))."""
    other = fact.kind != "soname"
    for key in ("LD_LIBRARY_PATH", "LD_PRELOAD"):
        difference = case.difference("environment", key)
        if difference is not None:
            if other:
                likelihood = _LED if difference.kind is not Kind.MISSING and _led(case, fact) else 0.3
            else:
                likelihood = 0.85 if (difference.kind is not Kind.EXTRA) is (key == "LD_LIBRARY_PATH") else 0.3
            yield from _candidate(case, "environment", key, likelihood, fact)


def _led(case: Case, fact: Fact) -> bool:
    """Whether what production gets is in no directory of the system's: the message says so, or a library that local
    gets from another directory."""
    named = _FILE.search(fact.words)
    if named and not _SYSTEMS.match(named["file"]):
        return True
    lacking = _LACKS.search(fact.words)
    module = lacking["file"].rpartition("/")[2].partition(".")[0] if lacking else ""
    local, production = case.items("libraries")
    for soname, item in production.items() if module else ():
        here, there = field(local.get(soname), "file"), field(item, "file")
        needing = field(item, "needed_by")
        needed = isinstance(needing, tuple) and any(name.rpartition("/")[2] == module for name in needing)
        if needed and isinstance(here, str) and isinstance(there, str) and not _SYSTEMS.match(there):
            return here.rpartition("/")[0] != there.rpartition("/")[0]
    return False


def _wheel(case: Case, fact: Fact) -> Iterator[Candidate]:
    for name in case.on_path[:1]:
        wanted = case.refused(name)
        if wanted is not None:
            yield candidate(
                __name__, wheel(case, name), 0.9, (in_log(fact), built_for(name, wanted)),
                f"{name} is imported by production's interpreter",
                f"install {name} in production from a wheel for its interpreter, C library and machine",
            )  # fmt: skip


def _platform(case: Case, fact: Fact, likelihood: float) -> Iterator[Candidate]:
    for key in ("libc", "libc_version", "distribution"):
        yield from _candidate(case, "platform", key, likelihood if key != "distribution" else 0.4, fact)


def _owner(version: str) -> str:
    """The soname that a version of symbols belongs to: GLIBC_2.38, GLIBCXX_3.4.30, OPENSSL_3.0.0."""
    name = version.partition("_")[0].upper()
    return {"GLIBC": "libc.so.6", "GLIBCXX": "libstdc++.so.6", "CXXABI": "libstdc++.so.6", "GOMP": "libgomp.so.1"}.get(
        name, ""
    )


def _candidate(case: Case, section: str, key: str, likelihood: float, fact: Fact) -> Iterator[Candidate]:
    difference = case.difference(section, key)
    if difference is None:
        return
    yield candidate(
        __name__,
        difference,
        likelihood,
        (in_log(fact), *_needed(case, key)),
        f"`ldd` of the module that needs {fact.value} finds it in production",
        f"install what brings {fact.value} in production's image, or a wheel that carries it",
    )


def _needed(case: Case, soname: str) -> tuple[Evidence, ...]:
    for side, items in zip(("local", "production"), case.items("libraries"), strict=True):
        needed = field(items.get(soname), "needed_by")
        if isinstance(needed, tuple) and needed:
            return (
                Evidence(
                    "production" if side == "production" else "local", f"needed by {needed[0]}", f"libraries.{soname}"
                ),
            )
    return ()
