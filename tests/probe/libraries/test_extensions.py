"""Which extension modules are found: what RECORDs list, and what nothing lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from parity.probe.libraries import extensions
from tests.probe.rooted import Rooted

SITE = "/usr/lib/python3/dist-packages"


@pytest.fixture
def view(tmp_path: Path) -> Rooted:
    there = Rooted(tmp_path)
    there.serve("/usr/bin/python3", [SITE], {})
    assert there.interpreter is not None
    there.interpreter.version = "3.12.1"
    there.put(SITE + "/README", "")
    return there


def found(view: Rooted) -> list[str]:
    return sorted(extensions.find(view).modules.values())


def test_a_record_is_taken_at_its_word(view: Rooted) -> None:
    record = (
        "pkg/__init__.py,sha256=x,1\npkg/deep/_a.cpython-312-x86_64-linux-gnu.so,sha256=x,1\n"
        "pkg.libs/libz-1a2b3c4d.so,sha256=x,1\npkg/libz.so.1,sha256=x,1\n../../../bin/x.so,,\n_top.abi3.so,,\n"
        "pkg-1.dist-info/RECORD,,\n"
    )
    view.put(SITE + "/pkg-1.dist-info/RECORD", record)
    view.put(SITE + "/pkg/not_listed.so")
    assert found(view) == ["_top", "pkg/deep/_a"]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_in_any_order_claim_their_directories(view: Rooted, ending: str) -> None:
    paths: set[str] = set()
    claimed: set[str] = set()
    lines = ["b/x.py,,", "a/y.py,,", "b/_c.so,,", "single.py,,", "a/_d.so,,", "c/e.py,,"]
    extensions.parse_record(ending.join(lines).encode(), paths, claimed, set())
    assert paths == {"b/_c.so", "a/_d.so"}
    # What stands between two lines of one directory may be passed over, and is then walked.
    assert {"b", "c"} <= claimed <= {"a", "b", "c"}


def test_what_no_record_claims_is_walked(view: Rooted) -> None:
    for path in (
        "/apt_pkg.so",
        "/apt/inner/_b.so",
        "/old-1.0-py3.12.egg/old/_c.so",
        "/venv/lib/_no.so",
        "/venv/pyvenv.cfg",
    ):
        view.put(SITE + path)
    for path in ("/not-a-package/_no.so", "/apt/__pycache__/_no.so", "/apt/node_modules/_no.so"):
        view.put(SITE + path)
    assert found(view) == ["apt/inner/_b", "apt_pkg", "old-1.0-py3.12.egg/old/_c"]


def test_no_link_is_followed(view: Rooted) -> None:
    view.put("/elsewhere/_x.so")
    link = Path(view.root + SITE + "/linked")
    link.symlink_to("../../../../elsewhere")
    assert (link / "_x.so").exists()
    assert found(view) == []


def test_outside_of_site_packages_only_packages_are_walked(view: Rooted) -> None:
    assert view.interpreter is not None
    view.interpreter.path = ["/app", "/", "/usr"]
    view.interpreter.origins = dict.fromkeys(view.interpreter.path, "PYTHONPATH")
    for path in ("/app/_top.so", "/app/shop/__init__.py", "/app/shop/_fast.so", "/app/data/_no.so", "/usr/src/_no.so"):
        view.put(path)
    assert found(view) == ["_top", "shop/_fast"]


def test_the_standard_librarys_own_come_first(view: Rooted) -> None:
    view.put("/usr/lib/python3.12/lib-dynload/_ssl.cpython-312-x86_64-linux-gnu.so")
    view.put(SITE + "/_a.so")
    assert list(extensions.find(view).modules.values()) == ["lib-dynload/_ssl", "_a"]


def test_a_tree_without_an_end_is_cut_and_said_so(view: Rooted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extensions, "MOST_DIRECTORIES", 3)
    for number in range(5):
        view.put(f"{SITE}/d{number}/_x.so")
    assert extensions.find(view).cut == {SITE: "more directories than are walked"}


def test_what_a_distribution_ships_is_told_by_its_record(view: Rooted) -> None:
    view.put(SITE + "/pkg-1.dist-info/RECORD", "pkg/lib/libtwo.so.2,,\npkg/some.source.py,,\nlibtop.so.1,,\n")
    assert {name for name in extensions.find(view).shipped if name.startswith("lib")} == {"libtwo.so.2"}
