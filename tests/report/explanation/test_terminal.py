"""The text of an explanation, in the widths that people have, with what is hostile in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.diff.model import Comparison
from parity.explain.categories import Command
from parity.explain.model import Category, Cause, Evidence, Explanation, Failure, Log, Moment, Verdict
from parity.explain.reach import Reach
from parity.profile.model import Profile, Source
from parity.report.base import Screen
from parity.report.explained import Explained
from parity.report.explanation import formats, render

SIDE = Profile("web", "2026-03-01T12:00:00Z", Source("docker", "web"), {})
LONG = "x" * 60 + "/" + "y" * 60


def cause(label: str, confidence: float, refuted: str = "it works there") -> Cause:
    evidence = (
        Evidence("log", f"KeyError: {LONG}", "line 7"),
        Evidence("source", "read at shop/settings.py:12", "shop/settings.py:12"),
        Evidence("difference", "only local has it", label),
    )
    return Cause(label, "variable", confidence, evidence, refuted, f"set {label} in production")


def failure(message: str = "KeyError: 'A'", count: int = 1) -> Failure:
    return Failure("message", (), message, count, Moment(3), Moment(9))


def explained(
    verdict: Verdict, *causes: Cause, category: Category = "variable", more: int = 0, **given: object
) -> Explained:
    one = Explanation(verdict, category, failure(), (), causes, ("a sentence that says why",))
    others = tuple(
        Explanation("undetermined", "code", failure(f"ValueError: {number}", number + 2), (), (), ())
        for number in range(more)
    )
    log = Log((failure(),), newest=more, most_frequent=more, lines=1234, responses={"5xx": 1})
    reach = Reach(1, Moment(3), Moment(9), (), 1, 4, None, None, SIDE.captured_at, ("it stands once in the log",))
    values: dict[str, object] = {
        "local": SIDE,
        "production": SIDE,
        "comparison": Comparison((), (), (), ()),
        "declared": None,
        "unread": "--no-declared",
        "log": log,
        "unlogged": None,
        "explanations": (one, *others),
        "reach": (reach,) * (more + 1),
        "first_commands": (Command("docker exec web id", "who it is"),),
        **given,
    }
    return Explained(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("verdict", ["explained", "not-environment", "not-compared", "undetermined"])
def test_every_line_fits_but_a_command(width: int, verdict: Verdict) -> None:
    text = render(
        "terminal", explained(verdict, cause("environment.A", 0.9), cause("packages.b", 0.3), more=6), Screen(width)
    )
    lines = text.splitlines()
    assert lines[0].startswith(f"{verdict.upper()}  ")
    assert "  docker exec web id" in lines
    assert max(map(len, lines)) <= width
    assert text.endswith("\n")


def test_confidence_is_told_in_words_and_as_a_number() -> None:
    for confidence, words in (
        (0.97, "almost certain"),
        (0.75, "likely"),
        (0.5, "more likely than not"),
        (0.2, "possible"),
    ):
        first = render("terminal", explained("explained", cause("packages.b", confidence)), Screen()).splitlines()[0]
        assert first == f"EXPLAINED  packages.b, {words} ({confidence:.2f})"
    first = render("terminal", explained("undetermined", cause("packages.b", 0.1)), Screen(140)).splitlines()[0]
    assert first.endswith("the likeliest is packages.b, unlikely (0.10)")


def test_evidence_has_its_place() -> None:
    text = render("terminal", explained("explained", cause("environment.A", 0.9)), Screen(200))
    assert f"  evidence   log line 7: KeyError: {LONG}" in text
    assert "             shop/settings.py:12: read\n" in text
    assert "             environment.A: only local has it\n" in text
    assert "  refuted by it works there\n" in text


def test_what_is_left_out_is_counted_and_listed_on_demand() -> None:
    given = explained("explained", *(cause(f"packages.p{n}", 0.9 - n / 10) for n in range(9)), more=9)
    text = render("terminal", given, Screen())
    assert "packages.p7" not in text
    assert "3 more with --all." in text
    assert "the newest, the most frequent: ValueError: 8 (10 times, the last on line 9)" in text
    assert "ValueError: 5" not in text
    everything = render("terminal", given, Screen(everything=True))
    assert "more with --all" not in everything
    assert all(f"packages.p{n}" in everything for n in range(9))
    assert all(f"ValueError: {n}" in everything for n in range(9))


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    hostile = "a\x1b[2J\r\n::error::\u202e##[x]"
    given = explained("explained", cause(f"environment.{hostile}", 0.9, refuted=hostile), more=2, unread=hostile)
    for screen in (Screen(), Screen(colour=True), Screen(140, everything=True)):
        text = render("terminal", given, screen)
        assert "\x1b[2J" not in text
        assert "\u202e" not in text
        assert "##[" not in text


def test_formats_are_found_by_the_directory() -> None:
    assert {one.name for one in formats().values()} == {"json", "terminal"}
    held = {path.stem for path in Path(__file__).parents[3].glob("parity/report/explanation/*.py")}
    assert held == {"__init__", "document", "terminal"}
