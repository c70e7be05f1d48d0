"""The manifest of deployed code, of real directories."""

from __future__ import annotations

import os
import py_compile
import sys
from pathlib import Path
from typing import Any

import pytest

from parity.probe.collectors import source as collector
from parity.probe.kit import Absent, Unavailable, View
from parity.probe.process.proc import Process
from parity.probe.python import live
from parity.probe.rooted import RootedView
from parity.profile.document import render
from tests.canary import Canary
from tests.diff.profiles import profile
from tests.probe.running import run

SECTION = {"sections": ["source"]}


def put(root: Path, *names: str, text: str = "x = 1\n") -> Path:
    """A directory with these files in it."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def look(root: Path, argv: tuple[str, ...] = (), source: str | None = None) -> dict[str, Any]:
    """The section for a process that works there."""
    view = View({"source": source})
    view.process = Process(os.getpid(), {"HOME": "/nonexistent"}, argv, cwd=str(root))
    view.executable, view.describe = sys.executable, live.describe
    found: dict[str, Any] = collector.collect(view).as_dict()
    return found


def test_code_by_digest_other_files_by_size(tmp_path: Path) -> None:
    put(tmp_path, "main.py", "shop/logo.png")
    (tmp_path / "run.sh").write_text("#!/bin/sh\n")
    (tmp_path / "run.sh").chmod(0o755)
    items = look(tmp_path)["items"]
    assert items["main.py"] == {"size": 6, "digest": items["main.py"]["digest"]}
    assert items["shop/logo.png"] == {"size": 6}
    assert items["run.sh"]["executable"] is True
    assert len(items["main.py"]["digest"]) == 16


def test_environments_caches_and_secrets_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "main.py", "env/pyvenv.cfg", "env/lib/a.py", "node_modules/x/i.js", ".env", "tls/server.key")
    put(tmp_path, ".mypy_cache/a.json", "shop.egg-info/top_level.txt", "secrets.yml", "var/app.log", ".git/x.py")
    put(tmp_path, ".env.example", "shop/.env", "deploy.env")
    items = look(tmp_path)["items"]
    assert {name: item for name, item in items.items() if item is True} == {".env": True, "deploy.env": True}
    assert [name for name, item in items.items() if item is not True] == ["main.py"]


def test_profiles_that_a_repository_keeps_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "main.py", "prices.json")
    put(tmp_path, "profiles/production.json", text=render(profile({})))
    assert list(look(tmp_path)["items"]) == ["main.py", "prices.json"]


def test_nothing_of_a_file_is_in_it(tmp_path: Path) -> None:
    canary = Canary()
    put(tmp_path, "main.py", ".env", "config.yml", text=f"PASSWORD = '{canary.secret}'\n")
    answer = run(SECTION, cwd=tmp_path)
    assert set(answer.items("source")) == {"main.py", "config.yml", ".env"}
    assert answer.items("source")[".env"] is True
    canary.assert_clean(answer.out, answer.err)


def test_links_are_followed_to_files_of_the_code_alone(tmp_path: Path) -> None:
    root = put(tmp_path / "app", "main.py")
    put(tmp_path, "outside.py")
    (root / "same.py").symlink_to("main.py")
    (root / "led_out.py").symlink_to("../outside.py")
    (root / "gone.py").symlink_to("nowhere.py")
    (root / "loop").symlink_to(".")
    (root / "link_to_key.py").symlink_to("server.key")
    put(root, "server.key")
    os.mkfifo(root / "pipe.py")
    items = look(root)["items"]
    assert set(items) == {"main.py", "same.py"}
    assert items["same.py"] == items["main.py"]


def test_of_very_many_files_each_directory_has_a_digest(tmp_path: Path) -> None:
    n = 501
    put(tmp_path, "main.py", "models.py", "models/__init__.py", *(f"shop/{number}.py" for number in range(n)))
    section = look(tmp_path)
    assert {key: one.get("files") for key, one in section["items"].items()} == {
        "./": 2,
        "models/": 1,
        "shop/": n,
        "models/__init__.py": None,
    }
    assert section["status"] == "ok"


def test_bytecode_that_stands_in_for_another_source(tmp_path: Path) -> None:
    source = put(tmp_path, "main.py", "pricing.py", text="def tax_rate(): ...\n") / "pricing.py"
    os.utime(source, (1_700_000_000, 1_700_000_000))
    made = Path(str(py_compile.compile(str(source), doraise=True)))
    py_compile.compile(str(tmp_path / "main.py"), doraise=True)
    source.write_text("def vat_rate(): ...\n")
    os.utime(source, (1_700_000_000, 1_700_000_000))
    put(tmp_path, "__pycache__/gone.cpython-311.pyc", "old.pyc", "pricing.pyc")
    items = look(tmp_path)["items"]
    caches = {key: one["bytecode"] for key, one in items.items() if "bytecode" in one}
    tag = sys.implementation.cache_tag
    assert caches == {f"__pycache__/main.{tag}.pyc": "loaded", f"__pycache__/{made.name}": "outdated"}
    assert set(items) - set(caches) == {"main.py", "pricing.py", "old.pyc"}


@pytest.mark.parametrize(
    ("cwd", "argv", "reason"),
    [
        ("/", (), "the working directory is /; --source DIR names the directory of the code"),
        ("/usr/lib", (), "the working directory is /usr/lib; --source DIR names the directory of the code"),
        (
            "/",
            ("python3", "/usr/bin/gunicorn"),
            "the working directory is /; --source DIR names the directory of the code",
        ),
    ],
)
def test_a_directory_of_the_system_is_no_code(cwd: str, argv: tuple[str, ...], reason: str) -> None:
    with pytest.raises(Unavailable, match="--source DIR") as raised:
        look(Path(cwd), argv)
    assert str(raised.value) == reason


def test_the_script_tells_where_the_code_is(tmp_path: Path) -> None:
    put(tmp_path, "app/main.py")
    items = look(Path("/"), ("python3", str(tmp_path / "app/main.py")))["items"]
    assert set(items) == {"main.py"}


def test_what_is_asked_for_goes_before_all(tmp_path: Path) -> None:
    put(tmp_path, "main.py", "backend/shop.py")
    assert set(look(tmp_path, source="backend")["items"]) == {"shop.py"}
    assert set(look(Path("/"), source=str(tmp_path / "backend"))["items"]) == {"shop.py"}
    with pytest.raises(Unavailable, match="is not there"):
        look(tmp_path, source="frontend")


def test_a_directory_without_code(tmp_path: Path) -> None:
    put(tmp_path, "photo.jpg")
    with pytest.raises(Absent):
        look(tmp_path)


def test_a_home_is_code_only_where_a_project_is_in_it(tmp_path: Path) -> None:
    put(tmp_path, "notes.py", "downloads/other.py")
    answer = run(SECTION, cwd=tmp_path, env={"HOME": str(tmp_path)})
    assert answer.sections["source"]["status"] == "unavailable"
    put(tmp_path, "pyproject.toml")
    answer = run(SECTION, cwd=tmp_path, env={"HOME": str(tmp_path)})
    assert "notes.py" in answer.items("source")


def test_a_bound_that_is_reached_hides_what_comes_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "main.py", "a/b.py", text="x" * 100)
    monkeypatch.setattr(collector, "MOST_BYTES", 150)
    section = look(tmp_path)
    assert section["hidden"] == ["a/b.py"]
    assert section["items"]["a/b.py"] == {"size": 100}
    monkeypatch.setattr(collector, "MOST_ENTRIES", 2)
    assert look(tmp_path)["hidden"] == ["*"]


def test_a_file_system_that_is_not_live_tells_the_same_but_for_bytecode(tmp_path: Path) -> None:
    root = put(tmp_path / "root", "app/main.py", "app/shop/a.py")
    view = RootedView(str(root), {"source": "/app"})
    view.process = Process(0)
    rooted = collector.collect(view).as_dict()
    assert rooted["items"] == look(root / "app")["items"]
    assert rooted["status"] == "ok"
