"""What files alone tell of an interpreter, against what it tells of itself when it runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from parity import bundle
from parity.probe.collectors import python as python_collector
from parity.probe.process.proc import Process
from parity.probe.python import onfile
from parity.probe.rooted import RootedView
from parity.probe.supervise import run_one
from tests.images.fixtures import Exported, RunContainer
from tests.probe import elves
from tests.probe.pythons import REPORT, Python, supported, watch
from tests.probe.running import run, run_inside

if TYPE_CHECKING:
    from docker import DockerClient

SECTIONS = ("python", "packages", "libraries", "system_packages", "platform")
"""What can be read from files."""

RELEASES = ("bullseye", "bookworm", "trixie")


def view_of(root: Path | str, executable: str, **environ: str) -> RootedView:
    """The files of a root, and a process that would be started there."""
    view = RootedView(str(root))
    view.process = Process(0, dict(environ), [executable], cwd="/")
    view.executable, view.describe = executable, onfile.describe
    return view


def sections_of(view: RootedView) -> dict[str, Any]:
    return {name: json.loads(run_one(name, view)[1]) for name in SECTIONS}


def assert_agree(live: dict[str, Any], files: dict[str, Any]) -> None:
    """Of all that both can see they say the same: only the kernel is known of what runs alone."""
    for name in SECTIONS:
        told, read = live[name]["items"], files[name]["items"]
        if name == "platform":
            told.pop("kernel")
            assert files[name]["hidden"] == ["kernel"]
        else:
            assert files[name]["status"] == live[name]["status"], (name, files[name]["reason"])
        assert read == told, name


@pytest.mark.parametrize("python", supported(), ids=str)
def test_an_interpreter_of_this_machine(python: Python) -> None:
    environ = {"HOME": "/nonexistent", "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    live = run({"sections": SECTIONS}, python=python.path, env=environ, cwd="/").sections
    view = view_of("/", python.path, **environ)
    view.process.serves = False
    assert_agree({**live}, sections_of(view))


@pytest.mark.parametrize("python", supported(), ids=str)
@pytest.mark.parametrize("shared", [False, True], ids=["apart", "shared"])
def test_an_environment_and_its_path(python: Python, shared: bool, tmp_path: Path) -> None:
    where = tmp_path / "env"
    options = ["--without-pip", *(["--system-site-packages"] if shared else [])]
    subprocess.run([python.path, "-m", "venv", *options, str(where)], check=True, timeout=60)
    (extra := tmp_path / "extra").mkdir()
    (site,) = where.glob("lib/*/site-packages")
    (site / "some.pth").write_text(f"{extra}\nimport os\n")
    user = tmp_path / "home" / ".local" / "lib" / site.parent.name / "site-packages"
    user.mkdir(parents=True)
    environ = {"PATH": os.defpath, "HOME": str(tmp_path / "home"), "PYTHONPATH": str(tmp_path)}
    executable = str(where / "bin" / "python")
    seen = watch([executable, "-c", REPORT], environ, tmp_path)
    view = view_of("/", executable, **environ)
    view.process.argv, view.process.cwd = [executable, "-c", REPORT], str(tmp_path)
    found = view.interpreter
    assert found.path == seen.path
    assert (found.prefix, found.kind, found.version) == (seen.told["prefix"], "venv", found.build.version)
    assert found.origins == seen.computed["origins"]
    assert found.build.release[:2] == python.version


@pytest.mark.docker
@pytest.mark.parametrize("release", RELEASES)
def test_debians_interpreter(
    release: str,
    docker_engine: DockerClient,
    base_image: Callable[[str], str],
    run_container: RunContainer,
    exported: Exported,
) -> None:
    image = base_image(release)
    name = run_container(image, ["sleep", "infinity"])
    live = run_inside(docker_engine, name, {"sections": SECTIONS}).sections
    view = view_of(exported(image), "/usr/bin/python3")
    assert_agree(live, sections_of(view))
    assert view.interpreter.base_prefix == "/usr"


# Where a version is told


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root file system with a Python of which no file tells the last part of the version."""
    for directory in ("usr/bin", "usr/lib/python3.11/lib-dynload", "usr/include/python3.11", "var/lib/dpkg"):
        (tmp_path / directory).mkdir(parents=True)
    (tmp_path / "usr/lib/python3.11/os.py").touch()
    put_program(tmp_path)
    return tmp_path


def put_program(root: Path, *texts: bytes) -> None:
    """An ELF file as the interpreter, with `texts` in it."""
    program = root / "usr/bin/python3.11"
    program.write_bytes(elves.write(interpreter="/lib64/ld-linux-x86-64.so.2") + b"".join(texts))
    program.chmod(0o755)


def version_in(root: Path, executable: str = "/usr/bin/python3.11") -> str:
    return str(view_of(root, executable).interpreter.version)


HEADER = '#define PY_MAJOR_VERSION 3\n#define PY_VERSION      "3.11.6"\n'
STANZA = "Package: libpython3.11-minimal\nStatus: install ok installed\nVersion: {}\nArchitecture: amd64\n\n"


