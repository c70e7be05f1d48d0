"""Where a Python is found in a file system of which nothing runs, and where one is said not to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from parity.probe.kit import Absent, Unavailable
from parity.probe.process.proc import Process
from parity.probe.python import places
from parity.probe.rooted import RootedView


def put(root: Path, path: str, *, link: str | None = None, mode: int = 0o755) -> None:
    place = root / path.lstrip("/")
    place.parent.mkdir(parents=True, exist_ok=True)
    if link is not None:
        place.symlink_to(link)
    else:
        place.write_bytes(b"")
        place.chmod(mode)


def view_of(root: Path, process: Process | None = None, **options: Any) -> RootedView:
    view = RootedView(str(root), options)
    view.process, view.locate = process or Process(0), places.locate
    return view


def test_an_environment_comes_before_the_systems_python(tmp_path: Path) -> None:
    put(tmp_path, "/usr/bin/python3.11")
    put(tmp_path, "/usr/bin/python3", link="python3.11")
    assert view_of(tmp_path).executable == "/usr/bin/python3"
    put(tmp_path, "/app/.venv/bin/python", link="/usr/bin/python3")
    view = view_of(tmp_path)
    assert view.executable == "/app/.venv/bin/python"
    assert view.guess is not None
    assert "?python=" in view.guess


def test_what_is_configured_comes_first(tmp_path: Path) -> None:
    for path in ("/usr/bin/python3", "/app/.venv/bin/python", "/env/bin/python", "/own/bin/python3"):
        put(tmp_path, path)
    assert view_of(tmp_path, Process(0, {"VIRTUAL_ENV": "/env"})).executable == "/env/bin/python"
    put(tmp_path, "/app/.venv/bin/python.is.gone")
    (tmp_path / "app/.venv/bin/python").unlink()
    assert view_of(tmp_path, Process(0, {"PATH": "/none:/own/bin"})).executable == "/own/bin/python3"


@pytest.mark.parametrize("asked", ["/srv/env/bin/python", "/srv/env"])
def test_the_one_that_is_asked_for(tmp_path: Path, asked: str) -> None:
    put(tmp_path, "/usr/bin/python3")
    put(tmp_path, "/srv/env/bin/python", link="/usr/bin/python3")
    view = view_of(tmp_path, python=asked)
    assert view.executable == "/srv/env/bin/python"
    assert view.guess is None


@pytest.mark.parametrize("asked", ["/nothing", "/usr/bin/readme", "/usr/bin/out"])
def test_one_that_is_asked_for_and_is_none_is_not_replaced_by_another(tmp_path: Path, asked: str) -> None:
    put(tmp_path, "/usr/bin/python3")
    put(tmp_path, "/usr/bin/readme", mode=0o644)
    put(tmp_path, "/usr/bin/out", link="/../../../../../../bin/sh")
    view = view_of(tmp_path, python=asked)
    assert view.executable is None
    with pytest.raises(Unavailable, match="asked for"):
        view.required_interpreter()


@pytest.mark.parametrize(
    "path",
    [
        "/usr/bin/python3.12",
        "/opt/tool/versions/3.12.1/bin/python3.12",
        "/home/app/venv/bin/python",
        "/var/www/site/env/bin/python3",
        "/nix/store/abc-python3-3.12.1/bin/python3.12",
    ],
)
def test_one_in_no_usual_place_is_looked_for(tmp_path: Path, path: str) -> None:
    put(tmp_path, path)
    put(tmp_path, "/usr/bin/python3-config")
    put(tmp_path, "/usr/share/other/bin/python3")
    put(tmp_path, "/tmp/bin/python3")
    assert view_of(tmp_path).executable == path


def test_that_there_is_none_is_said_only_where_all_was_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "/usr/bin/ls")
    put(tmp_path, "/a/b/c/d")
    (tmp_path / "loop").symlink_to("/")
    view = view_of(tmp_path)
    assert view.executable is None
    assert isinstance(view.without, Absent)
    monkeypatch.setattr(places, "MOST_DIRECTORIES", 2)
    view = view_of(tmp_path)
    assert view.executable is None
    assert isinstance(view.without, Unavailable)
