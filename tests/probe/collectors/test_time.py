"""The time zone against what the C library makes of it, in trees of zones that this machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from parity.probe import zones
from parity.probe.collectors import time
from parity.probe.kit import Section, View
from parity.probe.process.proc import Process
from tests.probe.rooted import Rooted

SYSTEM = Path(zones.DIRECTORIES[0])
OFFSET = "import time; print(time.localtime().tm_gmtoff)"


def collected(view: View) -> Section:
    section: Section = time.collect(view)
    return section


def here(environ: Mapping[str, str] | None) -> Section:
    view = View()
    view.process = Process(7, None if environ is None else dict(environ), cwd="/")
    return collected(view)


@pytest.fixture
def tree(tmp_path: Path) -> Rooted:
    """A root with some zones of this machine's and nothing that says which is in force."""
    for name in ("UTC", "Europe/Berlin", "Europe/Vienna", "Asia/Tokyo", "tzdata.zi"):
        place = tmp_path / str(SYSTEM)[1:] / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SYSTEM / name, place)
    view = Rooted(tmp_path)
    view.live = False
    view.process = Process(0, {}, cwd="/")
    return view


@pytest.mark.parametrize(
    ("text", "zone", "found"),
    [
        ("Europe/Berlin", "Europe/Berlin", True),
        (":Europe/Berlin", "Europe/Berlin", True),
        (f"{SYSTEM}/Asia/Tokyo", "Asia/Tokyo", True),
        ("", "UTC", True),
        ("Etc/UTC", "UTC", True),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3", True),
        ("<+03>-3", "<+03>-3", True),
        ("Europe/Atlantis", "Europe/Atlantis", False),
        ("/nowhere/zone", "other", False),
        ("a secret: 42!", "other", False),
    ],
)
def test_a_variable_names_the_zone(text: str, zone: str, found: bool) -> None:
    section = here({"TZ": text})
    items = section.items
    assert (items["zone"], items["zone_found"], items["zone_source"]) == (zone, found, "variable")
    told = subprocess.run([sys.executable, "-c", OFFSET], env={"TZ": text}, capture_output=True, check=True)
    if found:
        assert section.volatile["utc_offset"] == int(told.stdout)
    else:
        # Such a process goes by UTC, as it is told.
        assert int(told.stdout) == 0


def test_a_zone_that_would_keep_the_c_library_waiting_is_none(tmp_path: Path) -> None:
    (tmp_path / "zoneinfo").mkdir()
    os.mkfifo(tmp_path / "zoneinfo" / "EST")
    section = here({"TZ": f"{tmp_path}/zoneinfo/EST"})
    assert (section.items["zone"], section.items["zone_found"], section.volatile) == ("EST", False, {})


@pytest.mark.parametrize("text", ["hunter2", "<hunter2>3"])
def test_a_rule_of_another_word_than_zones_have_is_not_recorded(text: str) -> None:
    section = here({"TZ": text})
    assert section.items["zone"] == "other"
    assert section.items["zone_found"] is True
    assert "hunter" not in str(section.as_dict())


def test_asking_for_the_offset_leaves_this_process_its_own_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert here({"TZ": "America/Lima"}).volatile == {"utc_offset": -5 * 3600}
    assert os.environ["TZ"] == "Asia/Tokyo"


def test_a_link_names_the_zone(tree: Rooted) -> None:
    Path(tree.root, "etc").mkdir()
    Path(tree.root, "etc/localtime").symlink_to("../usr/share/zoneinfo/Europe/Berlin")
    items = collected(tree).items
    assert (items["zone"], items["zone_source"], items["zone_found"]) == ("Europe/Berlin", "link", True)
    assert items["zone_rule"] == "CET-1CEST,M3.5.0,M10.5.0/3"


def test_a_link_to_nothing_is_not_found(tree: Rooted) -> None:
    Path(tree.root, "etc").mkdir()
    Path(tree.root, "etc/localtime").symlink_to("../usr/share/zoneinfo/Europe/Rome")
    items = collected(tree).items
    assert (items["zone"], items["zone_found"]) == ("Europe/Rome", False)


@pytest.mark.parametrize(
    ("beside", "zone"), [("", "Asia/Tokyo"), ("Asia/Tokyo", "Asia/Tokyo"), ("Europe/Berlin", "Asia/Tokyo")]
)
def test_a_copy_is_known_by_its_content(beside: str, zone: str, tree: Rooted) -> None:
    tree.put("/etc/localtime", (SYSTEM / "Asia/Tokyo").read_bytes())
    tree.put("/etc/timezone", beside + "\n")
    items = collected(tree).items
    assert (items["zone"], items["zone_source"], items["zone_found"]) == (zone, "file", True)


def test_a_zone_of_ones_own_making_has_no_name(tree: Rooted) -> None:
    tree.put("/etc/localtime", b"TZif2" + b"\0" * 60 + b"\n<+05>-5\n")
    items = collected(tree).items
    assert (items["zone"], items["zone_rule"]) == ("other", "<+05>-5")
    tree.put("/etc/localtime", b"no zone\n")
    assert "zone_rule" not in collected(tree).items


def test_where_nothing_says_it_is_utc(tree: Rooted) -> None:
    items = collected(tree).items
    assert (items["zone"], items["zone_source"], items["zone_found"]) == ("UTC", "default", True)


def test_without_the_variables_no_zone_is_told(tree: Rooted) -> None:
    tree.process = Process(0, None)
    section = collected(tree)
    assert section.hidden == ["zone*"]
    assert section.items.keys() == {"zoneinfo", "tzdata"}


def test_the_version_is_that_of_the_systems_database(tree: Rooted) -> None:
    version = (SYSTEM / "tzdata.zi").read_text().splitlines()[0].split()[-1]
    assert collected(tree).items["tzdata"] == version
    tree.put(f"{SYSTEM}/tzdata.zi", "# tzdb data\n")
    assert "tzdata" in collected(tree).hidden
    tree.put(f"{SYSTEM}/+VERSION", "2023c\n")
    assert collected(tree).items["tzdata"] == "2023c"


def test_the_package_tells_the_version_where_no_file_does(tree: Rooted) -> None:
    Path(f"{tree.root}{SYSTEM}/tzdata.zi").unlink()
    tree.put("/lib/apk/db/installed", "P:tzdata\nV:2025b-r0\nA:x86_64\n\n")
    assert collected(tree).items["tzdata"] == "2025b"


def test_without_a_database(tree: Rooted) -> None:
    shutil.rmtree(f"{tree.root}{SYSTEM}")
    tree.process = Process(0, {"TZ": "Europe/Berlin"})
    items = collected(tree).items
    assert (items["zoneinfo"], items["zone"], items["zone_found"]) == (False, "Europe/Berlin", False)
    assert "tzdata" not in items


def test_the_distribution_on_the_path(tree: Rooted) -> None:
    tree.put("/app/site/tzdata-2025.2.dist-info/METADATA", "Name: tzdata\n")
    tree.serve("/usr/bin/python3", ["/nowhere", "/app/site"], {})
    assert collected(tree).items["tzdata_distribution"] == "2025.2"


def test_a_tree_that_leads_back_to_itself_is_left(tree: Rooted) -> None:
    Path(f"{tree.root}{SYSTEM}/Loop").symlink_to(".")
    tree.put("/etc/localtime", (SYSTEM / "America/Lima").read_bytes())
    assert collected(tree).items["zone"] == "other"
