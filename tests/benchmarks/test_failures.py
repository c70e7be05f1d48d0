"""The set of real failures, and what asks how often `explain` is right on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.explaining.collect import FORMS, collected
from benchmarks.explaining.decoys import DRESSES, decorated, dress, worn
from benchmarks.explaining.recipe import Failure, Side, every, read
from benchmarks.explaining.report import interval, missed, summary, table
from benchmarks.explaining.score import Score
from benchmarks.explaining.sides import held, run
from parity.sections import names

FAILURES = every()
BASES = sorted(DRESSES)

RECIPE = """
title = "a variable is missing"
category = "variable missing"
truth = ["environment.B"]
accept = ["environment.b*"]
log = "plain"
expect = "KeyError"
[both]
base = "bookworm"
packages = ["one==1"]
command = "python main.py"
variables = { A = "1" }
[both.database]
release = "bookworm"
settings = { jit = "off" }
setup = ["select 1"]
[local]
packages = ["two==2"]
variables = { B = "2" }
[production]
packages = ["three==3"]
[production.database]
settings = { work_mem = "1MB" }
setup = ["select 2"]
[repaired]
variables = { A = false, B = "2" }
[repaired.database]
settings = { work_mem = false }
setup = []
"""


@pytest.fixture
def failure(tmp_path: Path) -> Failure:
    (tmp_path / "failure.toml").write_text(RECIPE)
    return read(tmp_path)


@pytest.mark.parametrize("one", FAILURES, ids=lambda one: one.name)
def test_a_failure_is_described_whole(one: Failure) -> None:
    assert one.title
    assert one.log in FORMS
    assert {side.base for side in (one.local, one.production)} <= set(BASES)
    assert [path for path in (one.directory / "app").rglob("*") if path.is_file()]
    assert (one.repaired is None) == (not one.truth)
    assert one.repaired != one.production
    sections = set(names())
    assert {label.partition(".")[0] for label in (*one.truth, *one.accept)} <= sections
    assert one.category.startswith("none") == (not one.truth)


@pytest.mark.parametrize("one", FAILURES, ids=lambda one: one.name)
def test_the_log_is_the_one_that_was_recorded(one: Failure) -> None:
    text = one.recorded.read_text("utf-8")
    shown = "".join(json.loads(line)["log"] for line in text.splitlines()) if one.log == "json-file" else text
    assert one.expect in shown


@pytest.mark.parametrize("one", FAILURES, ids=lambda one: one.name)
def test_innocent_differences_surround_the_cause(one: Failure) -> None:
    local, production = decorated(one, "local", one.local), decorated(one, "production", one.production)
    packages = set(worn(dress(one, "local", local.base))[0]) ^ set(worn(dress(one, "production", production.base))[0])
    variables = set(local.variables.items()) ^ set(production.variables.items())
    differing = {word.partition("==")[0] for word in packages} | {name for name, _ in variables}
    differing |= {word.partition("=")[0] for word in set(local.options) ^ set(production.options)}
    assert len(differing) >= 15
    assert decorated(one, "local", one.local) == local


def test_the_set_is_large_and_has_innocent_environments_enough() -> None:
    assert len(FAILURES) >= 60
    assert len([one for one in FAILURES if not one.truth]) >= 10
    assert len({one.category for one in FAILURES}) >= 30


def test_a_side_adds_to_what_both_share(failure: Failure) -> None:
    assert failure.local.packages == ("one==1", "two==2")
    assert failure.local.variables == {"A": "1", "B": "2"}
    assert failure.production.packages == ("one==1", "three==3")
    assert failure.production.database is not None
    assert failure.production.database.settings == {"jit": "off", "work_mem": "1MB"}
    assert failure.production.database.setup == ("select 1", "select 2")


def test_a_repair_changes_nothing_else(failure: Failure) -> None:
    repaired, was = failure.repaired, failure.production
    assert repaired is not None
    assert repaired.database is not None
    assert repaired.packages == was.packages
    assert repaired.variables == {"B": "2"}
    assert repaired.database.settings == {"jit": "off"}
    assert repaired.database.setup == ("select 1",)


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(KeyError, match="no-such-failure"):
        every(["no-such-failure"])


@pytest.mark.parametrize("form", sorted(FORMS))
def test_each_way_to_collect_keeps_every_line(form: str) -> None:
    text = collected(form, "Traceback (most recent call last):\nKeyError: 'b'\n", 1)
    lines = text.splitlines()
    said = [json.loads(line)["log"].rstrip("\n") if form == "json-file" else line for line in lines]
    assert said[0].endswith("Traceback (most recent call last):")
    assert said[1].endswith("KeyError: 'b'")
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(8, 10, 0.490, 0.943), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)]
)
def test_the_interval_is_wilsons(right: int, of: int, low: float, high: float) -> None:
    assert interval(right, of) == pytest.approx((low, high), abs=5e-4)


def test_the_true_cause_counts_where_it_stands(failure: Failure) -> None:
    second = Score(failure, "explained", (("packages.one", 0.6), ("environment.B", 0.3)))
    assert (second.rank, second.right) == (2, False)
    assert Score(failure, "explained", (("environment.b_url", 0.95),)).right
    assert Score(failure, "undetermined", ()).rank == 0


def test_an_innocent_environment_must_not_be_blamed(failure: Failure) -> None:
    innocent = replace(failure, truth=(), category="none: data")
    assert Score(innocent, "not-environment", (("packages.one", 0.2),)).right
    assert not Score(innocent, "explained", (("packages.one", 0.5),)).right


def test_the_table_counts_kinds_apart(failure: Failure) -> None:
    innocent = replace(failure, truth=(), category="none: data")
    scores = [
        Score(failure, "explained", (("environment.B", 0.95),)),
        Score(failure, "explained", (("packages.one", 0.92), ("environment.B", 0.4))),
        Score(innocent, "not-environment", ()),
    ]
    rows = {row[0]: row[1:] for row in table(scores).rows}
    assert rows["variable"][:3] == ("2", "1", "2")
    assert rows["not of the environment"][:2] == ("1", "1 blame nothing")
    assert rows["confidence over 0.9"][:2] == ("2", "1 (9% to 91%)")
    assert summary(scores).startswith("2 failures of the environment: first 1, in three 2; 1 of other kinds: right 1")
    assert missed(scores).count("\n") == 0
    assert "rank 2" in missed(scores)


@pytest.mark.docker
def test_a_side_runs_to_its_end_and_is_held_as_it_runs(base_image: Callable[[str], str]) -> None:
    side = Side("bookworm", "umask; echo $GREETING >&2; exit 3", variables={"GREETING": "good day"}, start="umask 0077")
    image = base_image("bookworm")
    code, said = run(side, image)
    assert (code, sorted(said.splitlines())) == (3, ["0077", "good day"]), "the two streams come in any order"
    with held(side, image) as name:
        assert name.startswith("parity-failure-")
