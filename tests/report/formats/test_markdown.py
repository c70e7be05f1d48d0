"""The Markdown reports, judged by a parser of GitHub's Markdown: nothing of a stranger's text is markup in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from parity.report import Report, Screen, render
from parity.report.formats.markdown import LIMIT
from parity.report.markdown.document import MARKER
from parity.report.markdown.inline import code, prose
from parity.text import guard, safe
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import ATTACKS, attacked, disarmed
from tests.report.test_agreed import POLICY
from tests.report.test_agreed import report as under

if TYPE_CHECKING:
    from markdown_it.token import Token

BOTH = pytest.mark.parametrize("form", ["markdown", "summary"])
SIZES = {"markdown": LIMIT.size, "summary": 900_000}

MADE_OF_TEXT = re.compile(
    r"(?<!\w)@\w|\w@\w|#\d|\bGH-\d|\w!\d|(?<!\w)[!&%~$]\w|:\w+:|https?:|www\.|\b[0-9a-f]{7,40}\b|[$`*_~<>\[\]\\|]"
)
"""What GitHub and GitLab make something of in text that is no code."""


def tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("gfm-like").parse(text):
        yield token
        yield from token.children or ()


def texts(text: str) -> list[str]:
    """What stands in a document outside of code."""
    return [one.content for one in tokens(text) if one.type == "text"]


def spans(text: str) -> list[str]:
    return [one.content for one in tokens(text) if one.type == "code_inline"]


def inert(text: str) -> None:
    """Nothing in a document is markup but its own."""
    kinds = {one.type for one in tokens(text)}
    assert not kinds & {"link_open", "image", "fence", "code_block", "blockquote_open", "hr", "em_open", "strike_open"}
    assert [one.content for one in tokens(text) if one.type == "html_inline" and one.content != "<br>"] == []
    blocks = re.compile(rf"{MARKER}|<details>\n<summary>[A-Z][a-z ]+ \(\d+\)</summary>|</details>")
    assert [
        one.content for one in tokens(text) if one.type == "html_block" and not blocks.fullmatch(one.content.strip())
    ] == []
    assert [one for one in texts(text) if MADE_OF_TEXT.search(one)] == []
    assert {one.markup for one in tokens(text) if one.type == "heading_open"} <= {"##", "###"}
    assert disarmed(text)
    assert guard(text) == text


def test_it_says_what_a_reviewer_needs_and_nothing_twice() -> None:
    text = render("markdown", report(laptop(), container(), shop()), Screen())
    lines = text.splitlines()
    assert lines[0] == MARKER
    assert re.fullmatch(r"## Drift: \d+ errors, .*info", lines[1])
    assert "| local | `laptop` | `local://laptop` | `2026-03-01 12:00` |" in lines
    row = next(line for line in lines if "`werkzeug`" in line and line.startswith("| `packages`"))
    assert row.startswith("| `packages` | `werkzeug` | `3.0.3` | `2.3.8` | flask in production does not allow this")
    assert "(`packages.requirement`)<br>flask `3.0.3` requires `werkzeug>=3.0.0`, and production has" in row
    assert "Compared `environment`, `packages`," in text
    assert "| `database` | all | production (`skipped`) | not asked for |" in lines
    assert "| `volumes` | `/srv/cache` | production (`partial`) | a mount did not answer in time |" in lines
    assert "Cut to fit" not in text
    assert text.count("<details>") == text.count("</details>") == 2
    inert(text)


def test_what_weighs_little_or_does_not_count_is_folded() -> None:
    text = render("markdown", under(POLICY, adopted=3), Screen())
    opened = text.partition("<details>")[0]
    assert "### Errors" in opened
    assert "`numpy`" not in opened
    for words in ("<summary>Waived (1)", "<summary>Expected (1)", "<summary>Adopted (2)", "waived by ops until"):
        assert words in text
    assert "- Not counted: 1 waived, 1 expected and 2 in the baseline." in text
    assert "- The waiver of shop for `environment.APP_KEY` (`parity.toml:1`) ran out on `2026-02-28`" in text
    assert "- Judged by `parity.toml` and `base.json`." in text
    inert(text)


def test_parity_and_nothing_compared_are_said() -> None:
    assert "## Parity: no differences that count\n" in render("markdown", report(laptop(), laptop()), Screen())
    whole = report(laptop(), container(), None, "no repository around `x`")
    nothing = replace(whole, comparison=replace(whole.comparison, compared=()))
    text = render("markdown", nothing, Screen())
    assert "**Nothing was compared.**" in text
    assert "No source was read (no repository around `` `x` ``): severities follow categories alone." in text


@BOTH
def test_a_report_in_which_every_string_is_an_attack_is_text(form: str) -> None:
    text = render(form, attacked(), Screen())
    inert(text)
    assert len(text.encode()) < 1_000_000
    rows = [one for one in tokens(text) if one.type in {"tr_open", "th_open", "td_open"}]
    cells = "".join("|" if one.type == "tr_open" else "." for one in rows).split("|")[1:]
    assert {len(one) for one in cells} == {4, 5}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: repr(text)[:40])
def test_each_attack_is_shown_as_it_is(attack: str) -> None:
    text = render("markdown", attacked([attack]), Screen())
    inert(text)
    shown = safe(attack)
    if len(shown) > 300:
        shown = shown[:299] + "\N{HORIZONTAL ELLIPSIS}"
    assert shown in [*spans(text), ""]


@BOTH
@pytest.mark.parametrize("key", ["KEY_{}", "x" * 5000 + "{}", "\u4e2d|`@a/b{}"])
def test_many_findings_are_cut_the_worst_first_and_it_says_so(form: str, key: str) -> None:
    whole = report(laptop(), container())
    lots = 10_000
    many = tuple(replace(one, key=key.format(place)) for one in whole.findings[:1] for place in range(lots))
    text = render(form, replace(whole, findings=(*many, *whole.findings)), Screen())
    assert len(text) <= SIZES[form]
    assert form == "markdown" or SIZES["summary"] * 0.9 < len(text.encode()) <= SIZES[form]
    found = re.search(r"\*\*Cut to fit:\*\* (\d+) of (\d+) findings are listed, the worst first\.", text)
    assert found is not None
    assert int(found[2]) == lots + len(whole.findings)
    listed = text.count("\n| `platform` | ")
    assert int(found[1]) == listed > 50
    assert "`--format html=parity.html`" in text
    assert "Compared `environment`" in text


def test_the_lists_beside_the_findings_have_a_limit_of_their_own() -> None:
    one = attacked([f"{place} " + "|`@" * 400 for place in range(1000)])
    text = render("markdown", one, Screen())
    assert len(text) <= LIMIT.size
    assert re.search(r"^- and \d+ more$", text, re.MULTILINE)
    inert(text)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("production's server is older: see", "production's server is older: see"),
        ("flask 3.0.3 requires click>=8.1.3, and", "flask `3.0.3` requires `click>=8.1.3`, and"),
        ("root (0) owns it, mode 0755", "root (0) owns it, mode 0755"),
        ("read at shop/settings.py:40", "read at `shop/settings.py:40`"),
        ("ask @team now", "ask `@team` now"),
        ("fixes #12 and GH-12", "fixes `#12` and `GH-12`"),
        ("at deadbeef or 1234567", "at `deadbeef` or `1234567`"),
        ("a `b` c", "a `` `b` `` c"),
        (":smile: ...", "`:smile`: `...`"),
        ("see [a](http://x).", "see `[a](http://x`)."),
    ],
)
def test_words_stay_words_and_the_rest_is_code(sentence: str, shown: str) -> None:
    assert prose(sentence) == shown


@pytest.mark.parametrize("text", ["x", "`", "``a`", " a ", "  ", "a`", "\\", "\\`", "<b>", "&amp;", "*a*", "\u4e2d"])
def test_a_code_span_holds_its_text(text: str) -> None:
    assert spans(code(text)) == [text]


def test_an_empty_text_is_said_to_be_empty() -> None:
    assert code("") == "(empty)"


def of(form: str, one: Report) -> str:
    return render(form, one, Screen())


def test_both_are_the_same_where_there_is_room() -> None:
    one = report(laptop(), container())
    assert of("markdown", one) == of("summary", one)
