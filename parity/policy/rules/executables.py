"""Programs that the process can run by a bare name: what is missing weighs by who would start it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from parity.diff.model import Difference, Kind
from parity.policy import program_callers
from parity.policy.model import Finding, Rule, Severity, Sides, finding
from parity.policy.program_callers import Caller
from parity.policy.requirements import Requirements
from parity.policy.words import listed, plural, some
from parity.profile.item import field
from parity.profile.model import Item

RULES = {
    "missing-used": Rule(Severity.ERROR, "a program that the source or a package starts, and production lacks"),
    "missing": Rule(Severity.INFO, "programs that production lacks and that nothing is known to start"),
    "extra": Rule(Severity.INFO, "programs that only production has"),
    "python": Rule(Severity.WARNING, "another file wins where python is started by its name"),
    "implementation": Rule(Severity.WARNING, "a program of the same name that is another one"),
    "version": Rule(Severity.INFO, "another version of a program that was asked for"),
}

OTHERS = "*"
"""The key of a finding about many names."""

_SYSTEM = ("/bin", "/usr/bin")
_VERSION = ".version"
_PYTHONS = ("python", "python3")


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each program that something starts, one for all others that are missing or extra."""
    missing: list[Difference] = []
    extra: list[Difference] = []
    for one in differences:
        if one.key.endswith(_VERSION):
            yield from _version(one)
        elif one.kind is Kind.CHANGED:
            yield _another(one, sides) if one.fields else _python(one, sides)
        elif one.kind is Kind.EXTRA:
            extra.append(one)
        else:
            found = _missing(one, sides)
            if found is None:
                missing.append(one)
            else:
                yield found
    yield from _folded("missing", missing, "production lacks")
    yield from _folded("extra", extra, "only production has")


def _missing(one: Difference, sides: Sides) -> Finding | None:
    place = sides.use.item("executables", one.key) if sides.use is not None else None
    if isinstance(place, str):
        why = "the source starts it, and no directory of production's PATH has it"
        return finding("missing-used", one, Severity.ERROR, why, evidence=(f"started at {place}",))
    production = sides.items("executables")[1]
    for caller in program_callers.of(one.key):
        if any(name in production for name in caller.programs):
            continue
        found = _caller(caller, sides)
        if found is not None:
            return _needed(one, caller, *found)
    return None


def _caller(caller: Caller, sides: Sides) -> tuple[str, Severity] | None:
    """(the distribution of production that starts it, how much that matters)."""
    packages = sides.items("packages")[1]
    name = next((each for each in caller.distributions if each in packages), None)
    if name is None:
        return None
    certain = not Requirements(packages).of(name)
    if sides.use is not None:
        from parity.policy.use import Degree

        degree = sides.use.package(name).degree
        if degree is Degree.UNUSED:
            return name, Severity.INFO
        certain = certain or degree is Degree.USED
    return name, Severity.ERROR if certain else Severity.WARNING


def _needed(one: Difference, caller: Caller, name: str, severity: Severity) -> Finding:
    others = [each for each in caller.programs if each != one.key]
    instead = f", nor {listed(others, 'or')}" if others else ""
    why = f"{name} starts it, and no directory of production's PATH has it{instead}"
    rule = "missing" if severity is Severity.INFO else "missing-used"
    return finding(rule, one, severity, why, evidence=(f"{name} needs it: {caller.source}",))


def _python(one: Difference, sides: Sides) -> Finding:
    # Another environment's python on the PATH, or a shim, does not see what local uses either.
    uses = sides.items("python")[0].get("executable")
    own = not isinstance(uses, str) or uses.rpartition("/")[0] == one.local
    if own and one.production in _SYSTEM and one.local not in _SYSTEM:
        why = (
            f"in production {one.key} is the system's: it does not see the packages of the environment that local uses"
        )
        return finding("python", one, Severity.WARNING, why)
    return finding("python", one, Severity.INFO, f"{one.key} is found in another directory")


def _another(one: Difference, sides: Sides) -> Finding:
    """dash in place of bash, busybox in place of the GNU tools: what the one understands, the other may not."""
    local, production = field(one.local, "is"), field(one.production, "is")
    why = f"{one.key} is {production} in production and {local} locally, each with a language or options of its own"
    place = sides.use.item("executables", one.key) if sides.use is not None else None
    if isinstance(place, str):
        return finding("implementation", one, Severity.WARNING, why, evidence=(f"started at {place}",))
    return finding("implementation", one, Severity.INFO, why)


def _version(one: Difference) -> Iterator[Finding]:
    # Asked for on one side alone it is no difference.
    if one.kind is Kind.CHANGED:
        direction = one.change.direction if one.change else "another"
        severity = Severity.WARNING if one.change is None or one.change.part == "major" else Severity.INFO
        yield finding("version", one, severity, f"production's is {direction}")


def _folded(rule: str, found: Sequence[Difference], words: str) -> Iterator[Finding]:
    if len(found) == 1:
        yield finding(rule, found[0], Severity.INFO, f"{words} it, and nothing is known to start it")
    elif found:
        # Those that some distribution could start, were it there, are the ones that somebody looks for.
        names = sorted((one.key for one in found), key=lambda name: (not program_callers.of(name), name))
        first = found[0]
        yield Finding(
            f"{first.section}.{rule}",
            first.section,
            OTHERS,
            first.kind,
            Severity.INFO,
            _counted(found, "local"),
            _counted(found, "production"),
            f"{words} {plural(len(names), 'program')} that nothing is known to start: {some(names)}",
        )


def _counted(found: Iterable[Difference], side: str) -> Item:
    directories: dict[str, int] = {}
    for one in found:
        item = getattr(one, side)
        place = item if isinstance(item, str) else field(item, "directory")
        if isinstance(place, str):
            directories[place] = directories.get(place, 0) + 1
    told: Mapping[str, int] = dict(sorted(directories.items()))
    return told or None
