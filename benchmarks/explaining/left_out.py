"""How right the answers are to a category that the confidence was not fitted on.

What is fitted is one number, the exponent of the curve that makes a confidence of a share (parity.explain.rank). For
each category it is fitted on all the others, by maximum likelihood of whether the first cause is right, and the answers
to the category that was left out are judged by that. The likelihoods of the mechanisms, and with them the order of the
causes, are set by hand, by people who had seen failures of every category: no fit is behind them, so none can be left
out of them, and the places of the true causes stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from benchmarks.explaining.report import SURE, in_three, kind, share
from benchmarks.explaining.score import Score
from benchmarks.table import Table
from parity.explain.rank import EVEN, EXPONENT, MOST, calibrated

EXPONENTS = tuple(round(0.1 + 0.05 * step, 2) for step in range(29))
"""0.1 to 1.5: below, everything over a half is certain; above, a share is worth less than it says."""

_NEVER = 0.005
"""The least that a probability is taken for: one surprise rules nothing out."""


def shared(confidence: float) -> float:
    """The share that a confidence was made of, as far as its two digits tell."""
    if confidence <= EVEN:
        return confidence
    return float(EVEN + (1.0 - EVEN) * ((confidence - EVEN) / (1.0 - EVEN)) ** (1.0 / EXPONENT))


def again(confidence: float, exponent: float) -> float:
    """The same answer's confidence by another exponent."""
    return min(MOST, calibrated(shared(confidence), exponent))


def fitted(scores: Sequence[Score]) -> float:
    """The exponent under which what was right and wrong is likeliest; of several the one next to the shipped one."""
    told = [one for one in scores if one.causes]
    return max(EXPONENTS, key=lambda exponent: (round(_likelihood(told, exponent), 9), -abs(exponent - EXPONENT)))


def _likelihood(scores: Sequence[Score], exponent: float) -> float:
    total = 0.0
    for one in scores:
        sure = min(1.0 - _NEVER, max(_NEVER, again(one.confidence, exponent)))
        total += log(sure if _is_cause(one) else 1.0 - sure)
    return total


def _is_cause(one: Score) -> bool:
    """Whether the first of what is named is the true cause; where there is none, nothing is."""
    return one.rank == 1


def table(scores: Sequence[Score]) -> Table:
    """A row for each category, judged by what the others fit, and one for all of them."""
    groups: dict[str, list[Score]] = {}
    for one in scores:
        groups.setdefault(kind(one), []).append(one)
    rows, sure = [], []
    for name, group in sorted(groups.items(), key=lambda each: (not each[1][0].failure.truth, each[0])):
        exponent = fitted([one for one in scores if kind(one) != name])
        over = [one for one in group if again(one.confidence, exponent) > SURE]
        sure += over
        rows.append(_row(name, group, over, f"{exponent:.2f}"))
    rows.append(_row("all", list(scores), sure, ""))
    return Table(
        title="And where the confidence was fitted without the category?",
        columns=("left out", "of these", "exponent", "first", "among three", "blame nothing", f"over {SURE}", "right"),
        rows=rows,
        notes=(
            f"the exponent of the confidence is fitted on the other categories; shipped is {EXPONENT:.2f}",
            f"{EXPONENTS[0]:.2f} is the lowest that is tried: the fit ends there where all that is sure is right",
            "the weights of the mechanisms are set by hand: behind them is no fit that a category could be left out of",
        ),
    )


def _row(name: str, group: Sequence[Score], over: Sequence[Score], exponent: str) -> tuple[str, ...]:
    real = [one for one in group if one.failure.truth]
    innocent = [one for one in group if not one.failure.truth]
    return (
        name,
        str(len(group)),
        exponent,
        str(sum(one.right for one in real)) if real else "",
        str(sum(map(in_three, real))) if real else "",
        str(sum(one.right for one in innocent)) if innocent else "",
        str(len(over)),
        share(sum(map(_is_cause, over)), len(over)) if over else "",
    )
