"""Candidates into causes: which comes first, and how sure it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.explain.case import Case
from parity.explain.model import Candidate, Evidence
from parity.explain.rank import LIMIT, calibrated, causes, rank
from tests.explain.cases import case, trace

LOG = trace("ValueError: bad", "app.py:3 f: x")
SAID = (Evidence("log", "it says so", "line 1"),)
EMPTY: Case = case(LOG, {}, {})


def weighed(label: str, likelihood: float, kind: str = "on_the_path") -> Candidate:
    return Candidate(kind, label, likelihood, SAID, "one looks", "one closes it")


def confidence(*candidates: Candidate, elsewhere: float = 0.0) -> dict[str, float]:
    return {one.label: one.confidence for one in causes(rank(EMPTY, candidates, elsewhere))}


def test_the_likeliest_comes_first() -> None:
    told = confidence(weighed("packages.a", 0.3), weighed("packages.b", 0.9), weighed("packages.c", 0.5))
    assert list(told) == ["packages.b", "packages.c", "packages.a"]


def test_two_mechanisms_support_each_other() -> None:
    alone = confidence(weighed("packages.a", 0.6))["packages.a"]
    both = confidence(weighed("packages.a", 0.6), weighed("packages.a", 0.6, "requirement"))["packages.a"]
    assert both > alone


def test_one_mechanism_counts_once() -> None:
    once, twice = (confidence(*[weighed("packages.a", 0.6)] * count) for count in (1, 2))
    assert once == twice


@pytest.mark.parametrize(
    ("label", "kinds"),
    [
        ("database.server_version", ("database", "database_version")),
        ("environment.LANG", ("locale_differs", "locale_missing")),
    ],
)
def test_two_that_read_the_same_signs_are_one_voice(label: str, kinds: tuple[str, str]) -> None:
    weaker, surer = weighed(label, 0.5, kinds[0]), weighed(label, 0.8, kinds[1])
    weaker = replace(weaker, evidence=(Evidence("log", "it says more", "line 2"),))
    (alone,), (both,) = (causes(rank(EMPTY, each)) for each in ([surer], [weaker, surer]))
    assert (both.confidence, both.kind) == (alone.confidence, kinds[1])
    assert both.evidence == (*SAID, *weaker.evidence)
    assert confidence(weaker, surer)[label] < confidence(surer, weighed(label, 0.5, "on_the_path"))[label]


def test_the_sides_of_what_one_voice_tells_do_not_compete() -> None:
    exists, named = (
        weighed("locale.available.de_DE", 0.9, "locale_missing"),
        weighed("environment.LANG", 0.8, "locale_differs"),
    )
    assert confidence(exists, named)["locale.available.de_DE"] == confidence(exists)["locale.available.de_DE"]


def test_others_take_of_the_confidence() -> None:
    assert confidence(weighed("packages.a", 0.9))["packages.a"] > 0.7
    shared = confidence(weighed("packages.a", 0.9), weighed("packages.b", 0.9))
    assert shared["packages.a"] == shared["packages.b"] < 0.5


def test_the_sides_of_one_cause_take_nothing_of_each_other() -> None:
    alone = confidence(weighed("time.zone", 0.9, "zone"))["time.zone"]
    both = confidence(weighed("time.zone", 0.9, "zone"), weighed("environment.TZ", 0.85, "zone"))
    assert both["time.zone"] == alone


def test_what_speaks_for_another_kind_of_failure_takes_of_it() -> None:
    assert confidence(weighed("packages.a", 0.55), elsewhere=0.85)["packages.a"] < 0.2
    assert confidence(weighed("packages.a", 0.97), elsewhere=0.5)["packages.a"] > 0.7


def test_a_finding_that_hardly_matters_weighs_less() -> None:
    met = case(LOG, {"packages.a": {"version": "1.0.0"}, "packages.b": {"version": "1.0.0"}},
               {"packages.a": {"version": "1.0.1"}, "packages.b": {"version": "2.0.0"}})  # fmt: skip
    ranked = rank(met, [weighed("packages.a", 0.5), weighed("packages.b", 0.5)])
    assert [one.label for one in ranked] == ["packages.b", "packages.a"]


def test_no_more_are_named_than_anybody_reads() -> None:
    assert len(confidence(*(weighed(f"packages.p{n}", 0.1) for n in range(50)))) == LIMIT


def test_evidence_is_told_once() -> None:
    (one,) = causes(rank(EMPTY, [weighed("packages.a", 0.5), weighed("packages.a", 0.6, "requirement")]))
    assert one.evidence == SAID
    assert one.kind == "requirement"


LABELS = st.sampled_from(["packages.a", "packages.b", "time.zone", "environment.TZ"])
KINDS = st.sampled_from(["on_the_path", "requirement", "zone", "named"])


@given(
    st.lists(st.builds(weighed, LABELS, st.floats(0.01, 0.99), KINDS), max_size=12),
    st.floats(0, 1),
)
def test_a_confidence_is_a_probability(candidates: list[Candidate], elsewhere: float) -> None:
    told = confidence(*candidates, elsewhere=elsewhere)
    assert all(0 <= one <= 0.99 for one in told.values())
    assert set(told) == {one.label for one in candidates}


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_surer_stays_so(one: float, other: float) -> None:
    assert (calibrated(one) <= calibrated(other)) is (one <= other) or calibrated(one) == calibrated(other)
    assert one <= calibrated(one) <= 1
