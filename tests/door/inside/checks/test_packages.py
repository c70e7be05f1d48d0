"""Distributions at the door: found as an import would find them, and no leftover taken for one."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from parity.door.inside.checks import packages


def distribution(site: Path, name: str, text: str | None, file: str = "METADATA") -> None:
    """A distribution's own directory, without metadata where `text` is None."""
    directory = site / name
    directory.mkdir(parents=True)
    if text is not None:
        (directory / file).write_text(text)


def test_versions_are_held_against_their_bounds(tmp_path: Path) -> None:
    distribution(tmp_path, "Django-4.2.16.dist-info", "Name: Django\nVersion: 4.2.16\n\n")
    distribution(tmp_path, "shop_tools.egg-info", "Name: shop-tools\nVersion: 1.5\n\n", "PKG-INFO")
    distribution(tmp_path, "odd-x.dist-info", "Name: odd\nVersion: of-today\n\n")
    (tmp_path / "plain-0.9.egg-info").write_text("Name: plain\nVersion: 0.9\n\n")
    distribution(tmp_path, "left-1.0.dist-info", None)
    asked = {"django": ">=4.2,<5", "shop-tools": ">=2", "plain": "", "left": "", "gone": ">=1", "odd": ">=1"}
    assert list(packages.failures(asked, [str(tmp_path / "nowhere"), str(tmp_path)])) == [
        ("gone", "not installed"),
        ("left", "not installed"),
        ("odd", "its version has no known form, and >=1 is asked for"),
        ("shop-tools", "1.5 is not >=2"),
    ]


def test_the_first_on_the_path_is_the_one(tmp_path: Path) -> None:
    distribution(tmp_path / "one", "six-1.0.dist-info", "Version: 1.0\n\n")
    distribution(tmp_path / "two", "six-2.0.dist-info", "Version: 2.0\n\n")
    path = [str(tmp_path / "one"), str(tmp_path / "two")]
    assert packages.installed({"six": ""}, path) == {"six": "1.0"}
    assert packages.installed({"six": ""}, path[::-1]) == {"six": "2.0"}


def test_what_is_installed_here_is_told_as_the_standard_library_tells_it() -> None:
    names = ("pytest", "packaging", "hypothesis")
    assert packages.installed(dict.fromkeys(names, ""), sys.path) == {name: version(name) for name in names}
