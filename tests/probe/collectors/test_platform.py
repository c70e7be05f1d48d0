"""The platform against what this machine says of itself, and against os-release files of every kind."""

from __future__ import annotations

import json
import os
import platform as standard
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from parity.probe.collectors import platform
from parity.probe.kit import Section, View
from parity.probe.libraries import elf
from parity.probe.process.serving import find
from parity.probe.python import live
from tests.probe import elves
from tests.probe.compiled import musl_program
from tests.probe.rooted import Rooted

DATA = Path(__file__).parents[1] / "data" / "os-release"


def collected(view: View) -> Section:
    section: Section = platform.collect(view)
    return section


def here() -> View:
    view = View()
    view.process = find({})
    view.executable, view.describe = sys.executable, live.describe
    return view


def test_this_machine() -> None:
    section = collected(here())
    items = section.items
    assert items["system"] == standard.system()
    assert items["kernel"] == standard.release()
    assert items["architecture"] == standard.machine()
    assert f"{items['libc']} {items['libc_version']}" == os.confstr("CS_GNU_LIBC_VERSION")
    told = standard.freedesktop_os_release()
    assert items["distribution"] == f"{told['ID']} {told.get('VERSION_ID', told.get('VERSION_CODENAME', ''))}".strip()
    assert items["distribution_name"] == told["PRETTY_NAME"]
    assert section.hidden == []


@pytest.mark.parametrize("case", sorted(DATA.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("place", ["/etc/os-release", "/usr/lib/os-release"])
def test_an_os_release_file(case: Path, place: str, tmp_path: Path) -> None:
    view = Rooted(tmp_path)
    view.put(place, case.read_bytes())
    items = collected(view).items
    found = {name: items[name] for name in ("distribution", "distribution_name") if name in items}
    assert found == json.loads(case.with_suffix(".json").read_text())


def test_without_an_os_release_it_is_said_so(tmp_path: Path) -> None:
    section = collected(Rooted(tmp_path))
    assert "distribution" not in section.items
    assert "no os-release: a distribution of its own making" in section.notes


def with_interpreter(root: Path, **written: Any) -> Rooted:
    view = Rooted(root)
    view.put("/usr/bin/python3", elves.write(**written))
    view.serve("/usr/bin/python3", [], {})
    return view


def test_glibcs_version_comes_from_its_own_file(tmp_path: Path) -> None:
    view = with_interpreter(tmp_path, interpreter="/lib64/ld-linux-x86-64.so.2")
    view.put("/lib64/ld-linux-x86-64.so.2", elves.write())
    view.put(
        "/lib64/libc.so.6", b"\0GNU C Library (Debian GLIBC 2.31-13+deb11u8) stable release version 2.31.\nCopyright"
    )
    items = collected(view).items
    assert (items["libc"], items["libc_version"]) == ("glibc", "2.31")


def test_a_c_library_that_does_not_tell_is_hidden(tmp_path: Path) -> None:
    view = with_interpreter(tmp_path, interpreter="/lib64/ld-linux-x86-64.so.2")
    section = collected(view)
    assert section.items["libc"] == "glibc"
    assert section.hidden == ["libc_version"]


def test_musl_as_it_tells_its_own_version(tmp_path: Path) -> None:
    view = here()
    made = musl_program(tmp_path)
    loader = str(elf.read(view, str(made)).interpreter)
    # Started without a program, musl's dynamic linker prints what it is.
    told = subprocess.run([loader], capture_output=True, text=True, check=False).stderr
    version = re.search(r"^Version (\S+)$", told, re.MULTILINE)
    assert version is not None
    assert view.interpreter is not None
    view.interpreter.executable = str(made)
    items = collected(view).items
    assert (items["libc"], items["libc_version"]) == ("musl", version[1])


def test_the_architecture_is_the_interpreters_own(tmp_path: Path) -> None:
    view = with_interpreter(tmp_path, kind=(32, True, 3), interpreter="/lib/ld-linux.so.2")
    assert collected(view).items["architecture"] == "i686"


def test_an_interpreter_that_is_linked_statically(tmp_path: Path) -> None:
    section = collected(with_interpreter(tmp_path))
    assert "libc" not in section.items
    assert any("statically" in note for note in section.notes)


def test_what_does_not_run_has_no_kernel(tmp_path: Path) -> None:
    view = Rooted(tmp_path)
    view.live = False
    section = collected(view)
    assert section.items["system"] == "Linux"
    assert "kernel" not in section.items
    assert "kernel" in section.hidden
