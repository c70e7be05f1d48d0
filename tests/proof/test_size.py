"""How large a profile is: small enough to be committed with every release, all sections in it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from types import MappingProxyType

from parity.profile.document import render
from parity.profile.load import loads
from parity.profile.model import Item
from tests.cli.program import parity

LARGEST = 250_000
"""Bytes."""

COUNTS = {
    "environment": 80,
    "executables": 1500,
    "libraries": 120,
    "packages": 400,
    "source": 500,
    "system_packages": 500,
}
"""Items of the sections that grow with what is installed: a service of 400 distributions in a Debian container."""


def grown(items: Mapping[str, Item], size: int) -> Mapping[str, Item]:
    """So many items, those that are found on this machine over and over, each under a name of the same length."""
    named = enumerate(islice(cycle(sorted(items.items())), size))
    return MappingProxyType({f"{place:x}".rjust(len(key), "x"): item for place, (key, item) in named})


def test_of_400_distributions_with_all_sections(tmp_path: Path) -> None:
    code = Path(__file__).parents[2] / "parity" / "snapshot"
    shutil.copytree(code, tmp_path / "shop" / "service" / "internal")
    key = tmp_path / "parity.key"
    key.write_bytes(bytes(range(32)))
    key.chmod(0o600)
    asked = ("--source", str(tmp_path / "shop"), "--fingerprint-key-file", key, "--shapes")
    profile = loads(parity("snapshot", *asked, cwd=tmp_path / "shop").stdout)
    sections = dict(profile.sections)
    for name, size in COUNTS.items():
        assert sections[name].items, f"{name} is {sections[name].status.value}: {sections[name].reason}"
        sections[name] = replace(sections[name], items=grown(sections[name].items, size))
    assert len(sections["packages"].items) == COUNTS["packages"]
    text = render(replace(profile, sections=sections))
    sizes = {name: len(str(one.items)) for name, one in sections.items()}
    assert len(text) < LARGEST, sorted(sizes.items(), key=lambda one: -one[1])
