"""The encodings against what a real Python says of itself, and the locales against what the C library takes."""

from __future__ import annotations

import itertools
import json
import string
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from parity.probe import locales
from parity.probe.collectors import locale
from parity.probe.kit import Section, View
from parity.probe.process.proc import Process
from parity.probe.python import live
from parity.probe.python.build import Build
from parity.probe.python.interpreter import Interpreter
from tests.probe import elves, pythons
from tests.probe.rooted import Rooted
from tests.services import program

ASK = """
import json, locale, sys
print(json.dumps([locale.getpreferredencoding(False), sys.getfilesystemencoding(), sys.stdout.encoding,
                  locale.setlocale(locale.LC_CTYPE, None)]))
"""
KEYS = ("encoding", "filesystem_encoding", "stdio_encoding")


def collected(view: View) -> Section:
    section: Section = locale.collect(view)
    return section


def here(environ: Mapping[str, str] | None, *switches: str) -> Section:
    view = View()
    view.process = Process(
        7, None if environ is None else dict(environ), [sys.executable, *switches, "app.py"], cwd="/"
    )
    view.executable, view.describe = sys.executable, live.describe
    return collected(view)


@pytest.mark.parametrize("switches", [(), ("-X", "utf8=0"), ("-E",), ("-X", "utf8")], ids=" ".join)
@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"LANG": "C.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "C"},
        {"LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "POSIX", "PYTHONUTF8": "0"},
        {"LANG": "tlh_QO.UTF-8"},
        {"LC_ALL": "tlh_QO.UTF-8", "PYTHONUTF8": "0"},
        {"LC_ALL": "", "LC_CTYPE": "C", "LANG": "C.UTF-8", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "latin-1:replace"},
        {"PYTHONIOENCODING": ":replace", "LC_ALL": "C", "PYTHONUTF8": "0"},
    ],
    ids=lambda environ: " ".join(f"{name}={value}" for name, value in environ.items()) or "nothing",
)
def test_the_encodings_are_those_of_a_real_python(environ: dict[str, str], switches: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, *switches, "-c", ASK], env=environ, capture_output=True, check=True)
    told: list[str] = json.loads(done.stdout)
    items = here(environ, *switches).items
    assert [items[key] for key in KEYS] == [locale.codec(name) for name in told[:3]]
    if items["lc_ctype_exists"]:
        assert items["lc_ctype"] == told[3]


@pytest.mark.parametrize("python", pythons.found(), ids=str)
@pytest.mark.parametrize("environ", [{}, {"LC_ALL": "POSIX"}, {"LANG": "tlh_QO", "PYTHONUTF8": "0"}], ids=str)
def test_each_version_of_python_has_rules_of_its_own(python: pythons.Python, environ: dict[str, str]) -> None:
    done = subprocess.run([python.path, "-c", ASK], env=environ, capture_output=True, check=True)
    told: list[str] = json.loads(done.stdout)
    view = View()
    view.process = Process(7, environ, [python.path, "app.py"], cwd="/")
    build = Build()
    build.release = (*python.version, 0, "final", 0)
    view.interpreter = Interpreter(sys.executable, sys.prefix, sys.base_prefix, "venv", build)
    items = collected(view).items
    assert [items[key] for key in KEYS] == [locale.codec(name) for name in told[:3]]


def test_the_locale_of_each_category_is_the_one_that_its_variables_name() -> None:
    items = here({"LANG": "C.utf8", "LC_TIME": "tlh_QO", "LC_NUMERIC": "$(reboot)"}).items
    assert (items["lc_collate"], items["lc_collate_exists"]) == ("C.UTF-8", True)
    assert (items["lc_time"], items["lc_time_exists"]) == ("tlh_QO", False)
    assert (items["lc_numeric"], items["lc_numeric_exists"]) == ("other", False)
    everything = here({"LC_ALL": "C", "LC_TIME": "tlh_QO"}).items
    assert {everything[f"lc_{category}"] for category in locale.CATEGORIES if category != "ctype"} == {"C"}


