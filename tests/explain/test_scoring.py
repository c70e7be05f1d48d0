"""How the answers are scored: without rows that name a case's distributions, and by a confidence that others fitted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.explaining.left_out import EXPONENTS, again, fitted, shared
from benchmarks.explaining.left_out import table as left_out
from benchmarks.explaining.recipe import Failure, every
from benchmarks.explaining.report import table
from benchmarks.explaining.score import Score
from benchmarks.explaining.without_rows import installed, names_one
from parity.explain.rank import EXPONENT, MOST
from tests.proof.profiles import WHOLE, profile, section


@pytest.fixture(scope="module")
def failures() -> list[Failure]:
    held = every([])
    return [*[one for one in held if one.truth][:20], *[one for one in held if not one.truth][:5]]


def scored(failures: list[Failure], confidence: float, *, right: bool = True) -> list[Score]:
    """Each answered alike: the true cause first, or another; where there is none, nothing."""
    answers = [((one.truth[0] if right else "x.y", confidence),) if one.truth else () for one in failures]
    return [Score(one, "explained", causes) for one, causes in zip(failures, answers, strict=True)]


def test_the_distributions_of_a_failure_are_those_of_both_sides(tmp_path: Path) -> None:
    for side, name in (("local", "PyYAML"), ("production", "python-dateutil")):
        held = section(**{name.lower(): {"version": "1.0", "provides": [name.lower()[-4:]]}})
        (tmp_path / side).write_bytes(profile({**WHOLE, "packages": held}, name=side))
    names = installed([tmp_path / "local", tmp_path / "production"])
    assert {"pyyaml", "yaml", "python-dateutil", "python_dateutil"} <= names


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"distribution": "pyyaml", "names": ["x"]}, True),
        ({"distribution": "flask", "pattern": r"\byaml\.load\b"}, True),
        ({"names": ["YAML_PATH"], "program": "flask", "words": "{name} is a path"}, True),
        ({"distribution": "flask", "names": ["flask.yamlish"], "source": "https://yaml.org"}, False),
        ({"version": "3.12", "names": ["distutils"], "instead": "setuptools"}, False),
    ],
)
def test_a_row_names_one_by_its_subject_or_by_a_word(row: dict[str, object], named: bool) -> None:
    assert names_one(frozenset({"pyyaml", "yaml"}))(row) is named
    assert not names_one(frozenset())(row)


def test_a_confidence_comes_from_one_share() -> None:
    for confidence in (0.1, 0.5, 0.6, 0.75, 0.9, MOST):
        assert again(confidence, EXPONENT) == pytest.approx(confidence)
        assert shared(confidence) <= confidence


def test_what_is_always_right_is_made_surer_and_what_is_wrong_less(failures: list[Failure]) -> None:
    right, wrong = scored(failures, 0.8), scored(failures, 0.8, right=False)
    assert fitted(right) == min(EXPONENTS)
    assert fitted(wrong) == max(EXPONENTS)
    even = [one if place % 4 else other for place, (one, other) in enumerate(zip(right, wrong, strict=True))]
    assert min(EXPONENTS) < fitted(even) < max(EXPONENTS)
    assert fitted([]) == pytest.approx(EXPONENT)


def test_a_category_is_judged_by_what_the_others_fit(failures: list[Failure]) -> None:
    scores = scored(failures, 0.8)
    odd = next(one for one in scores if one.failure.truth)
    kind = odd.failure.category.split()[0]
    mixed = [replace(one, causes=(("x.y", 0.8),)) if one.failure.category.startswith(kind) else one for one in scores]
    rows = {row[0]: row for row in left_out(mixed).rows}
    assert rows[kind][2:4] == (f"{min(EXPONENTS):.2f}", "0")
    assert rows[kind][6] != "0"
    assert rows[kind][7].startswith("0 (")
    assert rows["not of the environment"][5] == "5"
    assert {len(row) for row in rows.values()} == {len(left_out(mixed).columns)}


def test_both_scores_stand_side_by_side(failures: list[Failure]) -> None:
    full, fewer = scored(failures, 0.95), scored(failures, 0.6, right=False)
    shown = table(full, fewer)
    assert {len(row) for row in shown.rows} == {len(shown.columns)} == {7}
    assert {row[0]: row[5] for row in shown.rows}["all of the environment"] == "0"
    assert len(table(full).columns) == 5
    assert json.dumps(shown.rows) != json.dumps(table(full).rows)
