"""Whole repositories of the shapes that there are: what their files say, followed from one to another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parity.declared import containers, source
from parity.declared.facts import Facts
from parity.declared.walk import walk
from tests.declared.source.cases import expected, said, tree

REPOS = sorted(path for path in (Path(__file__).parent / "data" / "repos").iterdir() if path.is_dir())
STANDARD = frozenset({"os", "sys", "pathlib", "subprocess", "shutil"})


@pytest.mark.parametrize("root", REPOS, ids=lambda root: root.name)
def test_the_source_says_what_its_lines_say(root: Path) -> None:
    wanted = {one for name, text in tree(root).items() if name.endswith(".py") for one in expected(text, name)}
    found = {one for one in said(source.read(walk(root))) if one[1].split()[-1] not in STANDARD}
    assert found == wanted


@pytest.mark.parametrize("root", REPOS, ids=lambda root: root.name)
def test_the_other_files_say_what_is_written_beside_them(root: Path) -> None:
    wanted = json.loads(root.with_suffix(".json").read_text("utf-8"))
    files = walk(root)
    facts = Facts.joined([containers.read(files), source.read(files)])
    found = {
        "declared": sorted(f"{one.at} {one.name}" + " empty" * one.empty for one in facts.declared_names),
        "first_party": list(facts.first_party),
        "users": sorted(one.value for one in facts.users),
        "servers": sorted(one.value for one in facts.server_versions),
        "pythons": sorted({one.exact or one.value for one in facts.pythons}),
        "packages": sorted(one.name for one in facts.system_packages),
    }
    assert {key: value for key, value in found.items() if value or key in wanted} == wanted
    assert facts.faults == ()
