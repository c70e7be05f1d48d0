"""The line of a repository that a finding is about, for those that show a report beside its files.

Evidence says where a thing is declared, read or imported: "2.1.0 is declared at uv.lock:27", "imported at
shop/prices.py:3 and 1 more". That line comes first; without one it is the file that holds production's profile.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import normpath

from parity.policy.model import Finding
from parity.report.base import Places, Report
from parity.report.values import target
from parity.text import safe

_AT = re.compile(r"(?:^|.* )at (?P<path>[^/ ].*?):(?P<line>[1-9]\d{0,6})(?: and [\d,]+ more)?(?:, .*)?")
_DECLARED = re.compile(r"\bdeclared at ")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file of the checkout."""

    path: str
    """From the checkout's root, with slashes: never absolute, never above the root, nothing invisible in it."""
    line: int = 1


def place(one: Finding, report: Report) -> Place | None:
    """Where to show a finding; None where nothing of the checkout bears on it."""
    return stated(one.evidence, report.places) or profile(report)


def profile(report: Report) -> Place | None:
    """The file of production's profile, or of local's where only that one is a file."""
    path = report.places.production or report.places.local
    return None if path is None else inside(path)


def stated(evidence: tuple[str, ...], places: Places) -> Place | None:
    """The first line that evidence names, one that declares before one that uses."""
    for fact in sorted(evidence, key=lambda one: not _DECLARED.search(one)):
        found = _AT.fullmatch(fact)
        known = inside(f"{places.repository}/{found['path']}", int(found["line"])) if found else None
        if known:
            return known
    return None


def inside(path: str, line: int = 1) -> Place | None:
    """The place of a path, unless it leads out of the checkout or has something invisible in it."""
    plain = normpath(path.lstrip("/"))
    if plain in {".", ".."} or plain.startswith("../") or safe(plain) != plain or "\\" in plain:
        return None
    return Place(plain, line)


def elsewhere(report: Report) -> str:
    """What stands for a file where there is none: the target that is production, and never an absolute path."""
    return target(report.production.target).lstrip("./") or "production"
