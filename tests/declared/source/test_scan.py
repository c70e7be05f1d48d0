"""Files of Python, each named for what is odd in it: what its lines say they read is what is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parity.declared.source.link import link
from parity.declared.source.rows import from_json
from parity.declared.source.scan import scan
from tests.declared.source.cases import expected, said

CASES = sorted((Path(__file__).parents[1] / "data" / "source").glob("*.py"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    text = case.read_bytes()
    name = f"case/{case.name}"
    rows = scan(text, name, frozenset({case.stem}))
    assert from_json(json.loads(json.dumps(rows))) == rows
    facts = link({name: rows}, [name])
    found = set(said(facts))
    # The imports that a file needs for itself are what one case alone is about.
    if not any("import" in words.split()[0] for _, words in expected(text, name)):
        found = {one for one in found if one[1].split()[0] not in ("import", "optional")}
    assert found == expected(text, name)


def test_each_case_expects_something() -> None:
    assert len(CASES) > 15
    assert [case.name for case in CASES if not expected(case.read_bytes(), "x")] == []
