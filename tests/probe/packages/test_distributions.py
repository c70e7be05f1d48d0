"""Which distributions a path holds, and one that is broken in every way that one on a disk can be."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from parity.probe.kit import View
from tests.probe import projects
from tests.probe.looking import good, look, put


@pytest.fixture
def site(tmp_path: Path) -> Path:
    directory = tmp_path / "site-packages"
    directory.mkdir()
    return directory


BROKEN: dict[str, Callable[[Path], object]] = {
    "METADATA is missing": lambda site: put(site, "odd-2.0.dist-info", {"RECORD": "odd.py,,\n"}),
    "METADATA tells no name": lambda site: put(site, "odd-2.0.dist-info", {"METADATA": "Version: 2.0\n\n"}),
    "METADATA is not UTF-8": lambda site: put(
        site, "odd-2.0.dist-info", {"METADATA": b"Name: odd\nVersion: 2.0\nAuthor: Ren\xe9\n\n"}
    ),
    "larger than the bound": lambda site: put(
        site, "odd-2.0.dist-info", {"METADATA": "Name: odd\nVersion: 2.0\n" + "Classifier: x\n" * 200_000}
    ),
    "is a directory": lambda site: (put(site, "odd-2.0.dist-info") / "METADATA").mkdir(),
    "is a FIFO": lambda site: os.mkfifo(put(site, "odd-2.0.dist-info") / "METADATA"),
    "is a link": lambda site: (put(site, "odd-2.0.dist-info") / "METADATA").symlink_to("/etc/passwd"),
    "links to itself": lambda site: (put(site, "odd-2.0.dist-info") / "METADATA").symlink_to("METADATA"),
    "a requirement is none": lambda site: put(
        site, "odd-2.0.dist-info", {"METADATA": "Name: odd\nVersion: 2.0\nRequires-Dist: >>\n\n", "RECORD": ""}
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_one_broken_distribution_costs_no_other(how: str, site: Path) -> None:
    good(site)
    BROKEN[how](site)
    section = look([site])
    assert section["items"]["good"] == {"version": "1.0"}
    # What the name of its directory tells is kept, and that it was not read is said.
    assert section["items"]["odd"]["version"] == "2.0"
    assert section["status"] == "partial"
    assert section["hidden"] == ["odd"]
    assert "root:" not in json.dumps(section)


def test_an_evil_name_is_not_taken_from_anywhere(site: Path) -> None:
    good(site)
    put(site, "\x1b[2J-2.0.dist-info", {"METADATA": "Name: ../../x\nVersion: 1\n\n"})
    put(site, "evil-2.0.dist-info", {"METADATA": "Name: evil\nVersion: \x1b[2J\n\n"})
    section = look([site])
    assert section["hidden"] == ["*", "evil"]
    assert section["items"] == {"good": {"version": "1.0"}, "evil": {"version": "2.0", "provides": []}}


def test_a_distribution_without_any_version_is_unknown_and_not_stored(site: Path) -> None:
    put(site, "odd.dist-info", {"METADATA": "Name: odd\n\n"})
    section = look([site])
    assert section["items"] == {}
    assert section["hidden"] == ["odd"]


def test_a_link_into_an_installers_cache_is_the_same_file(site: Path, tmp_path: Path) -> None:
    cache = put(tmp_path, "cache/odd-2.0.dist-info", {"METADATA": projects.metadata("odd", "2.0", "Requires-Dist: x")})
    (put(site, "odd-2.0.dist-info") / "METADATA").symlink_to(cache / "METADATA")
    section = look([site])
    assert section["status"] == "ok"
    assert section["items"]["odd"]["requires"] == ["x"]


def test_leftovers_are_counted_and_not_stored(site: Path) -> None:
    put(site, "~ood-1.0.dist-info", {"METADATA": projects.metadata("good", "0.9")})
    put(site, "~ood")
    put(site, "gone-1.0.dist-info")
    good(site)
    section = look([site])
    assert set(section["items"]) == {"good"}
    assert section["status"] == "ok"
    assert section["notes"] == [
        "directories of distributions that hold nothing: 1",
        "leftovers of an interrupted pip (names that start with ~): 2",
    ]


def test_the_first_on_the_path_wins_and_the_others_are_told(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    put(first, "twice-2.0.dist-info", {"METADATA": projects.metadata("twice", "2.0")})
    put(second, "Twice-1.0.dist-info", {"METADATA": projects.metadata("Twice", "1.0")})
    put(third, "twice-3.0.dist-info", {"METADATA": projects.metadata("twice", "3.0")})
    section = look([first, second, third], {str(first): "PYTHONPATH", str(third): "user site"})
    assert section["items"]["twice"] == {
        "version": "2.0",
        "origin": "PYTHONPATH",
        "shadowed": ["1.0 (site)", "3.0 (user site)"],
        "provides": [],
    }


def test_two_versions_in_one_directory_are_noted(site: Path) -> None:
    for version in ("1.9", "1.10"):
        put(site, f"twice-{version}.dist-info", {"METADATA": projects.metadata("twice", version)})
    section = look([site])
    assert section["items"]["twice"]["version"] == "1.10"
    assert section["items"]["twice"]["shadowed"] == ["1.9 (site)"]
    assert section["notes"] == ["one directory holds more than one version of twice: 1.10, 1.9"]


def test_one_version_that_stands_twice_is_not_called_two(site: Path) -> None:
    put(site, "twice-1.9.dist-info", {"METADATA": projects.metadata("twice", "1.9")})
    put(site, "twice-1.9.egg-info", {"PKG-INFO": projects.metadata("twice", "1.9")})
    section = look([site])
    assert section["items"]["twice"]["version"] == "1.9"
    assert section["notes"] == ["one directory holds twice 1.9 more than once"]


def test_eggs_of_every_kind(tmp_path: Path, site: Path) -> None:
    information = {
        "PKG-INFO": "Metadata-Version: 1.1\nName: Egg\nVersion: 1.0\n",
        "requires.txt": "attrs>=20\n\n[net]\nrequests\n\n[:os_name == 'nt']\ncolorama\n",
        "top_level.txt": "egg\n",
    }
    directory = tmp_path / "Egg-1.0-py3.11.egg"
    put(directory, "EGG-INFO", information)
    zipped = tmp_path / "Zipped-2.0-py3.11.egg"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("EGG-INFO/PKG-INFO", "Name: Zipped\nVersion: 2.0\n")
        archive.writestr("EGG-INFO/top_level.txt", "zipped\n")
    put(site, "legacy-3.0.egg-info", {"PKG-INFO": "Name: legacy\nVersion: 3.0\n", "top_level.txt": "legacy\n"})
    (site / "older-4.0.egg-info").write_text("Metadata-Version: 1.0\nName: older\nVersion: 4.0\n")
    (site / "older.py").write_text("")
    section = look([site, directory, zipped])
    assert section["status"] == "ok", section["reason"]
    assert section["items"] == {
        "egg": {"version": "1.0", "requires": ["attrs>=20"]},
        "zipped": {"version": "2.0"},
        "legacy": {"version": "3.0"},
        "older": {"version": "4.0"},
    }


def test_an_egg_link_makes_a_checkout_editable(tmp_path: Path, site: Path) -> None:
    checkout = tmp_path / "checkout"
    put(checkout, "thing.egg-info", {"PKG-INFO": "Name: thing\nVersion: 0.1\n", "top_level.txt": "thing\n"})
    (site / "thing.egg-link").write_text(f"{checkout}\n../\n")
    (site / "stale.egg-link").write_text("/not/there\n.")
    section = look([site, checkout], {str(checkout): "easy-install.pth"})
    assert section["items"]["thing"] == {
        "version": "0.1",
        "editable": True,
        "source": "local",
        "origin": "easy-install.pth",
    }
    assert section["notes"] == ["stale.egg-link names a directory that is not on the path"]


def test_an_editable_installation_hides_the_egg_info_beside_its_sources(tmp_path: Path, site: Path) -> None:
    url = json.dumps({"url": f"file://{tmp_path}", "dir_info": {"editable": True}})
    put(site, "thing-0.1.dist-info", {"METADATA": projects.metadata("thing", "0.1"), "direct_url.json": url})
    put(tmp_path / "src", "thing.egg-info", {"PKG-INFO": "Name: thing\nVersion: 0.1\n"})
    assert "shadowed" not in look([site, tmp_path / "src"])["items"]["thing"]


@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x03\x04broken", b""], ids=["text", "cut", "empty"])
def test_a_file_on_the_path_that_is_no_zip_costs_nothing(content: bytes, tmp_path: Path, site: Path) -> None:
    good(site)
    (tmp_path / "file.zip").write_bytes(content)
    section = look([tmp_path / "file.zip", site, tmp_path / "not-there"])
    assert section["status"] == "ok"
    assert set(section["items"]) == {"good"}


def test_a_zip_bomb_is_not_blown_up(tmp_path: Path, site: Path) -> None:
    good(site)
    with zipfile.ZipFile(tmp_path / "bomb.egg", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("EGG-INFO/PKG-INFO", b"Name: bomb\nVersion: 1\n" + b"X: y\n" * 20_000_000)
    assert set(look([tmp_path / "bomb.egg", site])["items"]) == {"good"}


def test_a_lock_or_a_fifo_never_blocks(site: Path) -> None:
    good(site)
    info = site / "good-1.0.dist-info"
    for name in ("direct_url.json", "INSTALLER", "WHEEL", "top_level.txt"):
        os.mkfifo(info / name)
    os.mkfifo(site / "thing.egg-link")
    os.mkfifo(site / "odd-1.0.egg-info")
    with (info / "METADATA").open() as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)
        section = look([site])
    assert section["items"]["good"]["version"] == "1.0"
    assert section["status"] == "partial"


def test_a_directory_that_may_not_be_read_leaves_everything_unknown(site: Path, tmp_path: Path) -> None:
    """Root reads everything, so the refusal is made here."""

    class Refusing(View):
        def names(self, path: str) -> list[str]:
            if path == str(tmp_path / "refused"):
                raise PermissionError(errno.EACCES, "refused", path)
            return super().names(path)  # type: ignore[no-any-return]

    good(site)
    section = look([site, tmp_path / "refused"], view=Refusing())
    assert set(section["items"]) == {"good"}
    assert section["hidden"] == ["*"]
    assert section["reason"] == "a directory of the path cannot be read: EACCES permission denied"
