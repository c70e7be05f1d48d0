"""How often the answers are right, by category, and how sure of it one can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def kind(one: Score) -> str:
    """The first word of its category; all that are not of the environment are one."""
    return one.failure.category.split()[0] if one.failure.truth else "not of the environment"


def in_three(one: Score) -> bool:
    """Whether the true cause is among the first three."""
    return 1 <= one.rank <= _IN_THREE


def table(scores: Sequence[Score], without: Sequence[Score] | None = None) -> Table:
    """A row for each kind, one for all; those of innocent environments apart.

    `without`: the answers to the same failures without the rows of knowledge that name a distribution of theirs.
    """
    fewer = {one.failure.name: one for one in without} if without is not None else None
    of_environment = [one for one in scores if one.failure.truth]
    groups: dict[str, list[Score]] = {}
    for one in of_environment:
        groups.setdefault(kind(one), []).append(one)
    rows = [_row(name, group, fewer) for name, group in sorted(groups.items())]
    if of_environment:
        rows.append(_row("all of the environment", of_environment, fewer))
    innocent = [one for one in scores if not one.failure.truth]
    if innocent:
        right = sum(one.right for one in innocent)
        beside = (f"{sum(fewer[one.failure.name].right for one in innocent)} blame nothing", "") if fewer else ()
        rows.append(("not of the environment", str(len(innocent)), f"{right} blame nothing", "", "", *beside))
    sure = [one for one in scores if one.confidence > SURE]
    if sure:
        beside = (_surely(list(fewer.values())), "") if fewer else ()
        rows.append((f"confidence over {SURE}", str(len(sure)), _surely(sure), "", "", *beside))
    return Table(
        title="Is the true cause named?",
        columns=(*_COLUMNS, *(_WITHOUT if fewer else ())),
        rows=rows,
        notes=(_WITHOUT_MEANS,) if fewer else (),
    )


_COLUMNS = ("failures", "of these", "first", "among three", "95 % of first")
_WITHOUT = ("first, without rows", "among three")
_WITHOUT_MEANS = "without rows: with no row of knowledge that names a distribution which either side has installed"


def _surely(scores: Sequence[Score]) -> str:
    """How many of those that are named with much confidence are right."""
    sure = [one for one in scores if one.confidence > SURE]
    right = sum(one.right for one in sure)
    return share(right, len(sure)) if sure else "0"


def summary(scores: Sequence[Score]) -> str:
    """One line."""
    real = [one for one in scores if one.failure.truth]
    none = [one for one in scores if not one.failure.truth]
    sure = [one for one in scores if one.confidence > SURE]
    return (
        f"{len(real)} failures of the environment: first {sum(one.right for one in real)}, in three "
        f"{sum(map(in_three, real))}; {len(none)} of other kinds: right "
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


def _row(name: str, group: Sequence[Score], fewer: Mapping[str, Score] | None) -> tuple[str, ...]:
    first = sum(one.right for one in group)
    low, high = interval(first, len(group))
    others = [fewer[one.failure.name] for one in group] if fewer else []
    beside = (str(sum(one.right for one in others)), str(sum(map(in_three, others)))) if fewer else ()
    return name, str(len(group)), str(first), str(sum(map(in_three, group))), f"{low:.0%} to {high:.0%}", *beside


def share(right: int, of: int) -> str:
    """How many, and the interval of their share."""
    low, high = interval(right, of)
    return f"{right} ({low:.0%} to {high:.0%})"
