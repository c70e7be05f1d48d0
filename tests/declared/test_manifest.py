"""The manifest of a work tree, against what the probe tells of the same directory."""

from __future__ import annotations

import os
from pathlib import Path

from parity.declared.assemble import declared
from parity.probe.collectors import source as collector
from parity.probe.kit import View
from parity.probe.process.proc import Process
from parity.profile import Section
from tests.declared.checkouts import git


def told(root: Path) -> Section:
    return declared(root, "3.12", lambda words: None).sections["source"]


def deployed(root: Path) -> dict[str, object]:
    """The items of the section for a process that works there."""
    view = View()
    view.process = Process(os.getpid(), {"HOME": "/nonexistent"}, cwd=str(root))
    found: dict[str, object] = collector.collect(view).as_dict()["items"]
    return found


def checkout(root: Path) -> Path:
    """A repository with one file that is committed, one that is not, and one that is ignored."""
    for name, text in {
        "main.py": "import shop\n",
        "shop/__init__.py": "",
        "run.sh": "#!/bin/sh\r\n",
        ".gitignore": "local_settings.py\n",
        "local_settings.py": "DEBUG = True\n",
        ".env": "A=1\n",
        "logo.png": "x",
        "profiles/production.json": '{\n "captured_at": "2026-03-01T12:00:00Z"\n}',
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    (root / "run.sh").chmod(0o755)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "one")
    (root / "new.py").write_text("x = 1\n")
    return root


def test_it_is_what_a_deployment_of_the_work_tree_would_hold(tmp_path: Path) -> None:
    root = checkout(tmp_path / "shop")
    section = told(root)
    facts = {"commit", "branch", "dirty"}
    assert set(section.items) - facts == {
        ".gitignore",
        "logo.png",
        "main.py",
        "new.py",
        "run.sh",
        "shop/__init__.py",
    }
    there = deployed(root)
    assert set(there) - set(section.items) == {".env", "local_settings.py"}
    for key in section.items:
        assert section.items[key] == there[key], key
    assert section.items["dirty"] is False


def test_a_change_that_is_not_committed_shows(tmp_path: Path) -> None:
    root = checkout(tmp_path / "shop")
    (root / "main.py").write_text("import shop, os\n")
    assert told(root).items["dirty"] is True
    assert deployed(root)["dirty"] is True


def test_of_many_files_each_directory_has_a_digest(tmp_path: Path) -> None:
    for number in range(501):
        (tmp_path / f"m{number}.py").write_text("")
    assert dict(told(tmp_path).items) == deployed(tmp_path)
    assert list(told(tmp_path).items) == ["./"]
