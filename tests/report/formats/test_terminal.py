"""The report for a person: what it says, how it is laid out, and what hostile text becomes in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from parity.diff import Kind
from parity.profile.model import Profile
from parity.report import Screen, render
from parity.report.layout import width_of
from tests.diff.profiles import profile, section, unavailable
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import HOSTILE, LITERAL, SGR, disarmed

DATA = Path(__file__).parent / "data"


def text(
    local: Profile, production: Profile, declared: Profile | None = None, unread: str | None = None, **screen: Any
) -> str:
    return render("terminal", report(local, production, declared, unread), Screen(**screen))


@pytest.mark.parametrize(("width", "everything"), [(80, False), (140, False), (140, True)])
def test_transcript(width: int, everything: bool) -> None:
    written = DATA / f"diff_{width}{'_all' if everything else ''}.txt"
    assert text(laptop(), container(), width=width, everything=everything) == written.read_text("utf-8")


@pytest.mark.parametrize("width", [80, 140])
def test_transcript_beside_a_repository(width: int) -> None:
    shown = text(laptop(), container(), shop(), width=width, everything=width == 140)
    assert shown == (DATA / f"declared_{width}.txt").read_text("utf-8")


@pytest.mark.parametrize("declared", [None, shop()], ids=["alone", "declared"])
@pytest.mark.parametrize("width", [40, 72, 80, 100, 110, 140, 220])
def test_nothing_is_wider_than_the_screen_and_nothing_is_cut(width: int, declared: Profile | None) -> None:
    shown = text(laptop(), container(), declared, width=width, everything=True)
    assert max(map(width_of, shown.splitlines())) <= width
    squeezed = re.sub(r"\s+", "", shown)
    for one in report(laptop(), container(), declared).findings:
        # What is wrapped beside something else does not stand together.
        if width > 40:
            assert one.key in squeezed
        if width < 110:
            assert re.sub(r"\s+", "", one.why) in squeezed


@pytest.mark.parametrize("width", [80, 140])
def test_colour_changes_no_word(width: int) -> None:
    plain = text(laptop(), container(), width=width)
    coloured = text(laptop(), container(), width=width, colour=True)
    assert coloured != plain
    assert SGR.sub("", coloured) == plain


def test_the_end_says_what_was_compared_and_what_was_not() -> None:
    end = " ".join(text(laptop(), container()).split("\n\n")[-1].split())
    assert end == (
        "DRIFT 9 errors, 3 warnings and 26 info "
        "Compared environment, packages, platform, process, python, system_packages and "
        "volumes (partial on production). "
        "Not compared: database (skipped on production: not asked for); "
        "libraries (unavailable on production: timed out). "
        "No source was read: severities follow categories alone."
    )


def test_the_end_says_why_no_source_was_read_where_that_matters() -> None:
    why = "no repository around the working directory"
    shown = " ".join(text(laptop(), container(), None, why).split())
    assert shown.endswith(f"No source was read ({why}): severities follow categories alone.")
    assert "No source" not in text(laptop(), laptop(), None, why)
    assert "No source" not in text(laptop(), container(), shop())


def test_parity_in_four_lines() -> None:
    assert text(laptop(), laptop()).splitlines()[2:] == [
        "",
        "PARITY  no differences",
        "Compared database, environment, libraries, packages, platform, process, python,",
        "system_packages and volumes.",
    ]


def test_incomplete_says_why() -> None:
    shown = text(profile({"python": unavailable()}), profile({"python": unavailable("not Linux")}))
    assert (
        "INCOMPLETE  no differences\n  nothing was compared\n  python is required and unavailable (local): timed out"
        in shown
    )
    assert "PARITY" not in shown


def test_one_cause_of_many_findings_is_told_once() -> None:
    many = section({f"package-{n}": {"version": f"1.{n}"} for n in range(30)})
    few = section({"pip": {"version": "24.0"}, "package-30": {"version": "1"}})
    many = section({**many.items, "package-30": {"version": "1"}})
    shown = text(profile({"packages": many}), profile({"packages": few}))
    assert shown.count("production does not have it") == 1
    assert all(f"package-{n} 1.{n}" in shown for n in range(30))
    assert len(shown.splitlines()) < 25


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_and_never_obeyed(hostile: str, width: int, colour: bool) -> None:
    items = {hostile: {"version": hostile, hostile: hostile}, "y": {"version": "1"}}
    local = profile({"packages": section(items), hostile: section(items)}, hostile)
    production = profile({"packages": section({"y": {"version": hostile}}), hostile: unavailable(hostile)}, "web")
    shown = SGR.sub("", text(local, production, width=width, colour=colour, everything=True))
    assert disarmed(shown)
    if hostile in LITERAL:
        assert hostile in shown


def test_the_example_has_every_kind() -> None:
    kinds = {one.kind for one in report(laptop(), container()).findings}
    assert kinds == {Kind.MISSING, Kind.EXTRA, Kind.CHANGED}
