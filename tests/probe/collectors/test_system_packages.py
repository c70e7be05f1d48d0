"""The system's packages: every database in tests/probe/data, each beside what it must give, and this machine's own."""

from __future__ import annotations

import json
import lzma
import subprocess
from pathlib import Path

import pytest

from parity.probe.collectors import system_packages
from parity.probe.kit import Absent, Section, View
from parity.probe.system_packages import dpkg
from tests.probe.rooted import Rooted
from tests.services import program

DATA = Path(__file__).parents[1] / "data"
PLACES = {
    "dpkg": "/var/lib/dpkg/status",
    "apk": "/lib/apk/db/installed",
    "sqlite": "/var/lib/rpm/rpmdb.sqlite",
    "ndb": "/usr/lib/sysimage/rpm/Packages.db",
    "berkeley": "/var/lib/rpm/Packages",
}
CASES = [path for form in ("dpkg", "apk", "rpm") for path in sorted((DATA / form).glob("*.json"))]


def stanza(name: str, version: str = "1", architecture: str = "amd64") -> str:
    return f"Package: {name}\nStatus: install ok installed\nArchitecture: {architecture}\nVersion: {version}\n\n"


def collected(view: View) -> Section:
    section: Section = system_packages.collect(view)
    return section


@pytest.mark.parametrize("expected", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_database(expected: Path, tmp_path: Path) -> None:
    (source,) = [path for path in expected.parent.glob(expected.stem + ".*") if path.suffix != ".json"]
    form = expected.parent.name if expected.parent.name != "rpm" else expected.stem.partition("_")[0]
    data = source.read_bytes()
    view = Rooted(tmp_path)
    view.put(PLACES[form], lzma.decompress(data) if source.suffix == ".xz" else data)
    section = collected(view)
    assert {"items": section.items, "hidden": section.hidden, "notes": section.notes} == json.loads(
        expected.read_text()
    )


def test_this_machine_as_dpkg_query_lists_it() -> None:
    form = "${Package}\t${Architecture}\t${Version}\t${db:Status-Status}\n"
    text = subprocess.run([program("dpkg-query"), "-W", "-f", form], capture_output=True, text=True, check=True).stdout
    native = subprocess.run([program("dpkg"), "--print-architecture"], capture_output=True, text=True, check=True)
    wanted = {}
    for name, architecture, version, state in (line.split("\t") for line in text.splitlines()):
        if state == "installed":
            own = architecture in ("all", native.stdout.strip())
            wanted[name if own else f"{name}:{architecture}"] = {"version": version, "manager": "debian"}
    assert len(wanted) > 50
    assert collected(View()).items == wanted


def test_distroless_keeps_one_file_a_package(tmp_path: Path) -> None:
    view = Rooted(tmp_path)
    view.put("/var/lib/dpkg/status.d/base", "Version: 12.4\nPackage: base-files\nArchitecture: amd64\n")
    view.put("/var/lib/dpkg/status.d/libssl3", "Package: libssl3\nArchitecture: amd64\nVersion: 3.0.11-1")
    view.put("/var/lib/dpkg/status.d/libssl3.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/lib/libssl.so.3\n")
    assert {name: item["version"] for name, item in collected(view).items.items()} == {
        "base-files": "12.4",
        "libssl3": "3.0.11-1",
    }


def test_no_database_at_all(tmp_path: Path) -> None:
    with pytest.raises(Absent, match="no database of dpkg, apk or rpm"):
        collected(Rooted(tmp_path))


def test_a_database_that_is_no_file_is_not_an_empty_one(tmp_path: Path) -> None:
    view = Rooted(tmp_path)
    (Path(view.root) / "var/lib/dpkg/status").mkdir(parents=True)
    section = collected(view)
    assert (section.items, section.hidden) == ({}, ["*"])
    assert section.reasons == ["the dpkg database: EINVAL invalid argument"]


def test_a_second_managers_packages_keep_its_name(tmp_path: Path) -> None:
    view = Rooted(tmp_path)
    view.put(PLACES["dpkg"], stanza("tzdata", "2024a-0"))
    view.put(PLACES["sqlite"], lzma.decompress((DATA / "rpm/sqlite.xz").read_bytes()))
    items = collected(view).items
    assert items["tzdata"] == {"version": "2024a-0", "manager": "debian"}
    assert items["tzdata:rpm"] == {"version": "2024a-1.el9", "manager": "rpm"}


def test_changes_that_sqlite_has_not_merged_are_hidden(tmp_path: Path) -> None:
    view = Rooted(tmp_path)
    view.put(PLACES["sqlite"], lzma.decompress((DATA / "rpm/sqlite.xz").read_bytes()))
    view.put(PLACES["sqlite"] + "-wal", b"")
    assert collected(view).hidden == []
    view.put(PLACES["sqlite"] + "-wal", b"\x37\x7f\x06\x82")
    assert collected(view).hidden == ["*"]


@pytest.mark.parametrize("form", ["sqlite", "ndb", "berkeley"])
def test_an_rpm_database_that_is_damaged_is_hidden(form: str, tmp_path: Path) -> None:
    view = Rooted(tmp_path)
    view.put(PLACES[form], b"garbage " * 2000)
    section = collected(view)
    assert (section.items, section.hidden) == ({}, ["*"])


def test_a_record_of_half_a_gigabyte_costs_that_record_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In small: windows of 4 KiB stand for those of 4 MiB, and a line longer than many of them for the huge one."""
    monkeypatch.setattr(dpkg, "WINDOW", 4 << 10)
    monkeypatch.setattr(dpkg, "MOST_STANZA", 6 << 10)
    view = Rooted(tmp_path)
    before = "".join(stanza(f"before{number}") for number in range(200))
    huge = stanza("huge").rstrip("\n") + "\nDescription: " + "x" * (100 << 10) + "\n\n"
    after = "".join(stanza(f"after{number}") for number in range(200))
    view.put(PLACES["dpkg"], before + huge + after)
    section = collected(view)
    assert sorted(section.items) == sorted(f"{word}{number}" for word in ("before", "after") for number in range(200))
    assert section.reasons == ["a record in the dpkg database is too long to be one"]


@pytest.mark.parametrize("window", range(60, 140))
def test_no_window_cuts_a_record(window: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dpkg, "WINDOW", window)
    view = Rooted(tmp_path)
    view.put(PLACES["dpkg"], "".join(stanza(f"name{number}", f"1.{number}") for number in range(20)))
    section = collected(view)
    assert {name: item["version"] for name, item in section.items.items()} == {f"name{n}": f"1.{n}" for n in range(20)}
    assert section.hidden == []


def test_a_database_beyond_every_bound_is_read_to_the_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dpkg, "WINDOW", 1 << 10)
    monkeypatch.setattr(dpkg, "MOST_BYTES", 8 << 10)
    view = Rooted(tmp_path)
    view.put(PLACES["dpkg"], "".join(stanza(f"name{number}") for number in range(1000)))
    section = collected(view)
    assert 50 < len(section.items) < 200
    assert section.hidden == ["*"]
    assert section.reasons == ["the dpkg database is larger than what is read of it"]
