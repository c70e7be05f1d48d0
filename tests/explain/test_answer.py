"""The verdict on a failure: a cause, another kind of failure, what was not compared, or what tells candidates apart."""

from __future__ import annotations

from dataclasses import replace

from parity.diff import compare
from parity.explain.answer import EXPLAINED, SILENT, answer, explain
from parity.explain.case import Case
from parity.explain.log import read
from parity.explain.model import Explanation
from parity.policy import judge
from parity.policy.model import Sides
from tests.diff.profiles import profile, section, unavailable
from tests.explain.cases import case, chained, trace
from tests.explain.causes.examples import SET, package

YAML = trace("ModuleNotFoundError: No module named 'yaml'", "shop/rules.py:7 <module>: import yaml")
LOCAL = {"packages.pyyaml": package("6.0", provides=["yaml"]), "packages.rich": package("13.0.0")}
PRODUCTION = {"packages.rich": package("14.0.0")}


def test_a_cause_is_named() -> None:
    told = answer(case(YAML, LOCAL, PRODUCTION))
    assert told.verdict == "explained"
    assert [one.label for one in told.causes] == ["packages.pyyaml"]
    assert told.causes[0].confidence > 0.9
    assert any(one.source == "log" and one.at.startswith("line ") for one in told.causes[0].evidence)


def test_an_error_of_the_data_blames_nothing() -> None:
    log = trace("ZeroDivisionError: division by zero", "shop/mean.py:4 mean: rich.div(x)", "~rich/div.py:2 div: x / n")
    told = answer(case(log, LOCAL, {**LOCAL, "packages.rich": package("14.0.0")}))
    assert told.verdict == "not-environment"
    assert not [one for one in told.causes if one.confidence >= EXPLAINED]
    assert any("line " in one for one in told.reasons)


def test_a_difference_on_the_path_that_the_message_does_not_fit_is_no_answer() -> None:
    log = trace("RuntimeError: the order is closed", "shop/pay.py:4 pay: rich.do(x)", "~rich/div.py:2 do: raise")
    told = answer(case(log, {"packages.rich": package("13.0.0")}, {"packages.rich": package("13.1.0")}))
    assert told.verdict == "undetermined"
    assert [one.label for one in told.causes] == ["packages.rich"]
    assert told.causes[0].confidence <= 0.3
    assert told.reasons == (f"packages.rich: {told.causes[0].refuted_by}",)


def test_what_the_log_speaks_of_was_not_compared() -> None:
    log = trace('psycopg.errors.UndefinedTable: relation "orders" does not exist', "app.py:3 f: c.execute(q)")
    here = profile({"database": section({"jit": True})})
    there = profile({"database": unavailable("the driver is missing")})
    comparison = compare(here, there)
    met = case(log, {}, {})
    whole = Case(met.failure, met.facts, comparison, judge(comparison, here, there), Sides(here, there))
    told = answer(whole)
    assert told.verdict == "not-compared"
    assert any("database" in one and "the driver is missing" in one for one in told.reasons)


def test_what_migrations_make_was_not_compared_where_neither_side_tells_of_them() -> None:
    log = trace("psycopg.errors.InvalidColumnReference: there is no unique or exclusion constraint", "app.py:3 f: c()")
    for held, verdict in (({}, "not-compared"), ({"database.migrations.alembic": {"head": "a1"}}, "undetermined")):
        side = {"database.server_version": "17.2", **held}
        told = answer(case(log, side, side))
        assert told.verdict == verdict
        assert ("42P10" in "".join(told.reasons)) is (verdict == "not-compared")


def test_each_failure_of_a_log_has_its_own_answer() -> None:
    met = case(YAML, LOCAL, PRODUCTION)
    other = trace("KeyError: 'SIGNING_KEY'", 'app.py:7 sign: os.environ["SIGNING_KEY"]', "<frozen os>:685 __getitem__")
    log = read(f"{YAML}\n\n{other}\n".encode().splitlines(keepends=True))
    told = explain(log, met.comparison, met.findings, met.sides, {})
    assert {one.failure.message.partition(":")[0] for one in told if one.failure} == {"ModuleNotFoundError", "KeyError"}
    assert {one.causes[0].label for one in told if one.causes} == {"packages.pyyaml"}


def test_the_last_of_a_chain_tells_more_than_what_was_handled() -> None:
    log = chained(
        YAML, trace("KeyError: 'SIGNING_KEY'", 'app.py:7 f: os.environ["SIGNING_KEY"]', "<frozen os>:685 __getitem__")
    )
    local = {**LOCAL, "environment.SIGNING_KEY": SET, "environment.X": SET}
    told = answer(case(log, local, {**PRODUCTION, "environment.X": SET}))
    assert told.causes[0].label == "environment.SIGNING_KEY"


def test_without_a_log_the_differences_stand_by_themselves() -> None:
    met = case(YAML, LOCAL, PRODUCTION)
    told = answer(replace(met, failure=None, facts=()))
    assert told.failure is None
    assert told.verdict in ("explained", "undetermined")


WELL = [
    b"2026-11-24T10:00:00Z INFO:     Started server process [1]",
    b'2026-11-24T10:00:01Z INFO:     10.0.0.1:52 - "GET /health HTTP/1.1" 200 OK',
    b'2026-11-24T10:00:02Z INFO:     10.0.0.1:52 - "GET /none HTTP/1.1" 404 Not Found',
]
LACKING = {"packages.pyyaml": package("6.0", requires=[]), "environment.STRIPE_KEY": SET}


def of_log(lines: list[bytes]) -> Explanation:
    met = case("", LACKING, {"packages": None, "environment": None})
    (told,) = explain(read(lines), met.comparison, met.findings, met.sides, {})
    return told


def test_a_log_that_is_well_blames_nothing() -> None:
    told = of_log(WELL)
    assert (told.verdict, told.failure, told.facts) == ("undetermined", None, ())
    span = "3 lines, from 2026-11-24T10:00:00Z to 2026-11-24T10:00:02Z"
    assert told.reasons[0] == f"no failure found in this log ({span})"
    assert "nothing in the log shows it" in told.reasons[-1]
    assert told.causes
    assert all(one.confidence <= 0.5 for one in told.causes)


def test_what_must_break_it_by_itself_is_no_answer_beside_a_log_that_is_well() -> None:
    surest = max((one.confidence for one in of_log([]).causes), default=0)
    assert [one.confidence for one in of_log(WELL).causes] == [
        round(one.confidence * SILENT, 2) for one in of_log([]).causes
    ]
    assert surest > 0


def test_requests_that_fail_without_a_word_are_told() -> None:
    told = of_log([*WELL, b'2026-11-24T10:00:03Z INFO:     10.0.0.1:52 - "GET /cart HTTP/1.1" 503 Unavailable'])
    assert told.failure is None
    assert told.reasons[1].startswith("1 of the 3 requests")


def test_a_log_of_nothing_that_differs_offers_nothing() -> None:
    met = case("", {"packages.rich": package("13.0.0")}, {"packages.rich": package("13.0.0")})
    (told,) = explain(read(WELL), met.comparison, met.findings, met.sides, {})
    assert (told.verdict, told.causes, len(told.reasons)) == ("undetermined", (), 1)
