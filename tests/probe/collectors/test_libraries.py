"""Shared libraries: real modules that a real import refuses, each told before the import is tried."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from parity.probe.collectors import libraries
from parity.probe.kit import Section, Unavailable
from tests.probe import elves, running
from tests.probe.compiled import extension, library
from tests.probe.rooted import Rooted

if TYPE_CHECKING:
    from docker import DockerClient

RUNPATH = "-Wl,--enable-new-dtags,-rpath,$ORIGIN/../pkg.libs"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The site-packages of a new environment without pip."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "env")], check=True)
    (found,) = (tmp_path / "env").glob("lib/*/site-packages")
    return found


def look(site: Path, **environ: str) -> dict[str, Any]:
    """The section, as the probe answers it for that environment."""
    python = str(site.parents[2] / "bin" / "python")
    answer = running.run({"sections": ["libraries"]}, python=python, env={"PATH": "/usr/bin:/bin", **environ})
    return dict(answer.sections["libraries"])


def importing(site: Path, name: str, **environ: str) -> str:
    """What the environment's Python says when it imports a module; "" when it can."""
    code = f"import {name}"
    python = [str(site.parents[2] / "bin" / "python"), "-c", code]
    return subprocess.run(python, capture_output=True, text=True, check=False, env=environ).stderr


def test_this_interpreter_and_its_standard_library(site: Path) -> None:
    section = look(site)
    assert section["status"] == "ok"
    libc = section["items"]["libc.so.6"]
    assert libc["resolved"] is True
    assert "python" in libc["needed_by"]
    assert libc["has"][0] == f"GLIBC_{libc['version']}"
    assert "lacks" not in libc


def test_a_library_that_is_not_there(site: Path, tmp_path: Path) -> None:
    store = library(tmp_path / "gone" / "libparitystore.so.5")
    extension(site / "store", "_store", links=[store])
    assert "libparitystore.so.5: cannot open shared object file" in importing(site, "store._store")
    item = look(site)["items"]["libparitystore.so.5"]
    assert item == {"resolved": False, "needed_by": ["store/_store"], "modules": 1}


def test_a_library_that_is_there_and_its_version(site: Path, tmp_path: Path) -> None:
    libpq = library(tmp_path / "build" / "libpq.so.5.15", soname="libpq.so.5")
    (tmp_path / "build" / "libpq.so.5").symlink_to("libpq.so.5.15")
    extension(site / "psycopg2", "_psycopg", links=[libpq])
    there = {"LD_LIBRARY_PATH": str(tmp_path / "build")}
    assert "cannot open" not in importing(site, "psycopg2._psycopg", **there)
    item = look(site, **there)["items"]["libpq.so.5"]
    assert (item["resolved"], item["version"], item["file"]) == (True, "5.15", "libpq.so.5.15")


def test_a_library_that_another_one_needs(site: Path, tmp_path: Path) -> None:
    """As libGL.so.1 without the libGLdispatch.so.0 that it needs itself: the module does not load."""
    inner = library(tmp_path / "gone" / "libparityinner.so.0", symbol="inner")
    outer = library(tmp_path / "build" / "libparityouter.so.1", links=[inner])
    extension(site / "cv2", "cv2", links=[outer])
    there = {"LD_LIBRARY_PATH": str(tmp_path / "build")}
    assert "libparityinner.so.0: cannot open" in importing(site, "cv2.cv2", **there)
    items = look(site, **there)["items"]
    assert items["libparityouter.so.1"]["resolved"] is True
    assert items["libparityinner.so.0"] == {
        "resolved": False,
        "needed_by": ["cv2/cv2"],
        "modules": 1,
        "through": ["libparityouter.so.1"],
    }


