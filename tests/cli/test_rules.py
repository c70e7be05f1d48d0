"""parity rules"""

from __future__ import annotations

import pytest

from parity.configuration.policy import stated
from parity.configuration.table import Document, Table
from parity.policy.registry import registry
from tests.cli.program import parity


def test_every_rule_is_listed_with_what_it_means() -> None:
    document = parity("rules", "--format", "json").document
    assert [(one["id"], one["severity"], one["meaning"]) for one in document["rules"]] == [
        (name, rule.severity.value, rule.meaning) for name, rule in registry().items()
    ]
    shown = parity("rules").out
    for name in registry():
        assert f"  {name} " in shown


def test_a_page_says_why_and_how_to_weigh_and_waive_it() -> None:
    result = parity("rules", "packages.minor")
    assert (result.code, result.err) == (0, "")
    for words in (
        "packages.minor  warning",
        "another minor version",
        "code that imports a package",
        "install in production what the lock says",
        'match = "packages.minor"\n  severity = "info"',
        'waive = { reason = "until the move", owner = "ops", expires = 2027-01-31 }',
    ):
        assert words in result.out, words


def test_what_a_page_shows_of_a_policy_can_be_copied() -> None:
    for page in parity("rules", "--format", "json").document["rules"]:
        text = f"{page['weigh']}\n{page['waive']}\n"
        document = Document.parsed(text.encode(), "pyproject.toml")
        found = stated(Table(document, document.data).table("tool").table("parity"), "pyproject.toml", str)
        assert [*(one.match for one in found.weights), *(one.match for one in found.waivers)] == [page["id"]] * 2
        assert page["why"]
        assert page["step"]


def test_a_section_s_rules() -> None:
    shown = parity("rules", "database").out
    assert "database.older" in shown
    assert "packages." not in shown


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("packages.majr",), "did you mean packages.major?"),
        (("zzz",), "`parity rules` lists them"),
        (("--format", "yaml"), "formats: terminal, json"),
    ],
)
def test_a_word_that_names_none(words: tuple[str, ...], hint: str) -> None:
    result = parity("rules", *words)
    assert (result.code, result.out) == (2, "")
    assert hint in result.err
