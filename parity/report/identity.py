"""What tells a finding apart from every other, for those that follow it from one run to the next."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from parity.policy.baseline import fingerprint
from parity.policy.model import Finding


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """32 hexadecimal digits for each finding, as a baseline has them, and none of them twice."""
    seen: Counter[str] = Counter()
    for one in findings:
        own = fingerprint(one)
        seen[own] += 1
        yield own if seen[own] == 1 else of_words(own, str(seen[own]))


def of_words(*words: str) -> str:
    """The same for what is no finding."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "backslashreplace")).hexdigest()[:32]
