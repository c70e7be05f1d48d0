"""What a collector reads of the contents of files is what it declares: a stream of files keeps nothing else."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from parity import sections
from parity.probe.kit import READ_LIMIT, Absent, Skipped, Unavailable
from parity.probe.process.proc import Process
from parity.probe.python import onfile
from parity.probe.rooted import RootedView
from tests.images.fixtures import Exported
from tests.probe import projects

OF_FILES = (
    *("executables", "libraries", "locale", "packages", "platform", "python", "source", "system_packages", "time"),
    "tls",
)


class Recording(RootedView):
    """Remembers of which files, by their true paths, contents were read, and of which a function made something."""

    def __init__(self, root: Path) -> None:
        super().__init__(str(root))
        self.contents: set[str] = set()
        self.made: set[tuple[str, Any]] = set()
        self._inside = False

    def read(self, path: str, limit: int = READ_LIMIT, follow: bool = False, start: int = 0) -> bytes:
        data: bytes = super().read(path, limit, follow, start)
        self._remember(path)
        return data

    def head(self, path: str, size: int, follow: bool = True) -> bytes:
        data: bytes = super().head(path, size, follow)
        self._remember(path)
        return data

    def reduced(self, path: str, reduce: Any) -> Any:
        self.made.add((str(self.real(path)), reduce))
        self._inside = True
        try:
            return super().reduced(path, reduce)
        finally:
            self._inside = False

    def _remember(self, path: str) -> None:
        if not self._inside:
            self.contents.add(str(self.real(path)))


def recorded(root: Path, executable: str | None, name: str, **environ: str) -> Recording:
    """What a collector has read, the description of the interpreter left out but for its own section's."""
    view = Recording(root)
    view.process = Process(0, environ, [executable or "server"], cwd="/")
    view.executable, view.describe = executable, onfile.describe
    if name != "python":
        assert view.interpreter is None or view.interpreter.foreign is None
        view.contents.clear()
        view.made.clear()
    try:
        import_module(f"parity.probe.collectors.{name}").collect(view)
    except (Absent, Skipped, Unavailable):
        # At the root no directory of code can be told.
        assert executable is None or name == "source"
    return view


def undeclared(view: Recording, name: str) -> list[str]:
    collector = import_module(f"parity.probe.collectors.{name}")
    patterns = tuple(getattr(collector, "REDUCES", ()))
    odd = [path for path in view.contents if not any(fnmatchcase(path, one) for one in collector.READS)]
    odd += [
        f"{function.__module__}: {path}"
        for path, function in view.made
        # A file that is not there, or is no file, is known from the index of a stream.
        if view.exists(path) and not any(function is one and fnmatchcase(path, glob) for glob, one in patterns)
    ]
    return sorted(odd)


def test_these_are_the_sections_that_files_tell() -> None:
    of_processes = {"container", "cpu", "environment", "limits", "network", "process", "volumes"}
    assert {*OF_FILES, *of_processes, "database"} == set(sections.names())


@pytest.mark.docker
@pytest.mark.parametrize("name", OF_FILES)
def test_an_application(name: str, app_image: str, exported: Exported) -> None:
    view = recorded(exported(app_image), "/app/.venv/bin/python", name, HOME="/home/app", PATH="/app/.venv/bin")
    assert view.contents or view.made
    assert undeclared(view, name) == []


@pytest.mark.docker
@pytest.mark.parametrize("name", OF_FILES)
@pytest.mark.parametrize("release", ["bullseye", "trixie"])
def test_another_release(name: str, release: str, base_image: Callable[[str], str], exported: Exported) -> None:
    view = recorded(exported(base_image(release)), "/usr/bin/python3", name)
    assert undeclared(view, name) == []


@pytest.mark.docker
@pytest.mark.parametrize("name", OF_FILES)
def test_files_without_a_python(name: str, app_image: str, exported: Exported) -> None:
    assert undeclared(recorded(exported(app_image), None, name), name) == []


@pytest.mark.parametrize("name", ["packages", "python"])
def test_odd_ways_of_installing(name: str, tmp_path: Path) -> None:
    site = tmp_path / "usr/lib/python3.11/site-packages"
    for path, text in {
        "usr/bin/python3.11": "",
        "usr/include/python3.11/patchlevel.h": '#define PY_VERSION "3.11.2"\n',
        "etc/passwd": "root:x:0:0::/root:/bin/sh\n",
        "etc/group": "root:x:0:\n",
        "usr/lib/python3.11/os.py": "",
        "srv/checkout/one.egg-info/PKG-INFO": projects.metadata("one", "1"),
        "srv/checkout/one.egg-info/requires.txt": "six\n",
        "srv/checkout/one.egg-info/top_level.txt": "one\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    for path, text in {
        "one.egg-link": "/srv/checkout\n.",
        "easy-install.pth": "/srv/checkout\n./two.egg\n",
        "two.egg/EGG-INFO/PKG-INFO": projects.metadata("two", "1"),
        "two.egg/EGG-INFO/requires.txt": "six\n",
        "three-1.egg-info": projects.metadata("three", "1"),
        "four-1.egg-info/PKG-INFO": projects.metadata("four", "1"),
        "five-1.dist-info/METADATA": projects.metadata("five", "1"),
        "five-1.dist-info/RECORD": "space/five/__init__.py,,\nspace/__init__.py,,\n",
        "five-1.dist-info/direct_url.json": "{}",
        "five-1.dist-info/INSTALLER": "pip",
        "five-1.dist-info/WHEEL": "Root-Is-Purelib: true\n",
        "six-1.dist-info/METADATA": projects.metadata("six", "1"),
        "six-1.dist-info/RECORD": "space/six/__init__.py,,\nspace/__init__.py,,\n",
        "space/__init__.py": "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    view = recorded(tmp_path, "/usr/bin/python3.11", name)
    assert undeclared(view, name) == []
    if name == "packages":
        read = {Path(path).name for path in view.contents}
        assert {"one.egg-link", "three-1.egg-info", "PKG-INFO", "METADATA", "direct_url.json"} <= read
