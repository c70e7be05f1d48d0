"""What is left to look at where no mechanism speaks: its order, and that it is no answer."""

from __future__ import annotations

from pathlib import Path

from parity.explain.answer import EXPLAINED, answer
from parity.explain.case import Case
from parity.explain.causes.standing import ROWS, SHOWN, weigh
from parity.explain.causes.variable import weigh as variables
from tests.explain.cases import case, trace
from tests.explain.causes.examples import SET, package, valued
from tests.explain.causes.test_without_log import declared
from tests.policy.test_registry import PINNED

ODD = trace("RuntimeError: the order is odd", "app.py:7 <module>: raise RuntimeError('the order is odd')")
PROGRAM = """import heavy
import light
import os

RATE = os.environ.get("RATE", "1")
if RATE:
    raise RuntimeError("the order is odd")
"""
LOCAL = {
    "packages.heavy": package("1.4.0", provides=["heavy"], optional=["helper"]),
    "packages.light": package("2.1.0", provides=["light"]),
    "packages.helper": package("1.0.0", provides=["helper"]),
    "packages.unused": package("1.0.0", provides=["unused"]),
    "environment.UNREAD": SET,
}
PRODUCTION = {
    "packages.heavy": package("2.0.0", provides=["heavy"], optional=["helper"]),
    "packages.light": package("2.2.0", provides=["light"]),
    "packages.unused": package("2.0.0", provides=["unused"]),
}


def met(directory: Path, log: str = ODD, **more: object) -> Case:
    source = {"app.py": PROGRAM}
    return case(log, {**LOCAL, **more}, PRODUCTION, source, declared(directory, PROGRAM))


def test_what_is_seldom_innocent_comes_first_and_what_nothing_uses_not_at_all(tmp_path: Path) -> None:
    told = sorted(weigh(met(tmp_path)), key=lambda one: -one.likelihood)
    assert [one.label for one in told] == ["packages.helper", "packages.heavy", "packages.light"]
    assert all(any("nothing in the log shows it" in each.words for each in one.evidence) for one in told)


def test_it_is_an_order_in_which_to_look_and_no_answer(tmp_path: Path) -> None:
    told = answer(met(tmp_path))
    assert told.verdict == "undetermined"
    assert told.causes[0].label == "packages.helper"
    assert all(one.confidence < 0.4 for one in told.causes)


def test_it_is_silent_where_a_mechanism_speaks(tmp_path: Path) -> None:
    log = trace("ModuleNotFoundError: No module named 'helper'", "app.py:1 <module>: import heavy")
    told = answer(met(tmp_path, log))
    assert told.causes[0].label == "packages.helper"
    assert told.causes[0].confidence >= EXPLAINED
    assert "standing" not in {one.kind for one in told.causes}


def test_no_weight_comes_near_to_an_answer_and_every_row_is_of_a_rule() -> None:
    assert all(0 < row.weight < 0.3 for row in ROWS)
    assert SHOWN < 10
    known = {line.split()[0] for line in PINNED.read_text().splitlines() if line}
    assert [row.finding for row in ROWS if row.finding.rstrip("*") not in known] == []


NAMES = """import os


def key(branch):
    return os.environ.get("_".join(("SEAL", "KEY", branch.upper())))


def seal(branch):
    return key(branch).encode()
"""
SEAL = trace(
    "AttributeError: 'NoneType' object has no attribute 'encode'", "app.py:9 seal: return key(branch).encode()"
)


def test_the_one_that_is_lacking_of_names_that_are_put_together(tmp_path: Path) -> None:
    here = {"environment.SEAL_KEY_NORTH": valued("a"), "environment.SEAL_KEY_SOUTH": SET, "environment.OTHER": SET}
    there = {"environment.SEAL_KEY_NORTH": valued("b")}
    found = case(SEAL, here, there, {"app.py": NAMES}, declared(tmp_path, NAMES))
    told = max(variables(found), key=lambda one: one.likelihood)
    assert (told.label, told.likelihood > 0.8) == ("environment.SEAL_KEY_SOUTH", True)
    assert "environment.OTHER" not in {one.label for one in variables(found)}


def test_several_that_are_lacking_tell_nothing(tmp_path: Path) -> None:
    here = {f"environment.SEAL_KEY_{name}": SET for name in ("NORTH", "SOUTH", "WEST")}
    there = {"environment.SEAL_KEY_NORTH": SET}
    found = case(SEAL, here, there, {"app.py": NAMES}, declared(tmp_path, NAMES))
    assert all(one.likelihood < 0.5 for one in variables(found))


def test_an_error_in_the_data_gives_way_where_the_program_there_is_not_whole() -> None:
    log = trace("IndexError: list index out of range", "shop/pay.py:4 pay: return STEPS[3]")
    here = {"source.shop/pay.py": {"digest": "aa", "size": 1}, "source.shop/steps/last.py": {"digest": "bb", "size": 1}}
    there = {"source.shop/pay.py": here["source.shop/pay.py"]}
    source = {"shop/pay.py": "def pay():\n\n\n    return STEPS[3]\n"}
    told = answer(case(log, here, there, source))
    assert (told.verdict, [one.label for one in told.causes]) == ("undetermined", ["source.shop/steps/last.py"])
    alone = answer(case(log, there, there, source))
    assert (alone.verdict, alone.causes) == ("not-environment", ())
