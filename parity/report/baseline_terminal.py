"""A baseline for a person: what it holds, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from parity.policy.agreed import Baseline
from parity.policy.words import listed, plural
from parity.report.base import Screen
from parity.report.layout import Line, painted, paragraph


def render(baseline: Baseline, screen: Screen) -> str:
    """Its entries, by section and rule."""
    return painted(_lines(baseline, screen), screen)


def changed(before: Baseline | None, after: Baseline, screen: Screen) -> str:
    """One line about a baseline that was written: how much it holds, what is new in it, what is gone."""
    words = [plural(len(after.entries), "finding")]
    if before is not None:
        then, now = ({one.fingerprint for one in side.entries} for side in (before, after))
        words += [f"{len(now - then)} new", f"{len(then - now)} gone"]
    return painted(paragraph(f"{after.origin}: {', '.join(words)}", screen.width), screen)


def _lines(baseline: Baseline, screen: Screen) -> Iterator[Line]:
    yield from paragraph(f"{baseline.origin}: {plural(len(baseline.entries), 'finding')}", screen.width)
    entries = sorted(baseline.entries, key=lambda one: (one.section, one.id, one.key))
    for rule, group in groupby(entries, key=lambda one: one.id):
        members = list(group)
        yield ((f"{rule} ({len(members)})", "bold"),)
        yield from paragraph(listed([one.key for one in members]), screen.width, 2)
