"""The operating system. What was built for one C library or architecture does not load on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parity.diff.model import Difference, Kind
from parity.policy.model import Finding, Rule, Severity, Sides, finding

RULES = {
    "system": Rule(Severity.ERROR, "another operating system"),
    "architecture": Rule(Severity.ERROR, "another architecture"),
    "libc": Rule(Severity.ERROR, "another C library: glibc, musl"),
    "libc-older": Rule(Severity.ERROR, "production's C library is older"),
    "libc-newer": Rule(Severity.INFO, "production's C library is newer"),
    "distribution": Rule(Severity.INFO, "another distribution, or another release of it"),
    "kernel": Rule(Severity.INFO, "another kernel"),
    "other": Rule(Severity.INFO, "another fact of the platform"),
}

_ONE_SENTENCE = {
    "system": (Severity.ERROR, "nothing that is compiled for one operating system loads on the other"),
    "architecture": (Severity.ERROR, "nothing that is compiled for one architecture loads on the other"),
    "libc": (Severity.ERROR, "a wheel is built for one C library and does not load with the other"),
    "distribution": (Severity.INFO, "system libraries and tools come in other versions and under other names"),
    "kernel": (Severity.INFO, "system calls and limits may differ; a container has the kernel of its host"),
}


def judge(differences: Sequence[Difference], sides: Sides) -> Iterator[Finding]:
    """One finding for each key; versions of two different C libraries are not held against each other."""
    other_library = any(one.key == "libc" and one.kind is Kind.CHANGED for one in differences)
    for one in differences:
        if one.key == "libc_version":
            if not other_library:
                yield _libc_version(one)
        elif one.kind is Kind.CHANGED and one.key in _ONE_SENTENCE:
            severity, why = _ONE_SENTENCE[one.key]
            yield finding(one.key, one, severity, why)
        else:
            yield finding("other", one, Severity.INFO, "only one side tells of it")


def _libc_version(one: Difference) -> Finding:
    if one.change is None:
        return finding("other", one, Severity.INFO, "only one side tells its C library's version")
    if one.change.direction == "older":
        why = "production's C library is older: what was built against the local one may ask for symbols it lacks"
        return finding("libc-older", one, Severity.ERROR, why)
    return finding("libc-newer", one, Severity.INFO, "a newer C library keeps the symbols of the older one")