def test_a_symbol_version_that_the_c_library_lacks(site: Path, tmp_path: Path) -> None:
    newer = library(tmp_path / "build" / "libc.so.6", symbol="there", version="GLIBC_2.99")
    extension(site / "pkg", "_fast", links=[newer], flags=["-nostdlib"])
    assert "version `GLIBC_2.99' not found" in importing(site, "pkg._fast")
    item = look(site)["items"]["libc.so.6"]
    assert (item["lacks"], item["lacks_by"]) == (["GLIBC_2.99"], ["pkg/_fast"])
    assert item["needs"] == ["GLIBC_2.99"]
    assert item["has"] == [f"GLIBC_{item['version']}"]


def test_a_library_that_needs_a_newer_c_library_itself(site: Path, tmp_path: Path) -> None:
    newer = library(tmp_path / "stub" / "libc.so.6", symbol="newer", version="GLIBC_2.98")
    one = library(tmp_path / "build" / "libone.so.1", calls="newer", links=[newer], flags=["-nostdlib"])
    extension(site / "pkg", "_fast", links=[one])
    there = {"LD_LIBRARY_PATH": str(tmp_path / "build")}
    assert "version `GLIBC_2.98' not found" in importing(site, "pkg._fast", **there)
    item = look(site, **there)["items"]["libc.so.6"]
    assert (item["lacks"], item["lacks_by"]) == (["GLIBC_2.98"], ["libone.so.1"])


def test_what_a_package_brings_along_is_no_item_and_what_it_needs_is(site: Path, tmp_path: Path) -> None:
    outer = library(tmp_path / "gone" / "libouter.so.1", symbol="outer")
    bundled = library(site / "pkg.libs" / "libinner-1a2b3c4d.so.2", links=[outer])
    extension(site / "pkg", "_x", links=[bundled], flags=[RUNPATH])
    section = look(site)
    assert "libinner-1a2b3c4d.so.2" not in section["items"]
    assert section["notes"] == ["1 libraries that packages bring along are no items"]
    assert section["items"]["libouter.so.1"] == {
        "resolved": False,
        "needed_by": ["pkg/_x"],
        "modules": 1,
        "through": ["libinner.so.2"],
    }


def test_a_bundled_library_that_was_lost_is_missing(site: Path) -> None:
    bundled = library(site / "pkg.libs" / "libinner-1a2b3c4d.so.2")
    extension(site / "pkg", "_x", links=[bundled], flags=[RUNPATH])
    bundled.unlink()
    assert "libinner-1a2b3c4d.so.2: cannot open" in importing(site, "pkg._x")
    assert look(site)["items"]["libinner-1a2b3c4d.so.2"]["resolved"] is False


def test_what_a_package_loads_itself_is_a_note(site: Path) -> None:
    """A wheel whose __init__ loads its own library by path, as CUDA's do: the linker alone would not find it."""
    inner = library(site / "pkg" / "lib" / "libinner.so.2")
    module = extension(site / "pkg", "_x", links=[inner])
    (site / "pkg-1.dist-info").mkdir()
    (site / "pkg-1.dist-info" / "RECORD").write_text(f"pkg/{module.name},,\npkg/lib/{inner.name},,\n")
    section = look(site)
    assert "libinner.so.2" not in section["items"]
    assert "installed with a package that must load them itself: libinner.so.2" in section["notes"]


def test_a_library_that_python_code_loads_by_name(site: Path) -> None:
    (site / "pyzbar").mkdir()
    (site / "pyzbar" / "__init__.py").write_text("from ctypes import cdll\ncdll.LoadLibrary('libzbar.so.0')\n")
    item = look(site)["items"]["libzbar.so.0"]
    assert item["needed_by"] == ["pyzbar"]
    assert item["resolved"] is ("cannot open" not in importing(site, "pyzbar"))


def test_modules_of_one_package_stand_for_each_other(site: Path, tmp_path: Path) -> None:
    gone = library(tmp_path / "gone" / "libgone.so.1")
    made = extension(site / "one", "_a", links=[gone])
    for number in range(7):
        for name in ("_a", "_b"):
            (site / f"p{number}").mkdir(exist_ok=True)
            shutil.copy(made, site / f"p{number}" / made.name.replace("_a", name))
    item = look(site)["items"]["libgone.so.1"]
    assert item["needed_by"] == ["one/_a", "p0/_a", "p1/_a", "p2/_a", "p3/_a"]
    assert item["modules"] == 15


