"""What a report says of a policy: what does not count, what ran out, what is idle; and no word of it is obeyed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from parity.diff import compare
from parity.policy import judge, verdict
from parity.policy.agreed import Applied, Baseline, Expected, Policy, Waiver
from parity.policy.apply import apply
from parity.policy.baseline import adopt
from parity.policy.model import Sides
from parity.report import Report, Screen, render
from parity.report.baseline_terminal import render as shown
from tests.policy.policies import TODAY, sides, waiver
from tests.report.hostile import HOSTILE, LITERAL, SGR, disarmed

DAY = timedelta(days=1)


def report(policy: Policy, adopted: int = 0, today: date = TODAY) -> Report:
    """A comparison under a policy, beside a baseline of the first so many findings."""
    between = sides()
    comparison = compare(*between)
    findings = judge(comparison, *between)
    baseline = adopt("base.json", findings[:adopted]) if adopted else None
    applied = apply(findings, comparison, Sides(*between), policy, baseline, today)
    return Report(*between, comparison, applied.findings, verdict(applied.findings, comparison), applied=applied)


POLICY = Policy(
    origin="parity.toml",
    waivers=(waiver("packages.numpy"), waiver("environment.APP_KEY", TODAY - DAY, "shop"), waiver("*.nobody")),
    expected={"database.server_version": Expected("16.*", "15.*")},
)


def told(one: Report, screen: Screen) -> str:
    return " ".join(render("terminal", one, screen).split())


def test_what_the_policy_did_is_counted_and_listed_when_asked_for() -> None:
    one = report(POLICY, adopted=3)
    text = told(one, Screen(100))
    for words in (
        "Not counted: 1 waived, 1 expected and 2 in the baseline. List them with --all.",
        "The waiver of shop for environment.APP_KEY (parity.toml:1) ran out on 2026-02-28 and waives nothing any more.",
        "The waiver of ops for *.nobody (parity.toml:1) waives nothing that differs: take it out.",
        "Judged by parity.toml and base.json.",
    ):
        assert words in text, words
    assert "numpy" not in text
    everything = told(one, Screen(100, everything=True))
    for words in ("WAIVED (1)", "EXPECTED (1)", "ADOPTED (2)", "waived by ops until 2026-03-01: the next image has it"):
        assert words in everything, words
    assert "expected: local 16.*, production 15.*" in everything


def test_gone_entries_are_counted() -> None:
    one = report(Policy())
    assert one.applied is not None
    entries = adopt("x", one.findings).entries
    gone = replace(one, applied=replace(one.applied, gone=entries[:1]))
    assert "1 of the baseline is gone (database.jit): parity baseline update." in told(gone, Screen())
    more = replace(one, applied=replace(one.applied, gone=entries[:6]))
    assert "6 of the baseline are gone (database.jit, database.server_version, " in told(more, Screen())


def test_without_a_policy_it_says_so_and_a_diff_says_nothing() -> None:
    assert "Judged without a policy: there is none here." in told(report(Policy()), Screen())
    assert "Judged" not in told(replace(report(Policy()), applied=None), Screen())


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_word_of_a_policy_or_a_baseline_is_obeyed(hostile: str, width: int) -> None:
    over = Waiver("packages.numpy", hostile, hostile, TODAY - DAY, hostile)
    idle = Waiver(f"*.zz{hostile}", hostile, hostile, TODAY, hostile)
    policy = Policy(
        origin=hostile,
        waivers=(over, idle, replace(waiver("packages.requests"), reason=hostile, owner=hostile)),
        expected={"database.jit": Expected(hostile, {hostile: hostile})},
        names=(hostile,),
    )
    one = report(policy)
    for screen in (
        Screen(width, everything=True),
        Screen(width, everything=True, explain=True),
        Screen(width, colour=True),
    ):
        text = SGR.sub("", render("terminal", one, screen))
        assert disarmed(text)
        if hostile in LITERAL and width == 140:
            assert hostile in text
    document = render("json", one, Screen())
    assert disarmed(document)
    assert json.loads(document)["policy"]["unused"][0]["owner"] == hostile
    entry = replace(adopt("x", one.findings).entries[0], key=hostile, section=hostile)
    assert disarmed(shown(Baseline(hostile, (entry,)), Screen(width)))


SCRIPT = """
import sys
from tests.report.test_agreed import POLICY, report
from parity.report import Screen, render

one = report(POLICY, adopted=3)
for form in ("json", "terminal"):
    sys.stdout.buffer.write(render(form, one, Screen(everything=True, explain=True)).encode())
"""


def test_the_same_bytes_whatever_the_locale_and_the_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed, locale, zone in (("0", "C", "UTC"), ("7", "tr_TR.UTF-8", "Pacific/Apia"))
    }
    assert len(outputs) == 1


def test_the_counts_are_of_what_counts() -> None:
    one = report(POLICY, adopted=3)
    assert isinstance(one.applied, Applied)
    assert sum(one.counts().values()) == len(one.open) == len(one.findings) - 4
    assert sum(one.applied.count(standing) for standing in ("open", "waived", "expected", "adopted")) == 8
