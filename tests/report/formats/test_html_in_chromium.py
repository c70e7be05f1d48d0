"""The HTML report in a real Chromium: the filters, the policy of content, attacks, sizes, colours, keys and print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from parity.report import Report, Screen, render
from tests.report.browser import Browser, chromium
from tests.report.example import container, laptop, report, shop
from tests.report.hostile import attacked
from tests.report.test_agreed import POLICY
from tests.report.test_agreed import report as under

CONTRAST = """
(() => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$/.test(colour)) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  document.querySelectorAll('details').forEach((one) => { one.open = true; });
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  let seen = 0;
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility()) continue;
    const [dark, bright] = [light(getComputedStyle(node).color), light(ground(node))].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    seen += 1;
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${node.tagName}.${node.className} ${text.data.slice(0, 40)}`);
  }
  return [seen, poor];
})()
"""
"""[texts, those that are harder to read than WCAG 2.2 AA allows (1.4.3)] of what is shown."""

SHOWN = "[...document.querySelectorAll('#findings .item')].filter((one) => one.checkVisibility()).length"
COUNT = "document.getElementById('shown').textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as one:
        yield one


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """{name: a report in a file}."""
    drift = report(laptop(), container(), shop())
    many = tuple(replace(one, key=f"{one.key}-{place}") for one in drift.findings[:10] for place in range(500))
    reports: dict[str, Report] = {
        "drift": drift,
        "policy": under(POLICY, adopted=3),
        "attacked": attacked(),
        "many": replace(drift, findings=many),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, one in reports.items():
        (folder / name).with_suffix(".html").write_text(render("html", one, Screen()), "utf-8")
    return {name: folder / f"{name}.html" for name in reports}


def quiet(browser: Browser, page: Path) -> None:
    """The page asked for nothing but itself, its policy stopped nothing, and no foreign script ran."""
    assert browser.requested() == [page.as_uri()]
    assert browser.complaints() == []
    assert browser.run("[window.violations, window.ran]") == [[], 0]


def press(browser: Browser, *keys: str) -> None:
    for key in keys:
        browser.press(key)


def test_the_filters_find_what_is_asked_for(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["drift"])
    total = browser.run("document.querySelectorAll('#findings .item').length")
    assert browser.run(COUNT) == f"{total} findings"
    press(browser, "/")
    assert browser.run("document.activeElement.id") == "text"
    browser.type("WERKZEUG 2.3")
    browser.settle()
    assert browser.run(COUNT) == f"1 of {total} findings"
    assert browser.run(SHOWN) == 1
    assert browser.run("[...document.querySelectorAll('#findings > .part')].filter((one) => !one.hidden).length") == 1
    press(browser, "Escape")
    browser.settle()
    assert browser.run(COUNT) == f"{total} findings"
    # A word of the sentence, and one of the evidence.
    browser.type("symbols")
    browser.settle()
    assert browser.run(COUNT) == f"1 of {total} findings"
    press(browser, "Escape")
    browser.type("prices.py:3")
    browser.settle()
    assert browser.run(COUNT) == f"1 of {total} findings"
    press(browser, "Escape")
    browser.type("no such thing")
    browser.settle()
    assert browser.run(COUNT) == f"0 of {total} findings"
    press(browser, "Escape")
    browser.run("document.activeElement.blur()")
    quiet(browser, pages["drift"])


def test_sections_and_severities_narrow_it_and_what_is_found_is_unfolded(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["drift"])
    choose = """
    ((name) => {
      const select = document.getElementById('section');
      select.value = [...select.options].find((one) => one.text === name).value;
      select.dispatchEvent(new Event('input', { bubbles: true }));
    })
    """
    folded = "[...document.querySelectorAll('#findings details')].map((one) => one.open)"
    assert browser.run(folded) == [False]
    browser.run(f"{choose}('platform')")
    browser.settle()
    assert browser.run("[...document.querySelectorAll('.block:not([hidden])')].map((one) => one.dataset.section)") == [
        "platform", "platform",
    ]  # fmt: skip
    assert browser.run(folded) == [True]
    browser.run("document.querySelector('input[value=error]').click()")
    browser.settle()
    shown = "[...document.querySelectorAll('#findings > .part:not([hidden])')].map((one) => one.id)"
    assert browser.run(shown) == ["info"]
    browser.run("document.querySelector('#filters button').click()")
    browser.settle()
    assert browser.run(folded) == [False]
    assert browser.run(shown) == ["errors", "warnings", "info"]
    browser.run("document.querySelector('.counts a.info').click()")
    assert browser.run(folded) == [True]


def test_what_does_not_count_is_one_choice(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["policy"])
    browser.run(
        "document.querySelectorAll('#filters input:not([value=apart])[type=checkbox]').forEach((one) => one.click())"
    )
    browser.settle()
    assert browser.run("[...document.querySelectorAll('#findings > .part:not([hidden])')].map((one) => one.id)") == [
        "waived", "expected", "adopted",
    ]  # fmt: skip
    quiet(browser, pages["policy"])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_everything_is_readable_and_nothing_is_wider_than_the_window(
    browser: Browser, pages: dict[str, Path], dark: bool, width: int
) -> None:
    for name in ("drift", "policy") if width == 1280 else ("drift", "attacked"):
        browser.open(pages[name], width, 800, dark=dark)
        seen, poor = browser.run(CONTRAST)
        assert seen > 50
        assert poor == []
        assert browser.run("document.documentElement.scrollWidth") <= width
        wide = f"[...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > {width})"
        assert browser.run(f"{wide}.map((one) => one.outerHTML.slice(0, 80))") == []
    background = browser.run("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(20, 23, 26)" if dark else "rgb(247, 247, 245)")


def test_without_a_script_all_of_it_is_there(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["drift"], script=False)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run("document.getElementById('filters').checkVisibility()") is False
    assert browser.run(f"document.querySelector('details').open = true, {SHOWN}") == browser.run(
        "document.querySelectorAll('#findings .item').length"
    )


def test_attacks_are_text_and_can_be_searched(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["attacked"])
    press(browser, "/")
    browser.type("<script>attacked()</script>")
    browser.settle()
    assert browser.run(SHOWN) > 0
    assert (
        browser.run("document.querySelectorAll('#findings a, #findings img, #findings script, #findings b b').length")
        == 0
    )
    browser.run(
        """
        const select = document.getElementById('section');
        for (const one of select.options) {
          select.value = one.value;
          select.dispatchEvent(new Event('input', { bubbles: true }));
        }
        """
    )
    quiet(browser, pages["attacked"])


def test_it_can_be_used_with_the_keyboard_alone(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["drift"])
    press(browser, "Tab")
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left >= 0")
    press(browser, "Enter")
    assert browser.run("document.activeElement.id") == "findings"
    reached, outlined = [], []
    browser.run("document.querySelector('.skip').focus()")
    for _ in range(20):
        press(browser, "Tab")
        reached.append(browser.run("document.activeElement.id || document.activeElement.tagName"))
        outlined.append(browser.run("getComputedStyle(document.activeElement).outlineStyle"))
        if reached[-1] == "SUMMARY":
            break
    assert reached[:4] == ["A", "A", "A", "A"]
    assert reached[-1] == "SUMMARY"
    assert {"text", "section", "INPUT", "BUTTON"} <= set(reached)
    assert set(outlined) == {"solid"}


def test_a_screen_reader_finds_landmarks_names_and_tables(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["drift"], 360, 800)
    browser.call("Accessibility.enable")
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    browser.call("Accessibility.disable")
    found = [(one["role"]["value"], one.get("name", {}).get("value", "")) for one in nodes if not one.get("ignored")]
    roles = {role for role, _ in found}
    assert {"banner", "main", "contentinfo", "search", "table", "rowheader", "columnheader", "cell", "status"} <= roles
    assert ("searchbox", "Find") in found
    assert ("table", "Errors in packages") in found
    assert ("rowheader", "werkzeug") in found
    unnamed = [
        role for role, name in found if role in {"searchbox", "combobox", "checkbox", "button", "link"} and not name
    ]
    assert unnamed == []


def test_five_thousand_findings_are_filtered_in_a_moment(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["many"])
    took = browser.run(
        """
        (async () => {
          const search = document.getElementById('text');
          const from = performance.now();
          search.value = '-499';
          search.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((done) => setTimeout(() => requestAnimationFrame(() => done()), 130));
          document.body.offsetHeight;
          return performance.now() - from;
        })()
        """
    )
    browser.settle()
    assert browser.run(COUNT) == "10 of 5000 findings"
    assert took < 3000
    quiet(browser, pages["many"])


def test_on_paper_everything_is_unfolded_and_nothing_of_the_screen_is_left(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["drift"], dark=True)
    browser.run("dispatchEvent(new Event('beforeprint'))")
    browser.emulate(dark=True, media="print")
    assert browser.run("document.getElementById('filters').checkVisibility()") is False
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert browser.run(SHOWN) == browser.run("document.querySelectorAll('#findings .item').length")
    browser.emulate()
