"""What a repository tells that needs no difference between the sides to matter. One file a section.

Every file declares

    RULES                           {name: Rule}; a finding's id is section.name, beside those of `rules/`
    read(comparison, sides, use)    the two sides and the repository -> findings

Asked only where a repository was read. What a side could not see is never taken for missing there.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from parity.diff.model import Comparison
from parity.policy.model import Sides
from parity.profile.model import Profile, Status


def lacks(side: Profile, section: str, key: str) -> bool:
    """Whether a side was seen not to have a thing."""
    found = side.sections.get(section)
    if found is None or not found.status.looked or key in found.items:
        return False
    return not any(fnmatchcase(key, pattern) for pattern in found.hidden)


def looked(sides: Sides, section: str) -> bool:
    """Whether production's section can be read, and nobody asked to leave it out."""
    found = [side.sections.get(section) for side in (sides.local, sides.production)]
    if any(one is not None and one.status is Status.SKIPPED for one in found):
        return False
    return found[1] is not None and found[1].status.looked


def differing(comparison: Comparison, section: str) -> frozenset[str]:
    """The keys of a section that are findings, or unknown, already."""
    return frozenset(one.key for one in comparison.differences if one.section == section)
