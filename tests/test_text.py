from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parity.text import guard, guard_json, safe, visible

COMMANDS = [
    "##[error]x",
    "##vso[task.setvariable]",
    "::error::",
    "::stop-commands::t",
    "a ::warning::b",
    "###[x]",
    ":::a",
]
anything = st.one_of(
    st.text(st.characters()),
    st.lists(
        st.one_of(st.sampled_from([*COMMANDS, "#", "[", ":", " ", "\n", "\r", "\x1b", "\u2028"]), st.text(max_size=2))
    ).map("".join),
)


def obeyed(text: str) -> bool:
    """Whether a runner would take a line of it for a command (actions/runner, ActionCommand.cs)."""
    lines = re.split(r"[\r\n\x85\u2028\u2029\x0b\x0c]", text)
    return any(re.match(r"\s*::[A-Za-z]", line) or re.search(r"##(vso)?\[", line) for line in lines)


@given(anything)
def test_safe_text_is_one_line_that_commands_nothing(text: str) -> None:
    shown = safe(text)
    assert shown.isprintable()
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for one in shown)
    assert not obeyed(shown)
    assert not re.search(r"(?<!\S)::[A-Za-z]|##\[", shown)


@given(anything)
def test_safe_text_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@given(st.lists(anything))
def test_safe_words_can_be_joined_and_wrapped(words: list[str]) -> None:
    joined = "\n".join(safe(word) for word in words)
    assert not obeyed(guard(joined))
    folded = re.sub(r"(.{3})", "\\1\n", joined)
    assert not obeyed(guard(folded))


@given(anything)
def test_guarded_output_commands_nothing(text: str) -> None:
    assert not obeyed(guard(text))
    assert guard(guard(text)) == guard(text)


@given(
    st.recursive(anything, lambda inner: st.lists(inner) | st.dictionaries(anything, inner), max_leaves=5),
    st.booleans(),
)
def test_guarded_json_reads_back_as_it_was(value: object, ascii_only: bool) -> None:
    for indent in (None, 2):
        document = guard_json(json.dumps(value, ensure_ascii=ascii_only, indent=indent))
        assert json.loads(document) == value
        assert document.replace("\n", "").isprintable()
        assert not obeyed(document)
        assert guard(document) == document


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("libpq.so.5", "libpq.so.5"),
        ("naïve/Überpaket", "naïve/Überpaket"),
        ("::1", "::1"),
        ("std::string", "std::string"),
        ("# 1", "# 1"),
        ("[red][/nope][link=http://x]", "[red][/nope][link=http://x]"),
        ("\x1b[2J\x1b]52;c;aGk=\x07", "\\x1b[2J\\x1b]52;c;aGk=\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("1.0\r2.0\n", "1.0\\x0d2.0\\x0a"),
        ("a\u202eb\u2066c\u200d", "a\\u202eb\\u2066c\\u200d"),
        ("no\xa0break", "no\\xa0break"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("fill\u3164er\ufe0f", "fill\\u3164er\\ufe0f"),
        ("\ud800", "\\ud800"),
        ("##[set-env name=x]y", "#\\x23[set-env name=x]y"),
        ("a ##vso[x]", "a #\\x23vso[x]"),
        ("::error file=x::y", ":\\x3aerror file=x::y"),
        (7, "7"),
        (None, "None"),
    ],
)
def test_examples(text: object, shown: str) -> None:
    assert safe(text) == shown


def test_visible_leaves_runner_commands_to_the_printer() -> None:
    assert visible("::error::\x1b") == "::error::\\x1b"


def test_guard_keeps_colour_and_lines() -> None:
    text = "\x1b[31merror\x1b[0m\n  one  # two\n"
    assert guard(text) == text
    assert guard("x\r::error::y\n \t::warning::z") == "x\r:\\x3aerror::y\n \t:\\x3awarning::z"


def test_time_grows_with_the_length() -> None:
    # Quadratic patterns would need minutes.
    for part in ("##", "#[", "::", "\n", " :", "##a"):
        guard(part * 200_000)
        guard_json(part * 200_000)