def test_the_programs_own_word_comes_first(root: Path) -> None:
    assert version_in(root) == "3.11"
    (root / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.1\n")
    (root / "var/lib/dpkg/status").write_text(STANZA.format("3.11.2-6+deb12u5"))
    assert version_in(root) == "3.11.2"
    (root / "usr/include/python3.11/patchlevel.h").write_text(HEADER)
    assert version_in(root) == "3.11.6"
    put_program(root, b"\x003.2.0\x00", b"\x00zlib 1.3.11.9\x00", b"\x003.11.9\x00")
    assert version_in(root) == "3.11.9"


@pytest.mark.parametrize(("key", "text"), [("version", "3.11.4"), ("version_info", "3.11.4.final.0")])
def test_an_environments_own_record_comes_last(root: Path, key: str, text: str) -> None:
    environment = root / "app/.venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin/python").symlink_to("/usr/bin/python3.11")
    (environment / "pyvenv.cfg").write_text(f"home = /usr/bin\n{key} = {text}\n")
    view = view_of(root, "/app/.venv/bin/python")
    assert view.interpreter.version == "3.11.4"
    assert (view.interpreter.prefix, view.interpreter.base_prefix) == ("/app/.venv", "/usr")
    # It was made by another version than is there now, which nothing tells.
    (environment / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.9.4\n")
    assert version_in(root, "/app/.venv/bin/python") == "3.11"


def test_a_release_candidate_is_told_as_one(root: Path) -> None:
    put_program(root, b"\x003.11.0rc2+\x00")
    view = view_of(root, "/usr/bin/python3.11")
    assert view.interpreter.build.release == (3, 11, 0, "candidate", 2)
    assert python_collector.collect(view).items["version"] == "3.11.0rc2"


def test_a_version_that_no_file_tells_is_unknown(root: Path) -> None:
    section = python_collector.collect(view_of(root, "/usr/bin/python3.11"))
    assert "version" not in section.items
    assert "version" in section.hidden
    assert section.items["abi"] == "cp311"


def test_modules_that_may_be_built_in_are_unknown_and_others_are_told(root: Path) -> None:
    for source in ("ssl.py", "uuid.py", "lzma.py"):
        (root / "usr/lib/python3.11" / source).touch()
    section = python_collector.collect(view_of(root, "/usr/bin/python3.11"))
    assert section.items["stdlib.uuid"] is True
    assert {"stdlib.ssl", "stdlib.lzma", "openssl"} <= set(section.hidden)
    put_program(root, b"\0PyInit__imp\0PyInit_posix\0PyInit__lzma\0")
    section = python_collector.collect(view_of(root, "/usr/bin/python3.11"))
    assert section.hidden == ["version"]
    assert section.items["stdlib.lzma"] is True
    assert "stdlib.ssl" not in section.items


def test_a_library_of_which_an_extension_is_left_without_is_said_to_be_broken(root: Path) -> None:
    extension = root / "usr/lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so"
    extension.write_bytes(elves.write(needed=("libcrypto.so.3",)))
    (root / "usr/lib/python3.11/ssl.py").touch()
    view = view_of(root, "/usr/bin/python3.11")
    section = python_collector.collect(view)
    assert "stdlib.ssl" not in section.items
    assert any("_ssl is there and does not load" in note for note in section.notes)
    # Nothing is known of where the process would look: it may be found there.
    nobody = view_of(root, "/usr/bin/python3.11")
    nobody.process = Process(0)
    section = python_collector.collect(nobody)
    assert {"openssl", "stdlib.ssl"} <= set(section.hidden)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        (b"OpenSSL 3.0.15 3 Sep 2024\0", "3.0.15"),
        (b"OpenSSL 1.1.1k  FIPS 25 Mar 2021\0", "1.1.1k"),
        (b"OpenSSL 1.0.2k-fips  26 Jan 2017\0", "1.0.2k-fips"),
        (b"OpenSSL 1.1.1 (compatible; AWS-LC 1.48.0)\0", "1.1.1"),
        (b"LibreSSL 3.8.2\0", "LibreSSL 3.8.2"),
        (b"OpenSSL 3.0.15 3 Sep 2024\0OpenSSL 3.0.16 11 Feb 2025\0", None),
        (b"OpenSSL CMAC method\0", None),
    ],
)
@pytest.mark.parametrize("linked", [True, False], ids=["library", "static"])
def test_the_library_under_an_extension_tells_its_version(
    root: Path, text: bytes, version: str | None, linked: bool
) -> None:
    extension = root / "usr/lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so"
    extension.write_bytes(elves.write(needed=("libcrypto.so.3",)) if linked else elves.write() + text)
    if linked:
        (root / "usr/lib/libcrypto.so.3").write_bytes(elves.write(soname="libcrypto.so.3") + text)
    section = python_collector.collect(view_of(root, "/usr/bin/python3.11"))
    assert section.items.get("openssl") == version
    assert ("openssl" in section.hidden) is (version is None)