GLIBC = "/lib64/ld-linux-x86-64.so.2"


@pytest.fixture
def view(tmp_path: Path) -> Callable[..., Rooted]:
    """view(modules, environ={}) -> a small system with those modules: {path: what they need}."""

    def make(modules: Mapping[str, list[str]], environ: Mapping[str, str] | None = MappingProxyType({})) -> Rooted:
        there = Rooted(tmp_path)
        there.put("/usr/bin/python3", elves.write(interpreter=GLIBC, needed=["libc.so.6"]))
        there.put(GLIBC, elves.write())
        there.put("/lib64/libc.so.6", elves.write(soname="libc.so.6", defines=["GLIBC_2.2.5", "GLIBC_2.31"]))
        there.serve("/usr/bin/python3", ["/app"], environ)
        for path, needed in modules.items():
            there.put(path, elves.write(needed=needed))
        return there

    return make


def collected(view: Rooted) -> Section:
    section: Section = libraries.collect(view)
    return section


def test_a_musl_wheel_on_glibc(view: Callable[..., Rooted]) -> None:
    section = collected(view({"/app/pkg/_rust.abi3.so": ["libc.musl-x86_64.so.1"]}))
    assert section.items["libc.musl-x86_64.so.1"]["resolved"] is False


def test_an_environment_that_could_not_be_read_makes_the_missing_unknown(view: Callable[..., Rooted]) -> None:
    section = collected(view({"/app/pkg/_x.so": ["libgone.so.1", "libc.so.6"]}, None))
    assert section.items["libc.so.6"]["resolved"] is True
    assert "libgone.so.1" not in section.items
    assert section.hidden == ["libgone.so.1"]


def test_a_hostile_name_is_hidden(view: Callable[..., Rooted]) -> None:
    section = collected(view({"/app/pkg/_x.so": ["\x1b[2J##[set-env name=x]", "libc.so.6"]}))
    assert set(section.items) == {"libc.so.6"}
    assert section.hidden == ["*"]


def test_modules_for_another_architecture_are_counted(view: Callable[..., Rooted]) -> None:
    there = view({"/app/pkg/_x.so": ["libc.so.6"]})
    there.put("/app/pkg/_arm.so", elves.write((64, True, 183), needed=["libarm.so.1"]))
    section = collected(there)
    assert "libarm.so.1" not in section.items
    assert section.notes == ["1 extension modules are for another architecture, or damaged"]


def test_a_weak_reference_is_not_lacked(view: Callable[..., Rooted]) -> None:
    there = view({})
    there.put("/app/_x.so", elves.write(needed=["libc.so.6"], weak={"libc.so.6": ["GLIBC_2.99"]}))
    assert "lacks" not in collected(there).items["libc.so.6"]


def test_an_interpreter_that_is_no_elf_file(view: Callable[..., Rooted]) -> None:
    there = view({})
    there.put("/usr/bin/python3", "#!/bin/sh\n")
    with pytest.raises(Unavailable, match="not an ELF file"):
        collected(there)


def test_a_library_that_one_module_finds_and_another_does_not(view: Callable[..., Rooted]) -> None:
    there = view({"/app/lost/_x.so": ["libfar.so.1"]})
    there.put("/app/found/_x.so", elves.write(needed=["libfar.so.1"], runpath="/opt/far"))
    there.put("/opt/far/libfar.so.1", elves.write())
    item = collected(there).items["libfar.so.1"]
    assert item == {"resolved": False, "needed_by": ["lost/_x"], "modules": 1}


def test_what_plug_ins_alone_lack_is_optional(view: Callable[..., Rooted]) -> None:
    plugin = "/app/cv2/qt/plugins/platforms/libqxcb.so"
    items = collected(view({plugin: ["libxcb.so.1", "libglib.so.0"], "/app/cv2/cv2.so": ["libglib.so.0"]})).items
    assert items["libxcb.so.1"]["optional"] is True
    assert "optional" not in items["libglib.so.0"]


