"""Candidates into causes: what several mechanisms say of one difference, weighed against everything else that differs.

Two mechanisms that point at the same difference support each other: it is a cause unless both are wrong (noisy or).
Two that read the same signs are one voice: the surer of them counts, and the evidence of both is told.
Candidates of different labels compete: a failure has one cause far more often than two, so what the others claim is
taken from the confidence of each, and so is what speaks for a failure that is not of the environment at all. Labels
that are sides of one cause do not compete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parity.explain.case import Case
from parity.explain.causes import mechanisms
from parity.explain.model import Candidate, Cause, Evidence
from parity.policy.model import Severity

LIMIT = 20
"""Causes that are named; what stands behind them is not likely to be looked at."""

UNSEEN = 0.25
"""The odds that the cause is something that no mechanism here looks at."""

EVEN, EXPONENT = 0.5, 0.6
"""The share from which a cause is likelier than not, and the curve above it."""

MOST = 0.99
"""The confidence that none is over."""

_SEVERITY = {Severity.ERROR: 1.0, Severity.WARNING: 0.95, Severity.INFO: 0.8}
"""How much of a likelihood stays, by what the finding about the difference says of its use."""


_BY_NAME, _NAMED = 0.9, 0.4
"""Of what is taken for it, how much is where the log names the thing, and the likelihood by which it does."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One difference with all that is said of it."""

    label: str
    score: float
    """0 to 1: that it is the cause, by itself."""
    share: float
    """0 to 1: the score, against what the others claim."""
    candidates: tuple[Candidate, ...]
    """The likeliest first."""


def rank(case: Case, candidates: Iterable[Candidate], elsewhere: float = 0.0) -> tuple[Ranked, ...]:
    """Every label once, the likeliest first. `elsewhere`, 0 to 1, is how much the log speaks for another kind of
    failure."""
    by_label: dict[str, list[Candidate]] = {}
    for one in candidates:
        by_label.setdefault(one.label, []).append(one)
    weighed = {label: _score(case, held) for label, held in by_label.items()}
    groups = {label: _group(label, held) for label, held in by_label.items()}
    ranked = [
        Ranked(
            label,
            score,
            _share(label, weighed, groups, elsewhere),
            tuple(sorted(by_label[label], key=lambda one: -one.likelihood)),
        )
        for label, score in weighed.items()
    ]
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.label)))


def _score(case: Case, held: list[Candidate]) -> float:
    # One voice counts once, whatever it finds to say.
    best: dict[str, float] = {}
    for one in held:
        voice = mechanisms()[one.kind].voice
        best[voice] = max(best.get(voice, 0.0), one.likelihood)
    spared = 1.0
    for likelihood in best.values():
        spared *= 1.0 - min(likelihood, 0.99)
    section, _, key = held[0].label.partition(".")
    found = case.finding(section, key)
    kept = _SEVERITY[found.severity] if found else 0.9
    # What the log names is used, whatever the source shows of its use.
    lost = (1.0 - kept) * (_NAMED if max(best.values()) >= _BY_NAME else 1.0)
    return (1.0 - spared) * (1.0 - lost)


def _group(label: str, held: list[Candidate]) -> str:
    """What a label competes as: itself, or the mechanism of which it is one of several sides."""
    best = max(held, key=lambda one: one.likelihood)
    mechanism = mechanisms()[best.kind]
    return mechanism.voice if mechanism.aspects else label


def _share(label: str, scores: Mapping[str, float], groups: Mapping[str, str], elsewhere: float) -> float:
    # A cause with 0.98 beside one of 0.5 keeps almost all; two of 0.5 share.
    others: dict[str, float] = {}
    for other, score in scores.items():
        if groups[other] != groups[label]:
            others[groups[other]] = max(others.get(groups[other], 0.0), _odds(score))
    own = _odds(scores[label])
    return own / (UNSEEN + _odds(elsewhere) + own + sum(others.values()))


def _odds(probability: float) -> float:
    return probability / (1.0 - min(probability, 0.995))


def causes(ranked: Iterable[Ranked]) -> tuple[Cause, ...]:
    """What is shown: the best, each with its evidence, once, the strongest first."""
    return tuple(_cause(one) for one in list(ranked)[:LIMIT])


def _cause(one: Ranked) -> Cause:
    best = one.candidates[0]
    evidence: dict[Evidence, None] = {}
    for candidate in one.candidates:
        evidence.update(dict.fromkeys(candidate.evidence))
    confidence = round(min(MOST, calibrated(one.share * min(1.0, one.score + 0.05))), 2)
    return Cause(one.label, best.kind, confidence, tuple(evidence), best.refuted_by, best.fix)


def calibrated(share: float, exponent: float = EXPONENT) -> float:
    """What of the causes with such a share is right: 0 to 1, rising.

    Of those above a half nearly all are, so there the distance to 1 shrinks; below, a share is taken as it is, and
    none of them is named as the answer. Fitted over failures that are known, one category left out at a time, every
    fit would shrink it further (0.3): the exponent keeps half of that, for failures that are not known.
    """
    return share if share <= EVEN else EVEN + (1.0 - EVEN) * ((share - EVEN) / (1.0 - EVEN)) ** exponent
