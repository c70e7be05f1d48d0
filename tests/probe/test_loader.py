"""Nothing of the target is imported: not what lies in its directory, on its path or in its installed packages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

from parity import bundle
from tests.probe.running import collector, run, script_with

EVIL = (
    "json",
    "os",
    "struct",
    "select",
    "importlib",
    "re",
    "hashlib",
    "signal",
    "time",
    "parity",
    "errno",
    "stat",
    "gc",
)
"""Modules that the probe imports, or that stand where it could look."""


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A directory whose every module leaves a mark when it is imported."""
    place = tmp_path / "evil"
    place.mkdir()
    for name in (*EVIL, "sitecustomize", "usercustomize"):
        (place / f"{name}.py").write_text(_marking(place, name))
    return place


def _marking(place: Path, name: str) -> str:
    # Without an import: the fake may be the very module that an import statement needs.
    return f"import posix as p\np.close(p.open({str(place / f'imported-{name}')!r}, p.O_CREAT | p.O_WRONLY, 0o600))\n"


def marks(evil: Path) -> set[str]:
    return {path.name.removeprefix("imported-") for path in evil.glob("imported-*")}


@pytest.fixture
def poisoned(evil: Path, tmp_path: Path) -> str:
    """The python of an environment whose .pth file adds `evil` and runs a line of code."""
    home = tmp_path / "venv"
    venv.create(home, symlinks=True)
    [site] = home.glob("lib/python3*/site-packages")
    line = f"import sys; sys.path.insert(0, {str(evil)!r}); import hashlib; open({str(evil / 'imported-pth')!r}, 'w')"
    (site / "evil.pth").write_text(f"{evil}\n{line}\n")
    return str(home / "bin" / "python")


def surroundings(evil: Path) -> dict[str, Any]:
    return {"cwd": evil, "env": {"PATH": os.defpath, "PYTHONPATH": str(evil), "HOME": str(evil)}}


def test_with_its_flags_nothing_is_imported(evil: Path, poisoned: str) -> None:
    for script in (None, bundle.script().encode("ascii")):
        answer = run({}, python=poisoned, script=script, **surroundings(evil))
        # Its directory is its home, and tells of no program.
        told = {name: section["status"] for name, section in answer.sections.items() if name != "source"}
        assert set(told.values()) <= {"ok", "partial", "absent", "skipped"}, told
        assert marks(evil) == set()


def test_the_trap_works(evil: Path, poisoned: str) -> None:
    subprocess.run([poisoned, "-c", "import struct, select"], check=True, **surroundings(evil))
    assert {"pth", "sitecustomize", "hashlib", "struct", "select"} <= marks(evil)


def test_by_hand_the_directory_is_no_place_to_import_from(evil: Path) -> None:
    script = bundle.script().encode("ascii")
    plain: dict[str, Any] = {"cwd": evil, "env": {"PATH": os.defpath, "HOME": str(evil)}}
    # -S, so that the standard library's own modules are not in memory yet when the script looks for them.
    for flags in ([], ["-S"]):
        done = subprocess.run([sys.executable, *flags, "-"], input=script, capture_output=True, check=True, **plain)
        assert json.loads(done.stdout)["sections"]["environment"]["status"] == "ok"
        assert done.stderr == b""
        assert marks(evil) == set()


def test_by_hand_what_python_itself_ran_at_its_start_is_left_behind(evil: Path, poisoned: str) -> None:
    """site runs a .pth line before any script; the fake that it imported must not become ours."""
    body = "section.items['flags'] = '%d%d' % (sys.flags.isolated, sys.flags.no_site)\nimport hashlib\n"
    body += "section.items['hashlib'] = hashlib.__file__"
    script = script_with(platform=collector(body))
    before = subprocess.run([poisoned, "-"], input=b"", check=True, **surroundings(evil))
    at_start = marks(evil)
    assert before.returncode == 0
    assert {"pth", "hashlib"} <= at_start
    done = subprocess.run([poisoned, "-"], input=script, capture_output=True, check=True, **surroundings(evil))
    items = json.loads(done.stdout)["sections"]["platform"]["items"]
    assert items["flags"] == "11"
    assert Path(items["hashlib"]).parent == Path(json.__file__).parent.parent
    assert marks(evil) == at_start


def test_an_answer_by_hand_is_about_the_environment_it_was_started_in(evil: Path, poisoned: str) -> None:
    environment = {"PATH": os.defpath, "LD_PRELOAD": "libm.so.6", "ONLY_HERE": "1", "EMPTY": ""}
    script = bundle.script().encode("ascii")
    done = subprocess.run([poisoned, "-"], input=script, capture_output=True, check=True, env=environment)
    profile = json.loads(done.stdout)
    states = {name: item["state"] for name, item in profile["sections"]["environment"]["items"].items()}
    assert states == {"PATH": "set", "LD_PRELOAD": "set", "ONLY_HERE": "set", "EMPTY": "empty"}
    assert profile["sections"]["process"]["items"]["umask"] == f"{_umask():04o}"


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current