def test_what_is_not_known_is_hidden() -> None:
    section = here(None)
    assert {"lc_*", *KEYS} <= set(section.hidden)
    assert not [key for key in section.items if not key.startswith("available.")]
    moved = here({"LOCPATH": "/opt/locales"})
    assert "available.*" in moved.hidden
    title = View()
    title.process = Process(7, {}, ["gunicorn: master [app]"], exe=sys.executable)
    title.executable, title.describe = sys.executable, live.describe
    assert set(KEYS) <= set(collected(title).hidden)


def test_the_locales_that_exist_are_the_ones_of_the_c_library() -> None:
    done = subprocess.run([program("locale"), "-a"], capture_output=True, text=True, check=True)
    expected = {locales.normalised(name) for name in done.stdout.split()} | {"POSIX"}
    items = here({}).items
    assert {key.removeprefix("available.") for key in items if key.startswith("available.")} == expected


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root whose locale-archive localedef has made: two locales, one of them in Latin-1 without saying so."""
    root = tmp_path_factory.mktemp("archive")
    (root / "usr/lib/locale").mkdir(parents=True)
    for name, charset in (("de_DE", "ISO-8859-1"), ("de_DE.UTF-8", "UTF-8")):
        words = [program("localedef"), f"--prefix={root}", "-i", "de_DE", "-f", charset, name]
        subprocess.run(words, capture_output=True, check=False)
    assert (root / "usr/lib/locale/locale-archive").exists()
    return root


def served(root: Path, environ: Mapping[str, str], loader: str = "/lib64/ld-linux-x86-64.so.2") -> Rooted:
    view = Rooted(root)
    view.put("/usr/bin/python3", elves.write(interpreter=loader))
    view.put(loader, elves.write())
    view.serve("/usr/bin/python3", [], environ)
    view.process.argv = ["/usr/bin/python3", "app.py"]
    return view


def test_an_archive_tells_its_locales_and_their_character_sets(archive: Path) -> None:
    section = collected(served(archive, {"LANG": "de_DE"}))
    assert {"available.de_DE", "available.de_DE.UTF-8"} <= section.items.keys()
    assert (section.items["encoding"], section.items["lc_ctype_exists"]) == ("iso8859-1", True)
    assert collected(served(archive, {"LANG": "de_DE.utf8"})).items["encoding"] == "utf-8"
    # The C library does not take a locale in another character set for the one that was asked for.
    assert collected(served(archive, {"LANG": "de_DE.ISO-8859-15"})).items["lc_ctype_exists"] is False


@pytest.mark.parametrize("data", [b"", b"\0" * 100, struct.pack("=14I", 0xDE020109, *[2**32 - 1] * 13) + b"\xff" * 64])
def test_a_damaged_archive_is_unknown_and_not_empty(data: bytes, tmp_path: Path) -> None:
    view = served(tmp_path, {"LANG": "de_DE.UTF-8"})
    view.put(locales.ARCHIVE, data)
    section = collected(view)
    assert {"available.*", "lc_time_exists", "encoding"} <= set(section.hidden)
    assert "lc_time_exists" not in section.items


def test_of_very_many_locales_those_that_are_named_are_kept(tmp_path: Path) -> None:
    view = served(tmp_path, {"LANG": "zu_ZA.UTF-8"})
    for first, second, third in itertools.product(string.ascii_lowercase[:10], repeat=3):
        view.put(f"{locales.DIRECTORY}/{first}{second}{third}_XX.utf8/LC_CTYPE")
    view.put(f"{locales.DIRECTORY}/zu_ZA.utf8/LC_CTYPE")
    section = collected(view)
    kept = [key for key in section.items if key.startswith("available.")]
    assert len(kept) == locale.MOST
    assert "available.zu_ZA.UTF-8" in kept
    assert section.hidden == ["available.*"]
    assert section.notes == ["1004 locales exist, and 128 of them are named"]


def test_musl_takes_every_name(tmp_path: Path) -> None:
    view = served(tmp_path, {"LANG": "de_DE.ISO-8859-1", "PYTHONUTF8": "0"}, "/lib/ld-musl-x86_64.so.1")
    items = collected(view).items
    assert (items["encoding"], items["lc_time_exists"]) == ("utf-8", True)
    plain: dict[str, Any] = collected(served(tmp_path, {}, "/lib/ld-musl-x86_64.so.1")).items
    assert (plain["encoding"], plain["lc_ctype"], plain["lc_time"]) == ("utf-8", "C.UTF-8", "C")
