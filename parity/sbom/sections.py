"""Package URLs made into the sections `packages` and `system_packages`, as the collectors of these names would.

What a bill of materials does not tell is hidden and so unknown in a diff: which of several versions of a package the
program uses, and, but for what syft made, which commit one was installed from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key

from parity.diff.comparisons import rpm
from parity.probe.packages.metadata import NAME, VERSION, normalised
from parity.profile import Section, Status
from parity.profile.model import Field, Item
from parity.sbom.document import Bom
from parity.sbom.purl import NotAPurl, Purl, parse

MANAGERS = {"deb": "debian", "apk": "apk", "alpine": "apk", "rpm": "rpm"}
"""{type of a package URL: the manager, by the name of the comparison that orders its versions}.

`alpine` is what syft wrote, and `docker sbom` with it, before the type apk was agreed on.
"""

_NO_PACKAGES = frozenset({"generic", "github", "oci", "docker", "swid"})
"""Types that name what the document is about, an operating system or a source, and no package of it."""

_SYSTEM_NAME = re.compile(r"[A-Za-z0-9._][A-Za-z0-9._+~^{}%-]{0,254}")
_SYSTEM_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:+_~^{}%-]{0,254}")
_ARCHITECTURE = re.compile(r"[a-z0-9_-]{1,32}")
_EPOCH = re.compile(r"[0-9]{1,10}")
_REVISION = re.compile(r"@([0-9a-f]{7,64})$")
_ANY = ("", "all", "noarch")
_SOURCE = ("source", "src", "nosrc")
_SHOWN = 3

_SEVERAL = "it names more than one version, and not which of them the program uses"
_NO_VERSION = "it names a package without its version"
_NO_COMMIT = "it does not tell which commit a package is from"
_UNREADABLE = "a package URL in it cannot be read"


def sections(bom: Bom) -> dict[str, Section]:
    """{"packages": …, "system_packages": …}: unavailable where the document names none."""
    purls, unreadable, others = [], 0, Counter[str]()
    for text in bom.purls:
        try:
            purl = parse(text)
        except NotAPurl:
            unreadable += 1
            continue
        if purl.type == "pypi" or purl.type in MANAGERS:
            purls.append(purl)
        elif purl.type not in _NO_PACKAGES:
            others[purl.type] += 1
    python = _Gathered(unreadable)
    for purl in purls:
        if purl.type == "pypi":
            python.add_distribution(purl)
    system = _system([purl for purl in purls if purl.type in MANAGERS], unreadable)
    commits = any("syft" in tool.lower() for tool in bom.tools)
    notes = (f"it also names packages of other kinds, that are not compared: {_counted(others)}",) if others else ()
    nameless = f": {bom.nameless} in it have no package URL" if bom.nameless and not bom.purls else ""
    return {
        "packages": python.section(f"the SBOM names no Python package{nameless}", commits=commits, notes=notes),
        "system_packages": system.section(f"the SBOM names no package of dpkg, apk or rpm{nameless}"),
    }


@dataclass(slots=True)
class _Gathered:
    """The packages of one section so far."""

    unreadable: int
    versions: dict[str, set[str]] = field(default_factory=dict)
    """{key: versions, each once}."""
    revisions: dict[str, set[str]] = field(default_factory=dict)
    managers: dict[str, str] = field(default_factory=dict)

    def add_distribution(self, purl: Purl) -> None:
        """A Python distribution; one whose name or version is of no valid form is counted."""
        if not NAME.match(purl.name) or (purl.version and not VERSION.match(purl.version)):
            self.unreadable += 1
            return
        key = normalised(purl.name)
        self.versions.setdefault(key, set()).add(purl.version)
        found = _REVISION.search(purl.qualifiers.get("vcs_url", ""))
        self.revisions.setdefault(key, set()).add(found[1] if found else "")

    def add_package(self, key: str, version: str, manager: str) -> None:
        """A package of the operating system."""
        if self.managers.get(key, manager) != manager:
            key = f"{key}:{manager}"
        self.managers[key] = manager
        self.versions.setdefault(key, set()).add(version)

    def section(self, none: str, *, commits: bool = True, notes: tuple[str, ...] = ()) -> Section:
        """`none` is the reason where there are no packages; `commits`: whether a commit would have been told."""
        items: dict[str, Item] = {}
        hidden: list[str] = []
        reasons: set[str] = set()
        for key in self.versions:
            items[key], unknown = self._item(key, commits)
            if unknown:
                hidden.append(key)
                reasons.add(unknown)
        if self.unreadable:
            hidden.append("*")
            reasons.add(_UNREADABLE if self.unreadable == 1 else f"{self.unreadable} package URLs in it cannot be read")
        if hidden:
            return Section(Status.PARTIAL, "; ".join(sorted(reasons)), items, notes=notes, hidden=tuple(sorted(hidden)))
        if not items:
            return Section(Status.UNAVAILABLE, none, notes=notes)
        return Section(Status.OK, items=items, notes=notes)

    def _item(self, key: str, commits: bool) -> tuple[Item, str | None]:
        """The item, and what of it is not known."""
        versions, revisions = self.versions[key], self.revisions.get(key, set())
        manager = self.managers.get(key)
        item: dict[str, Field] = {} if manager is None else {"manager": manager}
        if manager == "rpm" and len(versions) > 1:
            # Kernels and keys of one name stand side by side, and the newest is the one in use.
            *older, newest = sorted(versions, key=cmp_to_key(_rpm_order))
            return {**item, "version": newest, "also": tuple(sorted(older))}, None
        if len(versions) > 1:
            return {**item, "versions": tuple(sorted(versions - {""}))}, _SEVERAL
        (version,) = versions
        if not version:
            return item, _NO_VERSION
        item["version"] = version
        if len(revisions) > 1:
            return item, _SEVERAL
        revision = next(iter(revisions), "")
        if revision:
            item["revision"] = revision
        return item, None if revision or commits else _NO_COMMIT


def _system(purls: Sequence[Purl], unreadable: int) -> _Gathered:
    gathered = _Gathered(unreadable)
    native = {kind: _usual(one.qualifiers.get("arch", "") for one in purls if one.type == kind) for kind in MANAGERS}
    for purl in purls:
        architecture = purl.qualifiers.get("arch", "")
        if architecture in _SOURCE or (purl.type == "rpm" and purl.name == "gpg-pubkey"):
            # What a package was built from is not installed, and a key that rpm trusts is no software.
            continue
        version = _with_epoch(purl)
        right = _SYSTEM_NAME.fullmatch(purl.name) and (not architecture or _ARCHITECTURE.fullmatch(architecture))
        if not right or (version and not _SYSTEM_VERSION.fullmatch(version)):
            gathered.unreadable += 1
            continue
        name = purl.name if purl.type == "rpm" else purl.name.lower()
        foreign = architecture not in (*_ANY, native[purl.type])
        gathered.add_package(f"{name}:{architecture}" if foreign else name, version, MANAGERS[purl.type])
    return gathered


def _with_epoch(purl: Purl) -> str:
    """The version as its manager writes it. The epoch stands in it, or is a qualifier; that of 0 says nothing."""
    epoch, colon, rest = purl.version.partition(":")
    if not colon:
        epoch, rest = purl.qualifiers.get("epoch", "0"), purl.version
    if not rest or (_EPOCH.fullmatch(epoch) and not int(epoch)):
        return rest
    return f"{epoch}:{rest}"


def _usual(architectures: Iterable[str]) -> str | None:
    counts = Counter(one for one in architectures if one not in (*_ANY, *_SOURCE))
    return min(counts, key=lambda one: (-counts[one], one)) if counts else None


def _rpm_order(left: str, right: str) -> int:
    change = rpm.change(left, right)
    return 0 if change is None or rpm.equal(left, right) else -1 if change.direction == "newer" else 1


def _counted(kinds: Mapping[str, int]) -> str:
    ordered = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    told = ", ".join(f"{kind} ({kinds[kind]})" for kind in ordered[:_SHOWN])
    return told if len(ordered) <= _SHOWN else f"{told} and {len(ordered) - _SHOWN} more"
