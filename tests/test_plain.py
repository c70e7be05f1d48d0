"""The plain snapshot asks for what the ordinary way asks for, and is left alone by everything else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parity import plain
from parity.cli import snapshot
from parity.cli._application import application
from parity.plain import Plain
from parity.snapshot.request import Request
from tests.cli.program import environment, parity


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("snapshot", Plain()),
        ("snapshot local", Plain()),
        ("snapshot -o x.json", Plain("x.json")),
        ("snapshot --output=x.json local --name laptop", Plain("x.json", "laptop")),
        ("snapshot -o a.json -o -", Plain("-")),
    ],
)
def test_plain_lines_are_read(line: str, asked: Plain) -> None:
    assert plain.read(line.split(), {"PATH": "/bin"}) == asked


@pytest.mark.parametrize(
    "line",
    [
        "",
        "diff local x.json",
        "snapshot docker://web",
        "snapshot local local",
        "snapshot -o",
        "snapshot -ox.json",
        "snapshot -o=x.json",
        "snapshot -o --name",
        "snapshot --output= local",
        "snapshot -o profiles/",
        "snapshot -o .",
        "snapshot --timeout 3",
        "snapshot --anonymize",
        "snapshot --help",
        "snapshot -- local",
    ],
)
def test_whatever_asks_for_more_goes_the_ordinary_way(line: str) -> None:
    assert plain.read(line.split(), {}) is None


@pytest.mark.parametrize(
    "variable", ["PARITY_TIMEOUT", "PARITY_DATABASE_URL_ENV", "PARITY_ANYTHING", "_PARITY_COMPLETE"]
)
def test_a_variable_of_paritys_own_goes_the_ordinary_way(variable: str) -> None:
    assert plain.read(["snapshot"], {variable: ""}) is None


WORDS = [
    "local",
    "-o",
    "--output",
    "--output=x",
    "--name",
    "--name=y",
    "-",
    "x",
    "a=b",
    "--",
    "-h",
    "--name=",
    "-o=",
    "",
]


@given(st.lists(st.sampled_from(WORDS), max_size=5))
@settings(max_examples=150, deadline=None)
def test_it_asks_for_what_typer_would_read(words: list[str]) -> None:
    asked = plain.read(["snapshot", *words], {})
    if asked is None:
        return
    seen: list[tuple[Any, ...]] = []

    def one(target: str, request: Request, output: str, required: frozenset[str], *more: Any) -> int:
        seen.append((target, request, output, required))
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "_one", one)
        for name in [name for name in environment() if name.startswith("PARITY_")]:
            patch.delenv(name)
        application()(args=["snapshot", *words], standalone_mode=False)
    assert seen == [("local", Request(name=asked.name), asked.output, frozenset())]


def sections(document: Mapping[str, Any]) -> dict[str, Any]:
    """But for what the process itself is, and what changes by itself."""
    return {name: {**one, "volatile": None} for name, one in document["sections"].items()}


def test_both_ways_write_the_same_profile(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    short = parity("snapshot", "-o", "../short.json", "--name", "x", cwd=tmp_path / "work")
    long = parity("snapshot", "-o", "../long.json", "--name", "x", "--timeout", "30", cwd=tmp_path / "work")
    assert (short.code, short.out) == (long.code, long.out) == (0, "")
    assert short.err == long.err
    one, other = (json.loads((tmp_path / name).read_bytes()) for name in ("short.json", "long.json"))
    assert sections(one) == sections(other)
    assert one["name"] == other["name"] == "x"


def test_nothing_of_the_ordinary_way_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from parity.__main__ import run; run(['snapshot', '-o', 'x.json']);"
        " print(*{'typer', 'shutil', 'tempfile', 'docker', 'psycopg'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**environment(), "PYTHONPATH": str(Path(plain.__file__).parents[1])},
    )
    assert done.stdout.split() == []
    assert (tmp_path / "x.json").exists()
