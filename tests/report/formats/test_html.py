"""The HTML report as a document: well formed, allowed by its own policy, complete, and hostile text as text in it."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from parity.report import Screen, render
from parity.report.html.findings import LIMIT
from parity.report.html.markup import VOID, Html, element, raw, text, together
from parity.text import guard, visible
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import ATTACKS, attacked, disarmed
from tests.report.test_agreed import POLICY
from tests.report.test_agreed import report as under


class Document(HTMLParser):
    """What a parser finds: every element closed in its place, and the text of each."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self) -> str:
        return " ".join(words for tag, words in self.texts if tag not in {"style", "script"})


EXAMPLES = {
    "drift": report(laptop(), container(), shop()),
    "parity": report(laptop(), laptop()),
    "policy": under(POLICY, adopted=3),
    "attacked": attacked(),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_is_well_formed_and_keeps_to_elements_that_load_nothing(name: str) -> None:
    source = render("html", EXAMPLES[name], Screen())
    found = Document(source)
    assert source.startswith('<!doctype html>\n<html lang="en">')
    tags = {tag for tag, _ in found.elements}
    assert not tags & {"img", "iframe", "object", "embed", "svg", "video", "audio", "base", "link", "source"}
    attributes = {name for _, each in found.elements for name in each}
    assert not {one for one in attributes if one.startswith("on")} | (attributes & {"style", "src", "srcset", "action"})
    assert {str(one["href"])[0] for one in found.named("a")} == {"#"}
    ids = [each["id"] for _, each in found.elements if "id" in each]
    assert len(ids) == len(set(ids))
    assert {str(one["href"])[1:] for one in found.named("a")} <= set(ids)
    assert {str(one["for"]) for one in found.named("label") if "for" in one} <= set(ids)
    assert len(found.named("style")) == len(found.named("script")) == len(found.named("main")) == 1
    # The attacks name addresses; nothing else does.
    assert name == "attacked" or not re.search(r"https?:|url\(|@import", source)


def test_its_style_and_its_script_are_allowed_by_their_digests_and_nothing_else_is() -> None:
    source = render("html", EXAMPLES["drift"], Screen())
    policy = next(one["content"] for one in Document(source).named("meta") if "http-equiv" in one)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    digests = {
        name: "'sha256-"
        + b64encode(sha256(re.findall(f"<{name}>(.*?)</{name}>", source, re.DOTALL)[0].encode()).digest()).decode()
        + "'"
        for name in ("style", "script")
    }
    assert rules == {
        "default-src": "'none'",
        "style-src": digests["style"],
        "script-src": digests["script"],
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }


def test_the_verdict_stands_first_and_everything_is_there() -> None:
    one = EXAMPLES["drift"]
    found = Document(render("html", one, Screen()))
    assert next(words for tag, words in found.texts if tag == "h1") == "Drift"
    assert next(words for tag, words in found.texts if tag == "title") == "Drift: laptop and web - parity"
    words = found.text()
    for finding in one.findings:
        assert visible(finding.key) in words
        assert visible(finding.why) in words
        assert finding.id in words
        for fact in finding.evidence:
            assert visible(fact) in words
    for told in ("Compared 7 of 9 sections.", "Not compared: not asked for", "Not compared: timed out", "1f4c9d2e8a7b"):
        assert told in words
    assert "/srv/cache  could not be told on production: a mount did not answer in time" in words


def test_headings_follow_one_another_and_every_cell_has_its_head() -> None:
    found = Document(render("html", EXAMPLES["drift"], Screen()))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {one.get("scope") for one in found.named("th")} == {"col", "row", "rowgroup"}
    assert len(found.named("table")) == len(found.named("caption"))


def test_what_the_policy_did_is_told() -> None:
    words = Document(render("html", EXAMPLES["policy"], Screen())).text()
    for told in (
        "Waived", "Expected", "Adopted", "Judged by parity.toml and base.json.", "Not counted: 1 waived, 1 expected",
        "waived by ops until 2026-03-01: the next image has it", "ran out on 2026-02-28",
        "nothing until the waiver is over",
    ):  # fmt: skip
        assert told in words


def test_parity_has_nothing_to_filter() -> None:
    found = Document(render("html", EXAMPLES["parity"], Screen()))
    assert "No differences were found." in found.text()
    assert found.named("form") == []
    assert "See each of them." in found.text()
    assert "See what was not and why." in Document(render("html", EXAMPLES["drift"], Screen())).text()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: repr(text)[:40])
def test_each_attack_is_shown_as_it_is(attack: str) -> None:
    source = render("html", attacked([attack]), Screen())
    assert disarmed(source)
    assert guard(source) == source
    found = Document(source)
    if attack.strip():
        assert (("code", visible(attack))) in found.texts


def test_no_more_stands_on_a_page_than_a_browser_bears_and_it_says_so() -> None:
    whole = EXAMPLES["drift"]
    many = tuple(replace(whole.findings[0], key=f"KEY_{place}") for place in range(LIMIT + 50))
    source = render("html", replace(whole, findings=many), Screen())
    assert source.count('<tr class="item">') == LIMIT
    assert "50 findings more: a page holds 10,000. All of them: parity diff --format json." in source
    assert 'class="many"' in source


def test_only_markup_is_markup() -> None:
    assert element("p", "<b>", Html("<i>"), class_='a"b', data_x_y="&", hidden=True, id=None) == (
        '<p class="a&quot;b" data-x-y="&amp;" hidden>&lt;b&gt;<i></p>'
    )
    assert together(["<", Html("<")]) == "&lt;<"
    assert text("a ::b ##[c]") == "a :&#58;b #&#35;[c]"
    with pytest.raises(ValueError, match="ends its own element"):
        raw("script", "'</SCRIPT>'")
