"""One profile for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.report import Screen
from parity.report.profile_terminal import LISTED, render
from tests.diff.profiles import SKIPPED, absent, profile, section, unavailable
from tests.report.example import laptop
from tests.report.hostile import HOSTILE, LITERAL, SGR, disarmed

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("width", [80, 140])
def test_transcript(width: int) -> None:
    assert render(laptop(), Screen(width)) == (DATA / f"show_{width}.txt").read_text("utf-8")


def test_how_each_look_ended_is_told() -> None:
    shown = render(
        profile(
            {
                "database": absent("no database is configured"),
                "libraries": unavailable("not Linux"),
                "packages": section({"a": {"version": "1.0"}}, hidden=("b",), reason="METADATA cannot be read"),
                "volumes": SKIPPED,
            }
        ),
        Screen(),
    )
    for words in (
        "absent",
        "  no database is configured",
        "unavailable",
        "  not Linux",
        "partial      1 item",
        "  METADATA cannot be read",
        "  not seen: b",
        "Skipped: volumes (not asked for).",
    ):
        assert words in shown


def test_hundreds_of_items_are_counted_and_listed_where_they_are_the_only_ones() -> None:
    many = section({f"p{n}": {"version": f"{n}.0"} for n in range(LISTED + 1)})
    beside = render(profile({"packages": many, "python": section({"version": "3.11.2"})}), Screen())
    assert "p7 7.0" not in beside
    assert f"{LISTED + 1} items" in beside
    assert "--section packages" in beside
    assert "version 3.11.2" in beside
    for shown in (
        render(profile({"packages": many, "python": SKIPPED}), Screen()),
        render(profile({"packages": many, "python": section({})}), Screen(everything=True)),
    ):
        assert all(f"p{n} {n}.0" in shown for n in range(LISTED + 1))


def test_colour_changes_no_word() -> None:
    assert SGR.sub("", render(laptop(), Screen(80, colour=True))) == render(laptop(), Screen(80))


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_and_never_obeyed(hostile: str, colour: bool) -> None:
    items = section({hostile: {"version": hostile, hostile: hostile}}, hidden=(hostile,), reason=hostile)
    one = profile({"packages": items, hostile: items}, hostile)
    shown = SGR.sub("", render(one, Screen(80, colour, True)))
    assert disarmed(shown)
    if hostile in LITERAL:
        assert hostile in shown
