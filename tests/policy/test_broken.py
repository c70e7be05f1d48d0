"""Requirements that a real environment breaks: what pip itself says of it is what is told."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from parity.diff import compare
from parity.policy import judge
from parity.policy.requirements import Requirements
from parity.profile import Profile
from tests.diff.profiles import profile
from tests.targets.looking import take


def wheel(directory: Path, name: str, number: str, *requires: str) -> Path:
    """A wheel of one module, as small as pip takes it."""
    path = directory / f"{name}-{number}-py3-none-any.whl"
    info = f"{name}-{number}.dist-info"
    lines = [f"Requires-Dist: {one}" for one in requires]
    metadata = "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {number}", *lines, ""])
    tags = "Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", "")
        archive.writestr(f"{info}/METADATA", metadata)
        archive.writestr(f"{info}/WHEEL", tags)
        archive.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return path


@pytest.fixture
def environments(tmp_path: Path) -> tuple[Path, Path]:
    """(where it works, where `pip check` complains), both installed by pip."""
    shop = wheel(tmp_path, "shop", "1.0", "pricing>=2,<3", "clock; python_version < '3'")
    newer = wheel(tmp_path, "shop", "1.0.1", "pricing>=2,<3", "ledger~=1.4", "audit[sql]>=1; extra == 'audit'")
    pricing, older = (wheel(tmp_path, "pricing", number) for number in ("2.5", "1.9"))
    made = []
    for name, wheels in (("local", [shop, pricing]), ("production", [newer, older])):
        directory = tmp_path / name
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", directory], check=True)
        python = str(directory / "bin" / "python")
        pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "-q"]
        subprocess.run([*pip, "install", "--no-deps", "--no-index", *map(str, wheels)], check=True)
        made.append(directory)
    return made[0], made[1]


def packages(directory: Path) -> Profile:
    return profile(
        {
            "packages": take(f"local?python={directory}/bin/python", sections=frozenset({"packages"})).sections[
                "packages"
            ]
        }
    )


def test_what_pip_check_says_is_told(environments: tuple[Path, Path]) -> None:
    local, production = (packages(one) for one in environments)
    found = {one.key: one for one in judge(compare(local, production), local, production)}
    assert {key: (one.id, one.severity.value) for key, one in found.items()} == {
        "shop": ("packages.patch", "info"),
        "pricing": ("packages.requirement", "error"),
        "ledger": ("packages.broken-requirement", "error"),
    }
    assert found["ledger"].why == "shop requires it in production, which does not have it"
    assert found["ledger"].evidence == ("shop 1.0.1 requires ledger~=1.4, and production has none",)
    pip = [sys.executable, "-m", "pip", "--python", str(environments[1] / "bin" / "python"), "check"]
    said = subprocess.run(pip, capture_output=True, text=True, check=False).stdout
    assert "shop 1.0.1 requires ledger, which is not installed." in said
    assert "shop 1.0.1 has requirement pricing<3,>=2, but you have pricing 1.9." in said
    # Broken alike on both sides it is one finding, and no reason to worry.
    (one,) = judge(compare(production, production), production, production)
    assert (one.id, one.severity.value) == ("packages.broken-requirement", "info")
    assert len(one.evidence) == 2


@pytest.mark.parametrize(
    ("specifiers", "version", "allowed"),
    [
        (">=1.2", "1.10", True),
        (">=1.2,<2", "2.0", False),
        ("==1.0", "1.0.0", True),
        ("!=1.5,>1", "1.5.0", False),
        ("~=1.4", "1.5", True),
        ("==1.4.*", "1.4.2", True),
        (">=2.0", "2.0rc1", False),
        ("<2", "2.0.dev1", False),
        (">=1", "1+local", True),
        ("===odd", "odd", True),
        ("nonsense", "1.0", True),
    ],
)
def test_bounds_are_those_of_pep_440(specifiers: str, version: str, allowed: bool) -> None:
    items: dict[str, Any] = {"a": {"version": "1", "requires": (f"b{specifiers}",)}, "b": {"version": version}}
    assert (list(Requirements(items).unmet()) == []) is allowed
