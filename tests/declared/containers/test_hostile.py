"""Container files that were written to cost time, memory or a crash."""

from __future__ import annotations

import time

import pytest

from parity.declared.containers import compose, dockerfile, dotenv
from parity.declared.containers.document import MAX_BYTES, MAX_NODES, NotYaml, documents

SECONDS = 5.0
"""What each may take at most on a busy machine; none takes a tenth of it."""

LAUGHS = "a: &a [x]\n" + "".join(
    f"{chr(97 + level)}: &{chr(97 + level)} [{', '.join([f'*{chr(96 + level)}'] * 9)}]\n" for level in range(1, 12)
)

TEXTS = {
    "nested in flow": "[" * 100_000,
    "nested mappings": "{a: " * 50_000,
    "nested blocks": "\n".join(" " * level + "a:" for level in range(1_000)),
    "laughs": LAUGHS + "services: *l\n",
    "merges": "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a], y: 1}}\n" for n in range(5_000)),
    "one mapping merged into itself": "services: &s\n  web:\n    <<: *s\n    environment: {<<: *s}\n",
    "many keys": "services:\n" + "".join(f"  s{n}: {{image: x}}\n" for n in range(20_000)),
    "a key of a megabyte": '"' + "a" * (MAX_BYTES - 10) + '": 1',
    "many documents": "---\n" * 100_000,
    "many quotes": "a: '" * 10_000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_yaml_is_read_or_refused_soon(text: str) -> None:
    began = time.monotonic()
    compose.read(text, "compose.yaml")
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[" * 100, "nested too deeply to be read"),
        ("x" * (MAX_BYTES + 1), "too large to be read"),
        ("[" + "a," * (MAX_NODES + 1) + "]", "too large to be read"),
        ("a: \ud800", "not YAML: a character that it does not allow"),
        ("a: \0", "not YAML: a character that it does not allow"),
        ("a: [", "not YAML at line 2"),
        ("a: *nowhere\nb: {", "not YAML at line 3"),
    ],
)
def test_what_is_no_yaml_is_told_in_words_of_our_own(text: str, why: str) -> None:
    with pytest.raises(NotYaml, match=why):
        documents(text)


def test_an_alias_is_the_node_that_it_names() -> None:
    root = documents("a: &x {k: v}\nb: *x\nc: *missing\n")[0]
    assert root.get("b") is root.get("a")
    assert root.said("b", "k") == "v"
    assert root.said("c") is None


def test_merged_keys_come_after_own_ones_and_do_not_replace_them() -> None:
    root = documents("a: &a {x: 1, y: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: [*b, {z: 3}], w: 0}\n")[0]
    merged = root.get("c")
    assert merged is not None
    assert [(key, value.text) for key, value, _ in merged.pairs()] == [("w", "0"), ("y", "2"), ("x", "1"), ("z", "3")]


@pytest.mark.parametrize(
    "text",
    [
        "FROM x\nENV " + "a" * 1_000_000,
        "FROM x\nRUN apt-get install " + "${" * 500_000,
        "FROM x\nRUN apt-get install " + '"' * 500_001,
        "FROM x\nRUN apt-get install \\\n" + "a \\\n" * 300_000,
        "FROM x\n" + "RUN <<A\n" * 100_000,
        "FROM x\nRUN " + "<<A " * 100_000,
        "ARG A=" + "${A" * 100_000 + "\nFROM $A",
        "".join(f"FROM s{n} AS s{n + 1}\n" for n in range(20_000)),
        "FROM x\n" + "".join(f"ENV A{n}=1\n" for n in range(20_000)),
        "FROM x\nRUN [" * 10_000,
        "FROM x\nVOLUME " + "[" * 100_000,
    ],
    ids=lambda text: text[:30].replace("\n", " ") + f"... {len(text)}",
)
def test_a_dockerfile_is_read_soon(text: str) -> None:
    began = time.monotonic()
    dockerfile.read(text, "Dockerfile")
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize(
    "text", ["A='" * 300_000, 'A="\n' * 200_000, "#A=" * 300_000, "# \t" * 300_000, "export " * 100_000]
)
def test_a_dotenv_file_is_read_soon(text: str) -> None:
    began = time.monotonic()
    dotenv.read(text, ".env.example")
    dotenv.read(text, ".envrc")
    assert time.monotonic() - began < SECONDS


def test_a_line_of_a_key_without_quotes_is_no_name() -> None:
    text = "KEY=-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nq0J3bQ==\nPROMISED\n"
    assert [one.name for one in dotenv.read(text, ".env").declared_names] == ["KEY", "PROMISED"]