# How the standard library is found


def test_the_library_is_found_upwards_from_where_links_of_the_program_lead(root: Path) -> None:
    (root / "opt/tool/bin").mkdir(parents=True)
    (root / "opt/tool/bin/python").symlink_to("../../../usr/bin/python3.11")
    view = view_of(root, "/opt/tool/bin/python")
    assert (view.interpreter.base_prefix, view.interpreter.version) == ("/usr", "3.11")
    assert view.interpreter.build.standard == "/usr/lib/python3.11"


def test_a_library_below_lib64_makes_it_the_one_for_platform_specific_files(root: Path) -> None:
    (root / "usr/lib64").mkdir()
    (root / "usr/lib/python3.11").rename(root / "usr/lib64/python3.11")
    for lib in ("lib", "lib64"):
        (root / f"usr/{lib}/python3.11/site-packages").mkdir(parents=True)
    found = view_of(root, "/usr/bin/python3.11").interpreter
    assert found.build.lib == "lib64"
    assert found.path[1:] == ["/usr/lib64/python3.11/site-packages", "/usr/lib/python3.11/site-packages"]


def test_a_free_threaded_build_has_a_library_of_its_own(root: Path) -> None:
    (root / "usr/lib/python3.13t").mkdir()
    (root / "usr/lib/python3.13t/os.py").touch()
    shutil.copy2(root / "usr/bin/python3.11", root / "usr/bin/python3.13t")
    found = view_of(root, "/usr/bin/python3.13t").interpreter
    assert (found.build.abi, found.build.free_threaded) == ("cp313t", True)
    assert found.build.standard == "/usr/lib/python3.13t"


def test_a_home_that_the_process_is_given_holds_the_library(root: Path) -> None:
    (root / "srv/lib/python3.11").mkdir(parents=True)
    (root / "srv/lib/python3.11/os.pyc").touch()
    assert view_of(root, "/usr/bin/python3.11", PYTHONHOME="/srv").interpreter.base_prefix == "/srv"


def test_a_program_without_a_name_takes_the_only_library_there_is(root: Path) -> None:
    (root / "usr/bin/python3.11").rename(root / "usr/bin/python3")
    assert version_in(root, "/usr/bin/python3") == "3.11"
    (root / "usr/lib/python3.12").mkdir()
    (root / "usr/lib/python3.12/os.py").touch()
    view = view_of(root, "/usr/bin/python3")
    assert view.interpreter.foreign == onfile.UNTOLD
    assert {sections_of(view)[name]["status"] for name in ("python", "packages", "libraries")} == {"unavailable"}
    library = elves.write(soname="libpython3.12.so.1.0") + b"\x003.12.4\x00"
    (root / "usr/lib/libpython3.12.so.1.0").write_bytes(library)
    (root / "usr/bin/python3").write_bytes(
        elves.write(interpreter="/lib64/ld-linux-x86-64.so.2", needed=("libpython3.12.so.1.0",))
    )
    assert version_in(root, "/usr/bin/python3") == "3.12.4"


def test_without_a_library_the_rest_is_told_and_its_modules_are_unknown(root: Path) -> None:
    shutil.rmtree(root / "usr/lib/python3.11")
    put_program(root, b"\0PyInit__imp\0PyInit_posix\0\x003.11.2\0")
    section = python_collector.collect(view_of(root, "/usr/bin/python3.11"))
    assert section.items["version"] == "3.11.2"
    assert section.hidden == ["stdlib.*"]
    assert {one["status"] for one in sections_of(view_of(root, "/usr/bin/python3.11")).values()} == {
        "ok",
        "partial",
        "absent",
    }


def test_pypy_is_told_by_its_directories_and_its_header(root: Path) -> None:
    (root / "opt/pypy/bin").mkdir(parents=True)
    shutil.copy2(root / "usr/bin/python3.11", root / "opt/pypy/bin/pypy3.10")
    for name, text in {
        "lib/pypy3.10/os.py": "",
        "lib/pypy3.10/_sqlite3_cffi.pypy310-pp73-x86_64-linux-gnu.so": "",
        "include/pypy3.10/patchlevel.h": '#define PY_VERSION "3.10.14"\n',
    }.items():
        (root / "opt/pypy" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "opt/pypy" / name).write_text(text)
    found = view_of(root, "/opt/pypy/bin/pypy3.10").interpreter
    assert (found.version, found.build.implementation) == ("3.10.14", "pypy")
    assert (found.build.abi, found.build.soabi) == ("pypy310_pp73", "pypy310-pp73-x86_64-linux-gnu")


def test_nothing_of_the_files_is_run(root: Path, tmp_path: Path) -> None:
    (root / "usr/bin/python3.11").write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
    (root / "usr/lib/python3.11/os.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    answer = run({"root": str(root), "python": "/usr/bin/python3.11"}, script=bundle.script().encode())
    assert answer.sections["libraries"]["status"] == "unavailable"
    assert not (tmp_path / "ran").exists()
