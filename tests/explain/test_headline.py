"""Which failure of a log is told first."""

from __future__ import annotations

import pytest

from parity.explain.answer import explain
from parity.explain.headline import NEAR, aligned
from parity.explain.log import read
from parity.explain.model import Explanation, Log
from tests.explain.cases import case, trace
from tests.explain.causes.examples import package

KEY = trace("AttributeError: module 'hashes' has no attribute 'about'", "~words/load.py:3 load: hashes.about")
AFTER = trace("ValueError: longer than 72 bytes", "app.py:7 f: words.hash(x)", "~words/hash.py:9 hash: hashes.make(x)")
PARENT = trace("subprocess.CalledProcessError: Command 'x' returned non-zero exit status 1.", "app.py:9 f: run(x)")
LOCAL = {"packages.hashes": package("4.0.1"), "packages.words": package("1.7")}
PRODUCTION = {"packages.hashes": package("5.0.0"), "packages.words": package("1.7")}


def told(*parts: str, gap: int = 0) -> tuple[Log, tuple[Explanation, ...]]:
    text = ("\n" + "all is well\n" * gap).join(parts)
    log = read(f"{text}\n".encode().splitlines(keepends=True))
    met = case("", LOCAL, PRODUCTION)
    explanations = explain(log, met.comparison, met.findings, met.sides, {})
    return aligned(log, explanations), explanations


@pytest.mark.parametrize("after", [AFTER, PARENT])
def test_one_that_has_the_cause_goes_before_what_follows_from_it(after: str) -> None:
    log, explanations = told(KEY, after)
    assert explanations[0].causes[0].label == "packages.hashes"
    assert explanations[0].failure is log.failures[0]
    assert "has no cause of its own" in explanations[0].reasons[-1]
    assert log.newest == next(at for at, one in enumerate(log.failures) if one.last.line > log.failures[0].last.line)


def test_what_a_shell_did_not_find_goes_before_the_status_it_ends_with() -> None:
    log = read(b"web-1  | start.sh: 2: jq: not found\nweb-1 exited with code 127\n".splitlines(keepends=True))
    met = case("", {"executables.jq": "/usr/bin", "executables.sed": "/bin"}, {"executables.sed": "/bin"})
    first = explain(log, met.comparison, met.findings, met.sides, {})[0]
    assert first.failure is not None
    assert first.failure.message == "start.sh: 2: jq: not found"
    assert [one.label for one in first.causes] == ["executables.jq"]


def test_what_stands_far_away_is_of_another_run() -> None:
    _, explanations = told(KEY, AFTER, gap=2 * NEAR)
    assert explanations[0].failure is not None
    assert explanations[0].failure.message.startswith("ValueError")


def test_a_failure_of_the_data_keeps_its_place() -> None:
    _, explanations = told(KEY, trace("ZeroDivisionError: division by zero", "app.py:7 f: x / n"))
    assert explanations[0].verdict == "not-environment"
