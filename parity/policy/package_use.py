"""What a finding about a package weighs by its use: whether the program imports it, needs it, or may need it.

    found       what is used itself      what that requires      what it may use      what nothing uses
    missing     error                    the requirer's: info    warning              info
    major       error                    error                   warning              info
    minor       warning                  info                    info                 info

What the program may use requires others in turn, and those weigh as nothing.

A minor release that is known to have taken something away (data/breaking_minors.txt) weighs as a warning wherever the
package is used. What the reading leaves open weighs as it does without a repository.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from parity.diff.comparisons.pep440 import parsed
from parity.policy.known_packages import breaking
from parity.policy.model import Finding, Severity
from parity.policy.use import Degree, Usage, Use
from parity.profile.item import field

_BY_USE = frozenset(
    {"missing", "missing-required", "provider", "requirement"} | {"major", "minor", "revision", "unreadable"}
)
"""The rules whose severity follows from whether the program needs the package."""

_GOES_ON = "production does not have it: the source goes on without it, and does less"
_MAY = "production does not have it, and what the program uses may ask for it"
_NEEDS = "production does not have it, and the program needs it"
_UNUSED = "production does not have it, and nothing that runs there is known to need it"


def needed(distribution: str, use: Use) -> bool:
    """Whether the program needs a distribution, or imports it as far as it is there."""
    return use.package(distribution).degree is Degree.USED or bool(use.imported_at(distribution))


def by_use(found: Finding, use: Use) -> Finding:
    """The finding by whether the source imports the package, or what the project declares requires it."""
    rule, usage = found.id.partition(".")[2], use.package(found.key)
    # A requirement that the two sides tell of says who requires it, and more.
    facts = [fact for fact in usage.evidence if not (found.evidence and fact.startswith("required by "))]
    found = replace(found, evidence=(*facts, *found.evidence))
    if rule in _BY_USE and usage.degree is Degree.UNUSED:
        return replace(found, severity=Severity.INFO, why=_UNUSED if rule == "missing" else found.why)
    weigh = _WEIGHED.get(rule)
    return found if weigh is None else weigh(found, use, usage)


def _provider(found: Finding, use: Use, usage: Usage) -> Finding:
    """Another build of a package is there to be imported in its place; another package is not."""
    other = found.severity is Severity.WARNING and use.imported_at(found.key)
    return replace(found, severity=Severity.ERROR) if other else found


def _major(found: Finding, use: Use, usage: Usage) -> Finding:
    if found.severity is Severity.INFO:
        # Of what a virtual environment began with.
        return replace(found, severity=Severity.WARNING) if use.imported_at(found.key) else found
    if usage.degree is not Degree.OPTIONAL or use.imported_at(found.key):
        return found
    return replace(found, severity=Severity.INFO if use.required_by(found.key) else Severity.WARNING)


def _missing(found: Finding, use: Use, usage: Usage) -> Finding:
    if usage.degree is Degree.OPTIONAL:
        if use.imported_at(found.key):
            return replace(found, why=_GOES_ON)
        return _with_its_requirer(found, use) or replace(found, why=_MAY)
    if usage.degree is Degree.USED:
        why = found.why if use.imported_at(found.key) else _NEEDS
        return _with_its_requirer(found, use) or replace(found, severity=Severity.ERROR, why=why)
    return found


def _with_its_requirer(found: Finding, use: Use) -> Finding | None:
    """What only another package requires that production lacks too: that one is the finding."""
    requirer = use.required_by(found.key)
    if requirer is None or requirer == found.key or use.direct(found.key):
        return None
    local, production = (side.sections["packages"].items for side in (use.local, use.production))
    if requirer not in local or requirer in production:
        return None
    why = f"production has neither it nor {requirer}, which requires it"
    return replace(found, severity=Severity.INFO, why=why)


def _minor(found: Finding, use: Use, usage: Usage) -> Finding:
    if usage.degree is Degree.UNSURE:
        return found
    told = _broke(found)
    if told:
        between = f"between the two versions, {told[0]}"
        return replace(found, severity=Severity.WARNING, why=between, evidence=(*found.evidence, *told[1:3]))
    if use.direct(found.key):
        return found
    return replace(found, severity=Severity.INFO, why=f"{found.why}; only what the program uses uses it")


def _broke(found: Finding) -> tuple[str, ...]:
    """The releases between the two versions that took something away: "2.1 removed soft_unicode"."""
    versions = [parsed(str(field(side, "version"))) for side in (found.local, found.production)]
    known = [one for one in versions if one is not None]
    if len(known) < 2:
        return ()
    low, high = min(known), max(known)
    releases = ((parsed(version), told) for version, told in breaking(found.key))
    return tuple(told for release, told in releases if release is not None and low < release <= high)


_WEIGHED: Mapping[str, Callable[[Finding, Use, Usage], Finding]] = {
    "major": _major,
    "minor": _minor,
    "missing": _missing,
    "provider": _provider,
}
"""{rule: how what is used, or may be, weighs}; the others weigh as they are."""
