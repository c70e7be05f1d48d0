"""How often the answers are right, by category, and how sure of it one can be."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from benchmarks.explaining.score import Score
from benchmarks.table import Table

SURE = 0.9
"""The confidence above which an answer should be right 19 times in 20."""

_IN_THREE = 3
_Z = 1.959964


def interval(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson (1927), as fractions; (0, 1) of nothing.

    https://doi.org/10.1080/01621459.1927.10502953
    """
    if of == 0:
        return 0.0, 1.0
    share, square = right / of, _Z * _Z
    centre = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, centre - half), min(1.0, centre + half)


def table(scores: Sequence[Score]) -> Table:
    """A row for each kind (the first word of a category), one for all; those of innocent environments apart."""
    of_environment = [one for one in scores if one.failure.truth]
    groups: dict[str, list[Score]] = {}
    for one in of_environment:
        groups.setdefault(one.failure.category.split()[0], []).append(one)
    rows = [_row(name, group) for name, group in sorted(groups.items())]
    if of_environment:
        rows.append(_row("all of the environment", of_environment))
    innocent = [one for one in scores if not one.failure.truth]
    if innocent:
        right = sum(one.right for one in innocent)
        rows.append(("not of the environment", str(len(innocent)), f"{right} blame nothing", "", ""))
    sure = [one for one in scores if one.confidence > SURE]
    if sure:
        right = sum(one.right for one in sure)
        rows.append((f"confidence over {SURE}", str(len(sure)), _share(right, len(sure)), "", ""))
    return Table(
        title="Is the true cause named?",
        columns=("failures", "of these", "first", "among three", "95 % of first"),
        rows=rows,
    )


def summary(scores: Sequence[Score]) -> str:
    """One line."""
    real = [one for one in scores if one.failure.truth]
    none = [one for one in scores if not one.failure.truth]
    sure = [one for one in scores if one.confidence > SURE]
    return (
        f"{len(real)} failures of the environment: first {sum(one.right for one in real)}, in three "
        f"{sum(1 <= one.rank <= _IN_THREE for one in real)}; {len(none)} of other kinds: right "
        f"{sum(one.right for one in none)}; confident {len(sure)}, of which right {sum(one.right for one in sure)}"
    )


def missed(scores: Sequence[Score]) -> str:
    """A line for each failure that is not answered right: its truth, its rank, what was named."""
    lines = []
    for one in scores:
        if one.right:
            continue
        truth = ", ".join(one.failure.truth) or "none"
        place = f"rank {one.rank}" if one.rank else ("missed" if one.failure.truth else "blamed")
        named = ", ".join(f"{label} {confidence:.2f}" for label, confidence in one.causes[:_IN_THREE]) or "nothing"
        lines.append(
            f"{place:8} {one.failure.name} ({one.failure.category}): {one.verdict}; truth {truth}; named {named}"
        )
    return "\n".join(lines) or "nothing missed"


def _row(name: str, group: Sequence[Score]) -> tuple[str, ...]:
    first = sum(one.right for one in group)
    three = sum(1 <= one.rank <= _IN_THREE for one in group)
    low, high = interval(first, len(group))
    return name, str(len(group)), str(first), str(three), f"{low:.0%} to {high:.0%}"


def _share(right: int, of: int) -> str:
    low, high = interval(right, of)
    return f"{right} ({low:.0%} to {high:.0%})"
