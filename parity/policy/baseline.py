"""The baseline: which findings were there on the day that it was made, and which of its entries are gone. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from parity.diff.model import Comparison
from parity.policy.agreed import Adopted, Baseline
from parity.policy.model import Finding
from parity.profile.model import Item


def entry(one: Finding) -> Adopted:
    """What a baseline keeps of a finding."""
    kind = one.kind.value if one.kind else None
    return Adopted(one.id, one.section, one.key, kind, one.severity, fingerprint(one))


def fingerprint(one: Finding) -> str:
    """One difference, told apart from every other: the rule, the key, the kind, and what each side has.

    32 hexadecimal digits of a SHA-256. Not told by it: the severity, sentences and evidence, which follow from use.
    """
    told = [
        one.id,
        one.section,
        one.key,
        one.kind.value if one.kind else None,
        _plain(one.local),
        _plain(one.production),
    ]
    text = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def _plain(item: Item) -> object:
    return dict(item) if isinstance(item, Mapping) else item


class Known:
    """The entries of a baseline, asked finding by finding."""

    def __init__(self, baseline: Baseline | None) -> None:
        self._entries = {} if baseline is None else {one.fingerprint: one for one in baseline.entries}
        self._names = {(one.id, one.key) for one in self._entries.values()}
        self._met: set[str] = set()

    def has(self, one: Finding) -> bool:
        """Whether the finding was there on the day, and no worse than it is now."""
        # A hash is made only for what can be in it.
        if (one.id, one.key) not in self._names:
            return False
        found = self._entries.get(fingerprint(one))
        if found is None:
            return False
        self._met.add(found.fingerprint)
        return one.severity.weight <= found.severity.weight

    def gone(self, comparison: Comparison) -> tuple[Adopted, ...]:
        """The entries that no finding met, of what this comparison could look at."""
        looked = {one.section for one in comparison.compared}
        hidden = {(one.section, one.key) for one in comparison.unknown}
        rest = (one for one in self._entries.values() if one.fingerprint not in self._met)
        return tuple(one for one in rest if one.section in looked and (one.section, one.key) not in hidden)


def adopt(origin: str, findings: Iterable[Finding]) -> Baseline:
    """The baseline that these findings make."""
    entries = {one.fingerprint: one for one in map(entry, findings)}
    return Baseline(origin, tuple(sorted(entries.values(), key=lambda one: (one.section, one.key, one.id))))
