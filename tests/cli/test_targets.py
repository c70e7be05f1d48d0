"""`parity targets`, and what a word that names none is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.targets import kinds, load
from tests.cli.program import parity


def test_every_kind_is_listed_with_an_example_and_its_options() -> None:
    result = parity("targets")
    assert (result.code, result.err) == (0, "")
    text = " ".join(result.out.split())
    for kind in kinds():
        module = load(kind)
        assert f"{kind} {module.SUMMARY}" in text
        assert module.EXAMPLE in text
        assert all(f"?{option}=" in text for option in module.OPTIONS)
    assert "also k8s://" in text
    assert "?database-url-env=" in text


@pytest.mark.parametrize("width", ["40", "63", "200"])
def test_the_list_is_as_wide_as_the_terminal(width: str) -> None:
    lines = parity("targets", env={"COLUMNS": width}).out.splitlines()
    assert max(map(len, lines)) <= int(width)
    assert len(lines) > len(kinds())


def test_colour_changes_no_word() -> None:
    coloured = parity("targets", env={"FORCE_COLOR": "1"}).out
    assert "\x1b[" in coloured
    assert "\x1b[" not in parity("targets").out


def test_a_program_reads_the_same_list() -> None:
    document = parity("targets", "--format", "json").document
    assert {one["name"] for one in document["targets"]} == kinds()
    assert {one["name"]: one["example"] for one in document["targets"]}["docker"] == "docker://web"
    assert {one["name"]: one["short"] for one in document["targets"]}["kubernetes"] == ["k8s"]
    assert {"name", "path", "python"} <= set(document["options"])


def test_an_unknown_format_is_refused() -> None:
    result = parity("targets", "--format", "yaml")
    assert (result.code, result.line()) == (2, "there is no format 'yaml'")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("dokcer://web", "did you mean docker, like docker://web ?"),
        ("k8://shop/deploy/web", "did you mean kubernetes, like kubernetes://shop/deployment/web ?"),
        ("dockr:web", "did you mean docker, like docker://web ?"),
        ("ssh//web-1", "did you mean ssh, like ssh://"),
        ("lcoal", "did you mean local ?"),
        ("lcoal?path=/data", "did you mean local ?"),
        ("web", "a container is docker://web; `parity targets` lists"),
        ("foo://bar", "kinds of target: "),
        ("web.json", "take it with `parity snapshot TARGET -o web.json`; `parity targets` lists them"),
        ("./web", "take it with `parity snapshot TARGET -o ./web`; `parity targets` lists them"),
    ],
)
def test_a_word_that_names_none_is_answered_with_the_nearest(word: str, hint: str, tmp_path: Path) -> None:
    result = parity("show", word, cwd=tmp_path)
    assert result.code == 2
    assert result.line()
    assert result.err.splitlines()[1].strip().startswith(hint)


def test_a_file_of_a_kinds_name_is_still_a_file(tmp_path: Path) -> None:
    taken = parity("snapshot", "--section", "environment", "-o", tmp_path / "docker")
    assert taken.code == 0
    assert parity("show", "docker", cwd=tmp_path).code == 0