def test_a_bundled_library_answers_for_its_own_versions(view: Callable[..., Rooted]) -> None:
    """A package with a newer libstdc++ of its own asks nothing of the system's."""
    there = view({})
    defines = ["GLIBCXX_3.4.9", "GLIBCXX_3.4.28"]
    there.put("/lib64/libstdc++.so.6", elves.write(soname="libstdc++.so.6", defines=defines))
    asks = {"libstdc++.so.6": ["GLIBCXX_3.4.32"]}
    there.put("/app/own/_x.so", elves.write(needed=["libstdc++.so.6"], runpath="$ORIGIN", requires=asks))
    there.put("/app/own/libstdc++.so.6", elves.write(defines=["GLIBCXX_3.4.32"]))
    there.put(
        "/app/plain/_x.so", elves.write(needed=["libstdc++.so.6"], requires={"libstdc++.so.6": ["GLIBCXX_3.4.9"]})
    )
    item = collected(there).items["libstdc++.so.6"]
    assert item["modules"] == 1
    assert (item["needs"], item["has"]) == (["GLIBCXX_3.4.9"], ["GLIBCXX_3.4.28"])
    assert "lacks" not in item


def test_versions_between_two_libraries_of_the_system(site: Path, tmp_path: Path) -> None:
    """libone was built for a newer libtwo than there is; no module names libtwo."""
    newer = library(tmp_path / "stub" / "libparitytwo.so.2", symbol="two", version="TWO_2.0")
    one = library(tmp_path / "build" / "libparityone.so.1", calls="two", links=[newer])
    library(tmp_path / "build" / "libparitytwo.so.2", symbol="two", version="TWO_1.0")
    extension(site / "pkg", "_x", links=[one])
    there = {"LD_LIBRARY_PATH": str(tmp_path / "build")}
    assert "version `TWO_2.0' not found" in importing(site, "pkg._x", **there)
    item = look(site, **there)["items"]["libparitytwo.so.2"]
    assert (item["lacks"], item["lacks_by"], item["has"]) == (["TWO_2.0"], ["libparityone.so.1"], ["TWO_1.0"])
    assert item["needed_by"] == ["pkg/_x"]


@pytest.mark.docker
def test_in_a_slim_image_and_with_the_library_beside_it(
    docker_engine: DockerClient,
    base_image: Callable[[str], str],
    run_container: Callable[..., str],
    tmp_path: Path,
) -> None:
    """One module in two containers that differ in LD_LIBRARY_PATH of the process that serves, and in nothing else."""
    libpq = library(tmp_path / "app" / "lib" / "libpq.so.5")
    made = extension(tmp_path / "app" / "site" / "psycopg2", "_psycopg", links=[libpq])
    made.rename(made.with_name("_psycopg.so"))
    (made.parent / "__init__.py").touch()
    seen = {}
    for name, environ in (("without", {}), ("with", {"LD_LIBRARY_PATH": "/app/lib"})):
        container = run_container(
            base_image("bookworm"),
            ["python3", "-c", "import time; time.sleep(600)"],
            environment={"PYTHONPATH": "/app/site", **environ},
            volumes={str(tmp_path / "app"): {"bind": "/app", "mode": "ro"}},
            network_mode="none",
        )
        seen[name] = running.run_inside(docker_engine, container, {"sections": ["libraries"]}).items("libraries")
        told = docker_engine.containers.get(container).exec_run(["python3", "-c", "import psycopg2._psycopg"]).output
        assert isinstance(told, bytes)
        assert ("libpq.so.5: cannot open" in told.decode()) is (name == "without")
    assert seen["without"].pop("libpq.so.5") == {"resolved": False, "needed_by": ["psycopg2/_psycopg"], "modules": 1}
    assert seen["with"].pop("libpq.so.5")["resolved"] is True
    assert seen["without"] == seen["with"]
